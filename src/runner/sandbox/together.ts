import { sumOfUse, type ProcessUse } from '../process/process-tree.ts'
import { notStarted, type GroupProcess, type StartProgram } from '../process/child-process.ts'

/** Programs that are counted and end together; disposed of, none runs any more, and none can start. */
export interface ProgramGroup extends AsyncDisposable {
  start: StartProgram
  /** What they take, with all that the programs started. */
  use(): Promise<ProcessUse>
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
    async use() {
      const uses = await Promise.all([...running].map((process) => process.use()))
      const { processes, memoryBytes } = sumOfUse(uses)
      return { processes: processes + uses.length, memoryBytes }
    },
    async [Symbol.asyncDispose]() {
      isOver = true
      await Promise.all([...running].map((process) => process.end()))
    },
  }
}
