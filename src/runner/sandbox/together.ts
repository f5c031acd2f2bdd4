import { notStarted, type GroupProcess, type StartProgram } from '../process/child-process.ts'

/** Programs that are counted and end together; disposed of, none runs any more, and none can start. */
export interface ProgramGroup extends AsyncDisposable {
  start: StartProgram
  /** How many processes run, with all that the programs started. */
  count(): Promise<number>
}

export function together(begin: StartProgram): ProgramGroup {
  const running = new Set<GroupProcess>()
  let isOver = false
  return {
    start(spec, graceMs) {
      if (isOver) return notStarted('The build has ended.')
      const started = begin(spec, graceMs)
      running.add(started)
      void started.exited.finally(() => running.delete(started))
      return started
    },
    async count() {
      const counts = await Promise.all([...running].map((process) => process.count()))
      return counts.reduce((sum, one) => sum + one, counts.length)
    },
    async [Symbol.asyncDispose]() {
      isOver = true
      await Promise.all([...running].map((process) => process.end()))
    },
  }
}
