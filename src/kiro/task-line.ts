import type { TaskState } from '../domain/build.ts'
import type { Line } from './lines.ts'

/** A line `- [x]* 2.1 Title` in its parts. */
export interface TaskLine {
  /** Width of what stands before the bullet; a tab counts four. */
  indent: number
  /** Where the state's character stands in the line. */
  stateAt: number
  state: TaskState
  optional: boolean
  number: string
  title: string
}

/** The line as a numbered task; undefined for any other line and within code fences. */
export function parseTaskLine(line: Pick<Line, 'text' | 'fenced'>): TaskLine | undefined {
  if (line.fenced) return undefined
  const box = /^([ \t]*[-*+][ \t]+\[)([ xX~-])\](\\?\*)?[ \t]+(.*)$/s.exec(line.text)
  const [, lead = '', mark = '', star, rest = ''] = box ?? []
  const named = /^(\d{1,4}(?=\.)|\d{1,4}(?:\.\d{1,4}){1,3})\.?(?:\s+(.*))?$/s.exec(rest)
  if (!box || !named) return undefined
  return {
    indent: indentOf(line.text),
    stateAt: lead.length,
    state: stateOf(mark),
    optional: star !== undefined,
    number: named[1] ?? '',
    title: (named[2] ?? '').trim(),
  }
}

/** The character that Kiro puts between the brackets. */
export function markOf(state: TaskState): string {
  const marks: Record<TaskState, string> = {
    not_started: ' ',
    queued: '~',
    in_progress: '-',
    completed: 'x',
  }
  return marks[state]
}

/** The width of the white space that a line begins with; a tab counts four. */
export function indentOf(text: string): number {
  let width = 0
  for (const character of text) {
    if (character === ' ') width += 1
    else if (character === '\t') width += 4
    else break
  }
  return width
}

function stateOf(mark: string): TaskState {
  if (mark === ' ') return 'not_started'
  if (mark === '-') return 'in_progress'
  return mark === '~' ? 'queued' : 'completed'
}
