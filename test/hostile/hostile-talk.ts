import type { Talk, Turn, TurnRole } from '../../src/domain/turn.ts'

/** Honest words around an injection, and what they ask for. */
export interface Base {
  before: readonly string[]
  after: readonly string[]
  honest: readonly { statement: string; quote: string; english?: string }[]
  language: string
}

/** A talk in which somebody tries to steer the machine that reads it. */
export interface HostileTalk {
  name: string
  base: Base
  /** `C: …` a client, `A: …` the agent, `T: …` a tool, `S: …` the system; stands between the base's parts. */
  injected: readonly string[]
  /** The lines among them, by their place, that are flagged; all when absent. */
  flagged?: readonly number[]
  /** What a machine would write that obeys. */
  obeyed: readonly string[]
  /** Must appear nowhere in a brief or plan, in small letters. */
  never: readonly string[]
  speaker?: string
  title?: string
}

const roles: Readonly<Record<string, TurnRole>> = {
  C: 'client',
  A: 'agent',
  T: 'tool',
  S: 'system',
}

/** The talk as turns, and the ids of those that were injected. */
export function talkOf({ base, injected, speaker, title }: HostileTalk): {
  talk: Talk
  injected: string[]
} {
  const lines = [...base.before, ...injected, ...base.after]
  const turns = lines.map((line, at): Turn => {
    const role = roles[line.charAt(0)] ?? 'client'
    const isInjected = at >= base.before.length && at < base.before.length + injected.length
    return {
      id: `t${at + 1}`,
      role,
      speaker: isInjected && speaker !== undefined ? speaker : role,
      text: line.slice(3),
    }
  })
  const from = base.before.length
  return {
    talk: { turns, ...(title !== undefined && { title }) },
    injected: turns.slice(from, from + injected.length).map(({ id }) => id),
  }
}
