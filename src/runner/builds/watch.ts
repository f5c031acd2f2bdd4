import { createCountdown, type Countdown } from './countdown.ts'

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
  /** Lets the time limits stand still until what it gives is disposed of; several may hold them. */
  hold(): Disposable
  /** Ends the time limits; `stop` still works. */
  rest(): void
}

/** A watch whose limits have not begun. */
export function createWatch(): Watch {
  const controller = new AbortController()
  let cause: StopCause | undefined
  let limits: { wall: Countdown; idle: Countdown } | undefined
  let holders = 0

  const each = (act: (countdown: Countdown) => void) => {
    if (limits) [limits.wall, limits.idle].forEach(act)
  }
  const rest = () => {
    each((countdown) => countdown.stop())
    limits = undefined
  }
  const stop = (why: StopCause) => {
    cause ??= why
    rest()
    controller.abort()
  }
  const release = () => {
    holders -= 1
    if (holders === 0) each((countdown) => countdown.resume())
  }
  return {
    signal: controller.signal,
    cause: () => cause,
    stop,
    rest,
    start({ wallMs, idleMs }) {
      if (cause) return
      limits = {
        wall: createCountdown(wallMs, () => stop('wall_time')),
        idle: createCountdown(idleMs, () => stop('idle_time')),
      }
      if (holders > 0) each((countdown) => countdown.pause())
    },
    active: () => limits?.idle.restart(),
    hold() {
      holders += 1
      each((countdown) => countdown.pause())
      let isHeld = true
      return {
        [Symbol.dispose]() {
          if (isHeld) release()
          isHeld = false
        },
      }
    },
    [Symbol.dispose]: rest,
  }
}
