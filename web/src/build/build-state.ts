import type {
  BuildCost,
  BuildQuestion,
  BuildTask,
  CriterionEvidence,
} from '../../../src/domain/build.ts'
import { stateWith } from '../../../src/domain/open-questions.ts'
import { withEvidence } from '../../../src/domain/with-evidence.ts'
import type { BuildView } from '../../../src/http/views.ts'
import { type BuildEnd, emptyBuild, type LiveBuild, type LogLine } from '../live/live-project.ts'

/** One build, as the API and the events together tell it. */
export interface BuildNow {
  id: string
  state: BuildView['state']
  tasks: readonly BuildTask[]
  /** Tasks done, of those that are to be done. */
  progress: { done: number; total: number }
  /** What the agent says that it has cost so far. */
  cost?: BuildCost
  evidence: readonly CriterionEvidence[]
  log: readonly LogLine[]
  agent?: string
  questions: readonly BuildQuestion[]
  folder?: string
  delivery?: NonNullable<BuildView['delivery']>
  error?: { code: string; message: string }
  completed?: Extract<BuildEnd, { type: 'build.completed' }>
  createdAt: string
  startedAt?: string
  finishedAt?: string
}

/** Tasks in the API's order, each as the events tell it; then those that only events know. */
function mergeTasks(known: readonly BuildTask[], live: LiveBuild['tasks']): BuildTask[] {
  const ids = new Set(known.map((task) => task.id))
  const added = [...live.values()].filter((task) => !ids.has(task.id))
  return [...known.map((task) => live.get(task.id) ?? task), ...added]
}

/** Counts the tasks that do the work: one with sub-tasks is done when they are. */
function countTasks(tasks: readonly BuildTask[]): BuildNow['progress'] {
  const parents = new Set(tasks.map(({ id }) => id.slice(0, Math.max(0, id.lastIndexOf('.')))))
  const leaves = tasks.filter((task) => !parents.has(task.id))
  const wanted = leaves.filter((task) => !task.optional || task.state === 'completed')
  const done = wanted.filter((task) => task.state === 'completed').length
  return { done, total: wanted.length }
}

function stateNow(view: BuildView, live: LiveBuild): BuildView['state'] {
  switch (live.end?.type) {
    case 'build.completed':
      return 'completed'
    case 'build.failed':
      return 'failed'
    case 'build.cancelled':
      return 'cancelled'
    default:
      return stateWith(live.questions, view.state === 'waiting' ? 'running' : view.state)
  }
}

/**
 * Brings both tellings together. Until the events have caught up with what the API was read at,
 * the API is ahead of them, and they give only the log.
 */
export function buildNow(
  view: BuildView,
  told: LiveBuild | undefined,
  caughtUp: boolean,
): BuildNow {
  const all = told ?? emptyBuild
  const live = caughtUp ? all : emptyBuild
  const end = live.end
  const folder = (end?.type === 'build.completed' ? end.folder : undefined) ?? view.folder
  const error = end?.type === 'build.failed' ? end : view.error
  const tasks = mergeTasks(view.tasks, live.tasks)
  const cost = live.cost ?? view.progress?.cost
  return {
    id: view.id,
    state: stateNow(view, live),
    tasks,
    progress: live.progress ?? countTasks(tasks),
    evidence: withEvidence(view.evidence, [...live.evidence.values()]),
    log: all.log,
    questions: caughtUp ? live.questions : view.questions,
    createdAt: view.createdAt,
    ...(all.agent !== undefined && { agent: all.agent }),
    ...(all.startedAt !== undefined && { startedAt: all.startedAt }),
    ...(cost !== undefined && { cost }),
    ...(folder !== null && { folder }),
    ...(view.delivery !== null && { delivery: view.delivery }),
    ...(error !== null && { error: { code: error.code, message: error.message } }),
    ...(end?.type === 'build.completed' && { completed: end }),
    ...(view.finishedAt !== null && { finishedAt: view.finishedAt }),
  }
}
