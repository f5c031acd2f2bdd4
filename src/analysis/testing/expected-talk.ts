import type { Turn } from '../../domain/turn.ts'

/** A talk of our own with what an engineer would write down after reading it. */
export interface ExpectedTalk {
  name: string
  /** `C: …` and `D: …` are said by clients, `A: …` by the agent. */
  lines: readonly string[]
  /** What was clearly asked for, as clean statements of any kind but limits and exclusions. */
  asked: readonly string[]
  /** True to the talk, but nobody would miss it. */
  welcome?: readonly string[]
  limits?: readonly string[]
  excluded?: readonly string[]
  open?: readonly string[]
  /** Things that are kept, each with its fields as `name:type`. */
  entities: Readonly<Record<string, string>>
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
