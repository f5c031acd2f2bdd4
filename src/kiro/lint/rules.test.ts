import { describe, expect, it } from 'vitest'
import { lintSpec } from '../lint.ts'
import { type LintExample, lintExamples, soundFiles } from '../testing/lint-examples.ts'
import type { Finding } from '../tree.ts'
import { lintRules, type RuleId } from './rules.ts'

const ids = Object.keys(lintRules) as RuleId[]

function lint(changed: Record<string, string>, inferred?: string): Finding[] {
  const files = Object.entries({ ...soundFiles, ...changed })
  const trace = inferred === undefined ? [] : [{ ref: inferred, inferred: 'It was a guess.' }]
  return lintSpec(
    files.map(([path, content]) => ({ path, content })),
    trace,
  )
}

function changed({ file, good, bad, all }: LintExample): Record<string, string> {
  const text = soundFiles[file] ?? ''
  const at = text.indexOf(good)
  const rest = all === true ? '\n' : text.slice(at + good.length)
  return { [file]: `${text.slice(0, at)}${bad}${rest}` }
}

describe('the rules', () => {
  it('find nothing in the good examples', () => {
    expect(lint({})).toEqual([])
  })

  it.each(ids)('%s finds its bad example, and not the good one', (rule) => {
    const example = lintExamples[rule]
    const text = soundFiles[example.file]
    expect(text?.split(example.good).length).toBeGreaterThan(1)
    const found = lint(changed(example), example.inferred).filter((one) => one.rule === rule)
    expect(found.length).toBeGreaterThan(0)
    const lines = (changed(example)[example.file] ?? '').split('\n')
    for (const { severity, line, column } of found) {
      expect(severity).toBe(lintRules[rule].severity)
      expect(lines.length).toBeGreaterThanOrEqual(line)
      expect((lines[line - 1]?.length ?? 0) + 1).toBeGreaterThanOrEqual(column)
    }
  })

  it('stand in docs/lint.md with their examples', async () => {
    // `npx vitest run src/kiro/lint -u` writes the page anew.
    await expect(page()).toMatchFileSnapshot('../../../docs/lint.md')
  })
})

const rooms: Record<string, string> = {
  req: 'requirements.md',
  bugfix: 'bugfix.md',
  design: 'design.md',
  tasks: 'tasks.md',
  waves: 'The dependency graph of tasks.md',
  trace: 'From requirements to tasks',
  scope: 'What nobody asked for',
  markdown: 'Every document',
  config: '.config.kiro',
  steering: 'Steering files',
}

function page(): string {
  const parts = [
    '# The rules of `talkwright lint`',
    '`talkwright lint <folder|file>` checks Kiro spec files and exits with 1 when it finds an error. `--format json` and `--format sarif` (SARIF 2.1.0, for code hosts) write one document to stdout. What Kiro itself writes passes without an error, older forms such as `WHEN … THEN the system SHALL …` too.',
    'The ids of the rules are stable. Every finding has a file, a line and a column, both from 1. Rules on what nobody asked for need the `trace.json` that lies beside `.kiro` in a plan’s pack.',
  ]
  for (const [room, heading] of Object.entries(rooms)) {
    parts.push(`## ${heading}`)
    for (const rule of ids.filter((id) => id.startsWith(`${room}/`))) parts.push(sectionOf(rule))
  }
  return `${parts.join('\n\n')}\n`
}

function sectionOf(rule: RuleId): string {
  const { severity, about } = lintRules[rule]
  const { good, bad, inferred } = lintExamples[rule]
  const head = [`### \`${rule}\` (${severity})`, about]
  if (good !== bad) return [...head, 'Bad:', block(bad), 'Good:', block(good)].join('\n\n')
  const bound = `Bad, where the trace says that ${inferred} was a guess; good, where it cites what was said:`
  return [...head, bound, block(bad)].join('\n\n')
}

function block(text: string): string {
  const shown = text.trim() === '' ? '(missing)' : text.trimEnd()
  const fence = shown.includes('```') ? '````' : '```'
  return `${fence}text\n${shown}\n${fence}`
}
