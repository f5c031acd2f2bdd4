import { createWaitingLines, type QueuedJob } from './waiting-lines.ts'

/** Runs jobs a few at the same time, fairly between their owners. */
export interface BuildQueue {
  readonly waiting: number
  readonly running: number
  waitingOf(owner: string): number
  add(job: QueuedJob): void
  /** Takes a job out that has not begun; false when it has. */
  remove(id: string): boolean
  /** Begins no more jobs, and resolves when the running ones have ended. */
  close(): Promise<void>
}

/** A queue of which each owner gets an equal share; its own jobs run in the order they came. */
export function createBuildQueue(maxConcurrent: number): BuildQueue {
  const lines = createWaitingLines()
  const running = new Map<Promise<void>, string>()
  let closed = false

  const runningOf = (owner: string) =>
    [...running.values()].filter((other) => other === owner).length
  const hasRoom = () => !closed && running.size < maxConcurrent

  const pump = () => {
    while (hasRoom()) {
      const job = lines.takeNext(runningOf)
      if (!job) return
      const run = job.run().finally(() => {
        running.delete(run)
        if (lines.sizeOf(job.owner) + runningOf(job.owner) === 0) lines.forget(job.owner)
        pump()
      })
      running.set(run, job.owner)
    }
  }
  return {
    get waiting() {
      return lines.size
    },
    get running() {
      return running.size
    },
    waitingOf: (owner) => lines.sizeOf(owner),
    add(job) {
      lines.add(job)
      pump()
    },
    remove: (id) => lines.remove(id),
    async close() {
      closed = true
      await Promise.all(running.keys())
    },
  }
}
