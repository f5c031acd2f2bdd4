import { headingOf } from '../blocks.ts'
import type { Block } from '../blocks.ts'
import type { Line } from '../lines.ts'
import type { Finding } from '../tree.ts'
import { lintRules, type RuleId } from './rules.ts'

/** A file of a spec as the rules see it. */
export interface SpecFile {
  path: string
  lines: readonly Line[]
}

/** Takes what a rule found; without a line it is about the whole file. */
export type Report = (rule: RuleId, message: string, line?: Line, column?: number) => void

/** Collects the findings of one file. */
export interface Findings {
  report: Report
  all: Finding[]
}

export function findingsOf({ path }: { path: string }): Findings {
  const all: Finding[] = []
  const report: Report = (rule, message, line, column = firstColumn(line)) => {
    const { severity } = lintRules[rule]
    all.push({ rule, severity, file: path, line: line?.number ?? 1, column, message })
  }
  return { all, report }
}

/** The column, from 1, at which the text first stands in the line; of the line's own text if it does not. */
export function columnOf(line: Line, text: string, from = 0): number {
  const at = line.text.indexOf(text, from)
  return at < 0 ? firstColumn(line) : at + 1
}

/** The values that occur again, each with the item that repeats it. */
export function repeated<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const seen = new Set<string>()
  return items.filter((item) => {
    const key = keyOf(item)
    if (seen.has(key)) return true
    seen.add(key)
    return false
  })
}

/** Whether one of the blocks is the level-two section of this name. */
export function hasSection(blocks: readonly Block[], name: string): boolean {
  return blocks.some(
    ({ heading }) => heading?.level === 2 && heading.text.toLowerCase() === name.toLowerCase(),
  )
}

function firstColumn(line: Line | undefined): number {
  if (!line) return 1
  return line.text.length - line.text.trimStart().length + 1
}

/** The heading that the whole document begins with. */
export function checkTitle(
  { lines }: SpecFile,
  room: 'req' | 'bugfix' | 'design' | 'tasks',
  expected: string,
  { report }: Findings,
): void {
  const title = lines.find((line) => headingOf(line)?.level === 1)
  if (!title) {
    report(`${room}/missing-title`, `The document must begin with "${expected}".`)
  } else if (!title.text.trim().toLowerCase().startsWith(expected.toLowerCase())) {
    report(`${room}/unusual-title`, `Kiro begins this document with "${expected}".`, title)
  }
}
