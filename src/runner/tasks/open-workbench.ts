import { setTaskState, tickTask } from '../../kiro/tasks.ts'
import type { WriteLog } from '../builds/build-log.ts'
import type { TestResults } from '../evidence/results/test-results.ts'
import type { TestRun } from '../evidence/run-tests.ts'
import { writeConfined } from '../workspace/confined-files.ts'
import type { Git } from '../workspace/git.ts'
import type { PlanTask } from './plan-task.ts'
import { createTaskRepository, type Changes, type TaskRepository } from './task-repository.ts'
import { judgeTests, refuseInner } from './verdict.ts'
import type { Workbench } from './workbench.ts'
import { taskSubject } from './task-subject.ts'

export interface WorkbenchOptions {
  tasks: readonly PlanTask[]
  workspace: string
  /** The home of everything that works on the build. */
  home: string
  feature: string
  /** The numbers of the tasks that an earlier attempt has carried out. */
  done: ReadonlySet<string>
  git: Git
  log: WriteLog
  runTests: () => Promise<TestRun>
  /** Numbers of the plan's acceptance criteria. */
  criteria: readonly string[]
  /** Hears of each commit that the runner makes. */
  committed: (commit: string) => Promise<void>
  /** Hears what the tests of a kept task showed. */
  show: (results: TestResults) => void
  /** Hears that the state of a task may have changed. */
  changed: () => void
  /** Hears why a task stays open. */
  explain: (number: string, reason: string) => void
}

interface Bench extends WorkbenchOptions {
  repository: TaskRepository
  /** tasks.md as the last commit has it. */
  ticked: string
  changes: Changes
  /** The last run of the tests. */
  run?: TestRun
}

/** A workbench in a workspace that holds the plan and the tasks that are done, and nothing else. */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const { git, feature, log } = options
  const head = (await git('rev-parse', 'HEAD')).trim()
  const tasksPath = `.kiro/specs/${feature}/tasks.md`
  const repository = createTaskRepository(options, head)
  const bench: Bench = {
    ...options,
    repository,
    changes: { any: false, inner: [] },
    ticked: await git('show', `${head}:${tasksPath}`),
  }
  const write = async (text: string) => {
    await writeConfined(options.workspace, tasksPath, text, false)
    options.changed()
  }
  const criteria = new Set(options.criteria)
  const marked = ({ number }: PlanTask) => setTaskState(bench.ticked, number, 'in_progress')
  return {
    tasks: options.tasks,
    isDone: ({ number }) => options.done.has(number),
    begin: (task) => write(marked(task)),
    async takeIn(task) {
      bench.changes = await repository.takeBack(tasksPath, marked(task))
      await write(marked(task))
      return bench.changes.any
    },
    async verify(task) {
      const { inner } = bench.changes
      if (inner.length > 0) return refuseInner(inner)
      bench.run = await options.runTests()
      return judgeTests(task, criteria, bench.run)
    },
    async keep(task) {
      const ticked = tickTask(bench.ticked, task.number)
      await repository.takeBack(tasksPath, marked(task))
      await write(ticked)
      await repository.commit(taskSubject(task.number, task.title))
      bench.ticked = ticked
      if (bench.run?.type === 'passed') options.show(bench.run.results)
      options.changed()
    },
    async leave(task, reason) {
      await repository.takeBack(tasksPath, bench.ticked)
      bench.changes = { any: false, inner: [] }
      await repository.putAside(`task ${task.number}: left open`)
      options.explain(task.number, reason)
      log('runner', `Task ${task.number} stays open. ${reason}`)
      options.changed()
    },
  }
}
