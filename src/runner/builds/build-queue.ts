export interface QueuedJob {
  id: string
  /** Whose it is: the slots are shared out between owners. */
  owner: string
  /** Must not reject. */
  run: () => Promise<void>
}

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

/**
 * A queue in which the next slot goes to the owner with the fewest running jobs, of several to the one
 * that was served longest ago; the jobs of one owner run in the order they came.
 */
export function createBuildQueue(maxConcurrent: number): BuildQueue {
  /** The jobs that wait, by owner. */
  const lines = new Map<string, QueuedJob[]>()
  /** When an owner with jobs here was last served, counted in jobs. */
  const served = new Map<string, number>()
  let turn = 0
  const running = new Map<Promise<void>, string>()
  let closed = false

  const runningOf = (owner: string) =>
    [...running.values()].filter((other) => other === owner).length
  const waiting = () => [...lines.values()].reduce((count, line) => count + line.length, 0)

  const keep = (owner: string, line: QueuedJob[]) => {
    if (line.length > 0) lines.set(owner, line)
    else lines.delete(owner)
  }
  const takeNext = (): QueuedJob | undefined => {
    const [next] = [...lines.keys()]
      .map((owner) => ({ owner, count: runningOf(owner), turn: served.get(owner) ?? 0 }))
      .sort((a, b) => a.count - b.count || a.turn - b.turn)
    if (!next) return undefined
    const [job, ...rest] = lines.get(next.owner) ?? []
    keep(next.owner, rest)
    served.set(next.owner, (turn += 1))
    return job
  }
  const pump = () => {
    while (!closed && running.size < maxConcurrent) {
      const job = takeNext()
      if (!job) return
      const run = job.run().finally(() => {
        running.delete(run)
        if (!lines.has(job.owner) && runningOf(job.owner) === 0) served.delete(job.owner)
        pump()
      })
      running.set(run, job.owner)
    }
  }
  return {
    get waiting() {
      return waiting()
    },
    get running() {
      return running.size
    },
    waitingOf: (owner) => lines.get(owner)?.length ?? 0,
    add(job) {
      lines.set(job.owner, [...(lines.get(job.owner) ?? []), job])
      pump()
    },
    remove(id) {
      for (const [owner, line] of lines) {
        const rest = line.filter((job) => job.id !== id)
        if (rest.length === line.length) continue
        keep(owner, rest)
        return true
      }
      return false
    },
    async close() {
      closed = true
      await Promise.all(running.keys())
    },
  }
}
