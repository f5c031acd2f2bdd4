export interface QueuedJob {
  id: string
  /** Whose it is: the slots are shared out between owners. */
  owner: string
  /** Must not reject. */
  run: () => Promise<void>
}

/** The jobs that wait, a line for each owner. */
export interface WaitingLines {
  readonly size: number
  sizeOf(owner: string): number
  add(job: QueuedJob): void
  /**
   * Takes out the first job of the owner with the fewest running jobs; of several such owners, of the
   * one that was served longest ago.
   */
  takeNext(runningOf: (owner: string) => number): QueuedJob | undefined
  /** Takes a job out of its line; false when it does not wait. */
  remove(id: string): boolean
  /** Forgets when an owner was last served, once it has nothing here any more. */
  forget(owner: string): void
}

/** Empty lines. */
export function createWaitingLines(): WaitingLines {
  const lines = new Map<string, QueuedJob[]>()
  const served = new Map<string, number>()
  let turn = 0

  const keep = (owner: string, line: QueuedJob[]) => {
    if (line.length > 0) lines.set(owner, line)
    else lines.delete(owner)
  }
  return {
    get size() {
      return [...lines.values()].reduce((count, line) => count + line.length, 0)
    },
    sizeOf: (owner) => lines.get(owner)?.length ?? 0,
    add: (job) => void lines.set(job.owner, [...(lines.get(job.owner) ?? []), job]),
    takeNext(runningOf) {
      const [next] = [...lines.keys()]
        .map((owner) => ({ owner, count: runningOf(owner), turn: served.get(owner) ?? 0 }))
        .sort((a, b) => a.count - b.count || a.turn - b.turn)
      if (!next) return undefined
      const [job, ...rest] = lines.get(next.owner) ?? []
      keep(next.owner, rest)
      served.set(next.owner, (turn += 1))
      return job
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
    forget: (owner) => void served.delete(owner),
  }
}
