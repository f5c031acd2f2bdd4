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

export function watchTurns(): Turns {
  let ends: TurnEnd[] = []
  let look = () => {}
  return {
    begin() {
      ends = []
    },
    take(end) {
      ends.push(end)
      look()
    },
    until: (sessionIds) =>
      new Promise((resolve) => {
        look = () => {
          const end = ends.find(({ sessionId }) => sessionIds.has(sessionId))
          if (end) resolve(end.stopReason)
        }
        look()
      }),
  }
}
