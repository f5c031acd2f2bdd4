import { createCountdown, type Countdown } from './countdown.ts'

export type StopCause =
  | 'cancelled'
  | 'closing'
  | 'wall_time'
  | 'idle_time'
  | 'output'
  | 'disk'
  | 'processes'
  | 'memory'
  | 'turns'
  | 'spend'

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
  /** Lets no time pass at all until it is disposed of: a person is waited for. */
  pause(): Disposable
  /** How much of the whole time has passed, in milliseconds. */
  passed(): number
  /** Ends the time limits; `stop` still works. */
  rest(): void
}

/** Something that any number of others can make stand still; `freed` hears when the last lets go. */
function createBrake(held: () => void, freed: () => void) {
  let holders = 0
  return {
    isHeld: () => holders > 0,
    hold(): Disposable {
      holders += 1
      if (holders === 1) held()
      let isMine = true
      return {
        [Symbol.dispose]() {
          if (!isMine) return
          isMine = false
          holders -= 1
          if (holders === 0) freed()
        },
      }
    },
  }
}

/** A watch whose limits have not begun. */
export function createWatch(): Watch {
  const controller = new AbortController()
  let cause: StopCause | undefined
  let wall: Countdown | undefined
  let idle: Countdown | undefined
  let passed = 0

  const ofWall = createBrake(
    () => wall?.pause(),
    () => wall?.resume(),
  )
  const ofIdle = createBrake(
    () => idle?.pause(),
    () => {
      idle?.restart()
      idle?.resume()
    },
  )
  const rest = () => {
    wall?.stop()
    idle?.stop()
    passed = wall?.ran() ?? passed
    wall = idle = undefined
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
      wall = createCountdown(wallMs, () => stop('wall_time'))
      idle = createCountdown(idleMs, () => stop('idle_time'))
      if (ofWall.isHeld()) wall.pause()
      if (ofIdle.isHeld()) idle.pause()
    },
    passed: () => wall?.ran() ?? passed,
    active: () => idle?.restart(),
    hold: () => ofIdle.hold(),
    pause() {
      const both = [ofWall.hold(), ofIdle.hold()]
      return {
        [Symbol.dispose]() {
          for (const one of both) one[Symbol.dispose]()
        },
      }
    },
    [Symbol.dispose]: rest,
  }
}
