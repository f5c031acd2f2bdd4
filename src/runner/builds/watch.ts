export type StopCause = 'cancelled' | 'closing' | 'wall_time' | 'idle_time'

/** The one thing that can stop a running build: a person, the runner's end, or a limit. */
export interface Watch extends Disposable {
  readonly signal: AbortSignal
  /** The first cause, once the signal is raised. */
  cause(): StopCause | undefined
  stop(cause: StopCause): void
  /** Starts the time limits. */
  start(limits: { wallMs: number; idleMs: number }): void
  /** Starts the idle time anew. */
  active(): void
  /** Lets no idle time pass until it is disposed of: not the agent is at work, but the runner. */
  hold(): Disposable
  /** Ends the time limits; `stop` still works. */
  rest(): void
}

/** A watch whose limits have not begun. */
export function createWatch(): Watch {
  const controller = new AbortController()
  let cause: StopCause | undefined
  let wall: NodeJS.Timeout | undefined
  let idle: NodeJS.Timeout | undefined
  let holds = 0
  const rest = () => {
    clearTimeout(wall)
    clearTimeout(idle)
    idle = undefined
  }
  const stop = (why: StopCause) => {
    cause ??= why
    rest()
    controller.abort()
  }
  return {
    signal: controller.signal,
    cause: () => cause,
    stop,
    rest,
    start({ wallMs, idleMs }) {
      if (cause) return
      wall = setTimeout(() => stop('wall_time'), wallMs)
      idle = setTimeout(() => holds === 0 && stop('idle_time'), idleMs)
    },
    active: () => idle?.refresh(),
    hold() {
      holds += 1
      return {
        [Symbol.dispose]() {
          holds -= 1
          idle?.refresh()
        },
      }
    },
    [Symbol.dispose]: rest,
  }
}
