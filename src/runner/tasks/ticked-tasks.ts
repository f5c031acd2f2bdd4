import { toAppError } from '../../domain/errors.ts'
import { tickTask } from '../../kiro/tasks.ts'
import { taskLeaves } from '../evidence/task-leaves.ts'
import { coalesce } from '../webhooks/coalesce.ts'
import { readConfined, writeConfined } from '../workspace/confined-files.ts'
import type { WorkbenchOptions } from './open-workbench.ts'
import type { PlanTask } from './plan-task.ts'
import { createTaskRepository, type TaskRepository } from './task-repository.ts'
import { judgeTests } from './verdict.ts'
import { taskSubject } from './task-subject.ts'

/** Whether a task's tick may count. */
export type Counts = (task: PlanTask) => boolean

/**
 * The tasks of a plan that an agent carries out and ticks in one go, while the runner commits what it
 * does. A tick counts only with changes of its own; a checkpoint changes nothing and is proved by the
 * tests.
 */
export interface TickedTasks {
  /** Those to be carried out whose box in tasks.md is not ticked, in the order of work. */
  open(): Promise<PlanTask[]>
  /** Asks that every ticked task of which `counts` holds be committed, while the agent goes on. */
  keep(counts: Counts): void
  /** Resolves when nothing is being committed. */
  settled(): Promise<void>
  /**
   * Commits what is left when the agent rests, and makes tasks.md say what is proved. `reason` says
   * why a task stays open.
   */
  finish(counts: Counts, reason: (task: PlanTask, ticked: boolean) => string): Promise<void>
}

export interface TickedTasksOptions extends WorkbenchOptions {
  includeOptional: boolean
}

const maxTasksBytes = 4 * 1024 * 1024

interface Ledger extends Omit<TickedTasksOptions, 'tasks'> {
  /** The tasks to be carried out. */
  tasks: readonly PlanTask[]
  repository: TaskRepository
  tasksPath: string
  /** tasks.md as the last commit has it. */
  text: string
  /** The numbers of the tasks that have a commit. */
  kept: Set<string>
  /** Those for which nothing had changed when they were ticked: what changes later is not theirs. */
  empty: Set<string>
}

/** The ticked tasks of a workspace that holds the plan and the tasks that are done, and nothing else. */
export async function openTickedTasks(options: TickedTasksOptions): Promise<TickedTasks> {
  const { git, log } = options
  const head = (await git('rev-parse', 'HEAD')).trim()
  const tasksPath = `.kiro/specs/${options.feature}/tasks.md`
  const ledger: Ledger = {
    ...options,
    tasks: options.tasks.filter((task) => options.includeOptional || !task.optional),
    repository: createTaskRepository(options, head),
    tasksPath,
    text: await git('show', `${head}:${tasksPath}`),
    kept: new Set(options.done),
    empty: new Set(),
  }
  let counting: Counts = () => false
  // What git refuses while the agent works, for a lock perhaps, is done with the next task or at the end.
  const keeping = coalesce(() =>
    keepTicked(ledger, counting).catch((error: unknown) =>
      log('runner', `Nothing committed yet: ${toAppError(error).message}`),
    ),
  )
  return {
    open: async () => {
      const { isTicked } = await lookAt(ledger)
      return ledger.tasks.filter((task) => !isTicked(task))
    },
    keep(counts) {
      counting = counts
      keeping.request()
    },
    settled: () => keeping.settled(),
    async finish(counts, reason) {
      await keeping.settled()
      await keepTicked(ledger, counts)
      await proveCheckpoints(ledger)
      await leaveTheRest(ledger, reason)
    },
  }
}

/** tasks.md as the agent has it; nothing is ticked in one that it made unreadable. */
async function lookAt({ workspace, tasksPath }: Ledger) {
  const text = await readConfined(workspace, tasksPath, maxTasksBytes).then(String, () => '')
  const ticked = taskLeaves(text).filter(({ state }) => state === 'completed')
  const isTicked = ({ number, title }: PlanTask) =>
    ticked.some((leaf) => leaf.number === number && leaf.title === title.slice(0, 500))
  return { text, isTicked }
}

async function keepTicked(ledger: Ledger, counts: Counts): Promise<void> {
  const { isTicked } = await lookAt(ledger)
  const { kept, empty } = ledger
  for (const task of ledger.tasks) {
    const { number } = task
    if (!isTicked(task)) empty.delete(number)
    else if (counts(task) && !kept.has(number) && !empty.has(number)) await keepOne(ledger, task)
  }
  ledger.changed()
}

async function keepOne(ledger: Ledger, task: PlanTask): Promise<void> {
  if (await ledger.repository.hasChangedBeside()) await commitTick(ledger, task)
  else ledger.empty.add(task.number)
}

async function commitTick(ledger: Ledger, { number, title }: PlanTask): Promise<void> {
  const text = tickTask(ledger.text, number)
  await ledger.repository.commitBeside(taskSubject(number, title), ledger.tasksPath, text)
  ledger.text = text
  ledger.kept.add(number)
  ledger.empty.delete(number)
}

/** Commits the tick of each checkpoint for which nothing was changed when the tests pass. */
async function proveCheckpoints(ledger: Ledger): Promise<void> {
  const ticked = ledger.tasks.filter((task) => task.checkpoint && ledger.empty.has(task.number))
  if (ticked.length === 0) return
  const criteria = new Set(ledger.criteria)
  const run = await ledger.runTests()
  for (const task of ticked) {
    if (judgeTests(task, criteria, run).type === 'verified') await commitTick(ledger, task)
  }
}

/** Explains what stays open and puts its changes aside, so that the tree is what is committed. */
async function leaveTheRest(
  ledger: Ledger,
  reason: (task: PlanTask, ticked: boolean) => string,
): Promise<void> {
  const { repository, tasksPath, text } = ledger
  const now = await lookAt(ledger)
  const left = ledger.tasks.filter(({ number }) => !ledger.kept.has(number))
  for (const task of left) ledger.explain(task.number, reason(task, now.isTicked(task)))
  const expected = sameButBoxes(now.text, text) ? now.text : text
  const { any: hasChanged } = await repository.takeBack(tasksPath, expected)
  await writeConfined(ledger.workspace, tasksPath, text, false)
  if (left.length > 0) await repository.putAside('left open')
  else if (hasChanged) await repository.commit('chore: changes after the last task')
  ledger.changed()
}

function sameButBoxes(one: string, other: string): boolean {
  const withoutBoxes = (text: string) => text.replaceAll(/^(\s*- )\[[ x~-]\]/gim, '$1[]')
  return withoutBoxes(one) === withoutBoxes(other)
}
