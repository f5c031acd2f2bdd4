import type { TestCase } from './test-results.ts'

const point = /^( *)(not )?ok\b(?: +\d{1,9})?(?: +- | +)?(.*)$/
const directive = /(?:^|[^\\]) *# *(skip|todo)\b.*$/i

/**
 * The test points of TAP 13 and 14, nested ones too, each by its own name. A block of diagnostics may
 * hold any text and is passed over.
 */
export function readTap(lines: readonly string[]): TestCase[] {
  const cases: TestCase[] = []
  let blockEnd: string | undefined
  for (const line of lines) {
    if (blockEnd !== undefined) {
      if (line.trimEnd() === blockEnd) blockEnd = undefined
      continue
    }
    const opening = /^( *)---\s*$/.exec(line)
    if (opening) blockEnd = `${opening[1] ?? ''}...`
    const [, , not, rest] = point.exec(line) ?? []
    if (rest === undefined) continue
    const marked = directive.exec(rest)
    const title = marked ? rest.slice(0, rest.lastIndexOf('#')).trimEnd() : rest
    const outcome = marked ? 'skipped' : not === undefined ? 'passed' : 'failed'
    cases.push({ titles: [title.replaceAll(/\\([#\\])/g, '$1').trim()], outcome })
  }
  return cases
}
