/** A time limit that can stand still. */
export interface Countdown {
  pause(): void
  /** Goes on where it was paused; does nothing while it runs. */
  resume(): void
  /** Begins anew with the whole time; one that stands still goes on standing. */
  restart(): void
  /** For how long it has been running since it was made; `restart` does not count. */
  ran(): number
  stop(): void
}

/** Calls `end` once, after `ms` milliseconds of running. */
export function createCountdown(ms: number, end: () => void): Countdown {
  let left = ms
  let past = 0
  let running: { timer: NodeJS.Timeout; from: number; startedAt: number; since: number } | undefined
  const run = (from: number) => {
    const now = performance.now()
    running = { timer: setTimeout(end, from), from, startedAt: now, since: now }
  }
  const halt = () => {
    clearTimeout(running?.timer)
    if (running) past += performance.now() - running.since
    running = undefined
  }
  run(ms)
  return {
    pause() {
      if (running) left = Math.max(0, running.from - (performance.now() - running.startedAt))
      halt()
    },
    ran: () => past + (running ? performance.now() - running.since : 0),
    resume() {
      if (!running) run(left)
    },
    restart() {
      left = ms
      if (!running) return
      // Called for every word of an agent, so the timer is kept where it has the whole time.
      if (running.from === ms) {
        running.timer.refresh()
        running.startedAt = performance.now()
      } else {
        halt()
        run(ms)
      }
    },
    stop: halt,
  }
}
