import { bugfixBlocks, bugfixPart, readStatements } from '../bugfix.ts'
import type { LocatedStatement } from '../bugfix.ts'
import { readRetired } from '../retired.ts'
import type { Finding } from '../tree.ts'
import { checkTitle, findingsOf, hasSection, repeated } from './report.ts'
import type { SpecFile } from './report.ts'
import { checkRetired } from './retired.ts'

/** The rules for bugfix.md. */
export function lintBugfix(file: SpecFile): Finding[] {
  const findings = findingsOf(file)
  const blocks = bugfixBlocks(file.lines)
  checkTitle(file, 'bugfix', '# Bugfix Requirements Document', findings)
  for (const name of ['Introduction', 'Bug Analysis']) {
    if (hasSection(blocks, name)) continue
    findings.report('bugfix/missing-section', `The section "## ${name}" is missing.`)
  }
  for (const part of ['current', 'expected', 'unchanged'] as const) {
    const found = blocks.filter((block) => bugfixPart(block.heading) === part)
    const name = `### ${part.charAt(0).toUpperCase()}${part.slice(1)} Behavior`
    if (found.length === 0) {
      findings.report('bugfix/missing-section', `The section "${name}" is missing.`)
    } else if (found.flatMap(readStatements).length === 0) {
      const message = `"${name}" has no statements such as "1.1 WHEN … THEN the system …".`
      findings.report('bugfix/no-statement', message, found[0]?.line)
    }
  }
  for (const { number, line } of repeated(bugfixStatements(file), ({ number }) => number)) {
    findings.report('bugfix/duplicate-number', `Statement ${number} exists already.`, line)
  }
  checkRetired(
    readRetired(blocks),
    new Set(bugfixStatements(file).map(({ number }) => number)),
    findings,
  )
  return findings.all
}

/** All numbered statements of a bugfix.md. */
export function bugfixStatements(file: SpecFile): LocatedStatement[] {
  return bugfixBlocks(file.lines)
    .filter(({ heading }) => bugfixPart(heading) !== undefined)
    .flatMap(readStatements)
}
