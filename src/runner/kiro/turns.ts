import type { TurnNews } from './spec-messages.ts'

type TurnEnd = Extract<TurnNews, { type: 'ended' }>

/** Waits for the ends of turns, which Kiro tells by notification and not in the answer to a call. */
export interface Turns {
  /** Forgets the turns that ended before; call it before what starts the next one. */
  begin(): void
  take(end: TurnEnd): void
  /** The reason why the first turn of one of these sessions ended since `begin`. */
  until(sessionIds: ReadonlySet<string>): Promise<string>
}

/** Kiro works on a spec in a few at a time; whoever tells of more does not tell of sessions. */
const maxSessions = 1_000

export function watchTurns(): Turns {
  /** The first end of each session. */
  let ends = new Map<string, string>()
  let look = () => {}
  return {
    begin() {
      ends = new Map()
    },
    take(end) {
      const { sessionId, stopReason } = end
      if (ends.has(sessionId) || ends.size >= maxSessions) return
      ends.set(sessionId, stopReason)
      look()
    },
    until: (sessionIds) =>
      new Promise((resolve) => {
        look = () => {
          for (const [sessionId, stopReason] of ends) {
            if (sessionIds.has(sessionId)) return resolve(stopReason)
          }
        }
        look()
      }),
  }
}
