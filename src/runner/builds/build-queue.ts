/** Runs jobs in the order they came, a few at the same time. */
export interface BuildQueue {
  readonly waiting: number
  add(id: string, job: () => Promise<void>): void
  /** Takes a job out that has not begun; false when it has. */
  remove(id: string): boolean
  /** Begins no more jobs, and resolves when the running ones have ended. */
  close(): Promise<void>
}

/** A queue whose jobs must not reject. */
export function createBuildQueue(maxConcurrent: number): BuildQueue {
  const waiting = new Map<string, () => Promise<void>>()
  const running = new Set<Promise<void>>()
  let closed = false

  const pump = () => {
    for (const [id, job] of waiting) {
      if (closed || running.size >= maxConcurrent) return
      waiting.delete(id)
      const run = job().finally(() => {
        running.delete(run)
        pump()
      })
      running.add(run)
    }
  }
  return {
    get waiting() {
      return waiting.size
    },
    add(id, job) {
      waiting.set(id, job)
      pump()
    },
    remove: (id) => waiting.delete(id),
    async close() {
      closed = true
      await Promise.all(running)
    },
  }
}
