import type { PlanDraft, Retirement } from '../../domain/plan.ts'
import { numberedCriteria, type Area, type PlannedCriterion } from '../offline/planned.ts'
import { removalTasks } from '../offline/removal-tasks.ts'
import { withoutStop } from '../offline/sentence.ts'
import { taskDetails } from '../offline/task-details.ts'
import { holdingTask, type TaskPlan } from '../offline/task-plan.ts'
import type { AnsweredPlan, AnsweredTask } from './answer.ts'
import { isGroundless, type LineGate, tellingWords } from './line-gate.ts'
import { type Leaf, numberTasks } from './number-tasks.ts'

/** What other tasks need instead of a number; there is no such task where nothing must stay. */
const holding = 'holding'

const most = { groups: 40, tasks: 40, details: 5, hours: 80 }

export interface TakenTasks extends TaskPlan {
  /** Hours of all tasks that are not optional. */
  hours: { low: number; high: number }
}

export interface PlannedSoFar {
  areas: readonly Area[]
  /** What earlier versions asked for. */
  retired: readonly Retirement[]
  /** The version before, whose tasks keep their numbers. */
  previous: PlanDraft | undefined
}

/**
 * The proposal's tasks with numbers of code's own. A task carries out criteria or is taken out; a
 * criterion that no task carries out gets one; what nobody asked for is optional throughout.
 */
export function takeTasks(
  answer: AnsweredPlan,
  { areas, retired, previous }: PlannedSoFar,
  byNumber: ReadonlyMap<string, PlannedCriterion>,
  gate: LineGate,
): TakenTasks {
  const refs = new Map(numberedCriteria(areas).map(({ ref, value }) => [value, ref]))
  // What must stay is held by one task before all others, whatever the proposal makes of it.
  const kept = numberedCriteria(areas).filter(({ value }) => value.kept)
  const covered = new Set<PlannedCriterion>()
  const hours = { low: 0, high: 0 }
  const all = new Set(
    [...refs.keys()].flatMap(({ text, title }) => tellingWords(`${text} ${title}`)),
  )
  const groups = answer.groups.slice(0, most.groups).map(({ title, tasks }, at) => ({
    title:
      (isGroundless(title, all) ? undefined : gate.pass('group', withoutStop(title), 90)) ??
      `Part ${at + 1}`,
    leaves: tasks.slice(0, most.tasks).flatMap((task, index): Leaf[] => {
      const own = task.criteria.flatMap((number) => byNumber.get(number) ?? [])
      const criteria = [...new Set(own)].filter((criterion) => refs.has(criterion))
      if (criteria.length === 0) {
        gate.remove('task', task.title, 'It carries out no criterion of the plan.')
        return []
      }
      for (const criterion of criteria) covered.add(criterion)
      const changes = criteria.filter((criterion) => criterion.kept !== true)
      const leaf = leafFrom(task, changes.length > 0 ? changes : criteria, refs, gate)
      if (!leaf.optional) addHours(hours, task.hours)
      const needs = [...task.needs, holding]
      return changes.length > 0 ? [{ ...leaf, proposed: `${at + 1}.${index + 1}`, needs }] : []
    }),
  }))
  const open = [...refs.keys()].filter((criterion) => !covered.has(criterion))
  if (open.length > 0) {
    groups.push({
      title: 'What else the brief asks for',
      leaves: open.flatMap((one) => (one.kept === true ? [] : [ownLeaf(one, refs)])),
    })
    for (const { inferred } of open)
      if (inferred === undefined) addHours(hours, { low: 2, high: 10 })
  }
  if (kept.length > 0) {
    groups.unshift({
      title: 'Before anything changes',
      leaves: [{ ...holdingTask(kept), proposed: holding, needs: [] }],
    })
  }
  groups.push({
    title: 'Remove what is no longer asked for',
    leaves: removalTasks(retired).map((task) => ({ ...task, needs: 'all' })),
  })
  const filled = groups.filter(({ leaves }) => leaves.length > 0)
  return { ...numberTasks(filled, retired, previous), hours }
}

function leafFrom(
  task: AnsweredTask,
  criteria: readonly PlannedCriterion[],
  refs: ReadonlyMap<PlannedCriterion, string>,
  gate: LineGate,
): Omit<Leaf, 'needs'> {
  const ground = new Set(criteria.flatMap(({ text, title }) => tellingWords(`${text} ${title}`)))
  const own = criteria
    .map(({ title }) => title)
    .join('; ')
    .slice(0, 110)
  const said = gate.pass('task', withoutStop(task.title), 110)
  const isGrounded = !isGroundless(task.title, ground)
  if (said !== undefined && !isGrounded) {
    gate.remove('task title', task.title, 'It does not speak of what the task carries out.')
  }
  const details = task.details.slice(0, most.details).flatMap((detail) => {
    const line = gate.pass('detail', withoutStop(detail), 250)
    if (line === undefined) return []
    if (!isGroundless(detail, ground)) return [line]
    gate.remove('detail', detail, 'It reaches beyond what the task carries out.')
    return []
  })
  return {
    title: said !== undefined && isGrounded ? said : own,
    optional: criteria.every(({ inferred }) => inferred !== undefined),
    details,
    requirements: criteria.flatMap((criterion) => refs.get(criterion) ?? []),
    validates: [],
  }
}

function ownLeaf(criterion: PlannedCriterion, refs: ReadonlyMap<PlannedCriterion, string>): Leaf {
  return {
    title: criterion.title,
    optional: criterion.inferred !== undefined,
    details: taskDetails(criterion),
    requirements: [refs.get(criterion) ?? '1'],
    validates: [],
    needs: [holding],
  }
}

function addHours(sum: { low: number; high: number }, { low, high }: AnsweredTask['hours']): void {
  const bounded = (value: number): number => Math.min(most.hours, Math.max(0.5, value || 0.5))
  sum.low += bounded(Math.min(low, high))
  sum.high += bounded(Math.max(low, high))
}
