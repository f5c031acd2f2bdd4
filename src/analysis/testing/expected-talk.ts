import { ItemKind } from '../../domain/brief.ts'
import type { LedgerEntry } from '../../domain/brief.ts'
import type { Turn } from '../../domain/turn.ts'

/** What makes a talk hard, or easy. */
export type TalkKind =
  | 'clear client'
  | 'rambling client'
  | 'two clients who disagree'
  | 'superseded decisions'
  | 'mostly silent client'
  | 'agent that pushes its own ideas'
  | 'bug report'
  | 'change to an existing product'
  | 'very short'
  | 'very long'
  | 'spoken disfluencies'
  | 'non-English'

/**
 * A talk of our own with what an engineer would write down after reading it. A statement may stand
 * behind the turns that it rests on and its kind: `t4,t6 quality | Pages load in two seconds.`
 * Where turns are named and no kind is, it is a requirement.
 */
export interface ExpectedTalk {
  name: string
  kind: TalkKind
  /** ISO 639-1; English when absent. */
  language?: string
  /** `C: …` and `D: …` are said by clients, `A: …` by the agent. */
  lines: readonly string[]
  /** What was clearly asked for, as clean statements of any kind but limits and exclusions. */
  asked: readonly string[]
  /** True to the talk, but nobody would miss it. */
  welcome?: readonly string[]
  limits?: readonly string[]
  excluded?: readonly string[]
  open?: readonly string[]
  /** The turns of two statements that cannot both hold: `t3,t4`. */
  contradictions?: readonly string[]
  /** What must become of some turns. */
  ledger?: Readonly<Record<string, LedgerEntry['outcome']>>
  /**
   * Things that are kept, each with its fields as `name:type`. What is said after `of` is left out of
   * a field's name (`the number of seats` is `seats`), unless two fields would have the same name.
   */
  entities: Readonly<Record<string, string>>
}

/** A statement with the turns that it rests on and its kind, as far as they were written down. */
export interface Expected {
  statement: string
  turns: readonly string[]
  kind?: ItemKind
}

/** Reads `t4,t6 quality | Pages load in two seconds.` */
export function expectedOf(text: string, usual?: ItemKind): Expected {
  const [marks, statement] = text.split(' | ')
  if (marks === undefined || statement === undefined) return { statement: text, turns: [] }
  const [turns = '', kind] = marks.split(' ')
  const known = kind === undefined ? usual : ItemKind.parse(kind)
  return { statement, turns: turns.split(','), ...(known && { kind: known }) }
}

/** The talk as turns: `t1`, `t2`, … */
export function turnsOf(lines: readonly string[]): Turn[] {
  return lines.map((line, index) => ({
    id: `t${index + 1}`,
    speaker: { A: 'agent', C: 'client', D: 'second client' }[line.charAt(0)] ?? 'client',
    role: line.startsWith('A') ? 'agent' : 'client',
    text: line.slice(3),
  }))
}
