import type { PlanDraft, Retirement, StackChoice } from '../../domain/plan.ts'
import { inline } from '../../kiro/inline.ts'
import { parseEars } from '../../kiro/ears.ts'
import { capitalised, pluralOf } from '../../kiro/english.ts'
import { nameOf } from '../../kiro/capability-wording.ts'
import type { Task } from '../../kiro/tree.ts'
import type { CorrectnessProperty } from '../../kiro/tree.ts'
import type { Job } from '../../domain/job.ts'
import {
  keepTaskNumbers,
  type LeafGroup,
  type NumberedLeaves,
} from '../numbers/keep-task-numbers.ts'
import { numberedCriteria } from './planned.ts'
import type { Area, Numbered, Outline, PlannedCriterion } from './planned.ts'
import { removalTasks } from './removal-tasks.ts'
import { changeDetails, taskDetails } from './task-details.ts'

/** The tasks with what else the plan has to say about them. */
export interface TaskPlan {
  tasks: readonly Task[]
  phases: { name: string; tasks: string[] }[]
  waves: { id: number; tasks: string[] }[]
}

/** A task without parts, and which of its forerunners it must wait for. */
interface Leaf extends Omit<Task, 'number' | 'state' | 'children'> {
  wave: number
}

export interface TaskParts {
  outline: Outline
  properties: readonly CorrectnessProperty[]
  stack: readonly StackChoice[]
  job?: Job
  /** What earlier versions asked for. */
  retired?: readonly Retirement[]
  /** The version before, whose tasks keep their numbers. */
  previous?: PlanDraft | undefined
}

/** Set-up first, then area by area; one task for each criterion that somebody asked for. */
export function planTasks({
  outline,
  properties,
  stack,
  job = 'new',
  retired = [],
  previous,
}: TaskParts): TaskPlan {
  const deepest = Math.max(0, ...outline.areas.map(({ depth }) => depth))
  const groups: LeafGroup<Leaf>[] = [
    ...(job === 'new'
      ? newGroups(outline, properties, stack)
      : [{ title: 'Make the changes', leaves: changeLeaves(numberedCriteria(outline.areas)) }]),
    {
      title: 'Remove what is no longer asked for',
      leaves: removalTasks(retired).map((task) => ({ ...task, wave: deepest + 2 })),
    },
  ]
  const filled = groups.filter(({ leaves }) => leaves.length > 0)
  const refs = new Set(retired.map(({ ref }) => ref))
  const numbered = keepTaskNumbers(filled, previous, refs)
  const tops = numbered.groups.map(({ number, title, leaves }): Task => ({
    ...top(number, title),
    children: leaves.map(({ number: own, leaf: { wave: _wave, ...task } }): Task => {
      return { ...task, number: own, state: 'not_started', children: [] }
    }),
  }))
  return {
    tasks: withCheckpoint(tops, numbered.checkpoint),
    phases: tops.map(({ title, children }) => ({
      name: title.slice(0, 120),
      tasks: children.map(({ number }) => number),
    })),
    waves: wavesOf(numbered.groups),
  }
}

function newGroups(
  { areas }: Outline,
  properties: readonly CorrectnessProperty[],
  stack: readonly StackChoice[],
): LeafGroup<Leaf>[] {
  const criteria = numberedCriteria(areas)
  const foundation = foundationOf(criteria)
  // Setting a project up carries out no more than that records are kept: the rest has its own tasks.
  const rest = criteria.filter(
    ({ ref, value }) => value.capability?.kind !== 'keep' || !foundation.includes(ref),
  )
  const deepest = Math.max(0, ...areas.map(({ depth }) => depth))
  return [
    { title: 'Set up the project', leaves: [setUp(foundation, criteria, stack)] },
    ...areas.map((area) => ({
      title: area.title,
      leaves: areaLeaves(area, { all: criteria, rest }, properties, deepest),
    })),
  ]
}

/** First what must stay is held by tests, then one task for each change. */
function changeLeaves(criteria: readonly Numbered<PlannedCriterion>[]): Leaf[] {
  const kept = criteria.filter(({ value }) => value.kept)
  const changes = criteria.filter(({ value }) => !value.kept)
  const leaves = changes.map((one) => ({
    ...leafOf(one, one.value.inferred !== undefined, 1),
    title: changeTitle(one.value),
    details: changeDetails(one.value),
  }))
  return kept.length > 0 ? [{ ...holdingTask(kept), wave: 0 }, ...leaves] : leaves
}

/** Which fields are new says more than that records are kept. */
function changeTitle({ title, text, capability }: PlannedCriterion): string {
  const response = capability?.kind === 'keep' ? parseEars(text)?.response : undefined
  return response === undefined ? title : capitalised(response)
}

/** The task that comes before all changes: what must stay is held by tests. */
export function holdingTask(kept: readonly Numbered<PlannedCriterion>[]): Omit<Leaf, 'wave'> {
  return {
    title: 'Hold by tests what must not change',
    optional: kept.every(({ value }) => value.inferred !== undefined),
    details: [
      ...kept.map(({ value }) => value.title),
      'Write the tests against the product as it is, and see them pass before anything changes',
    ],
    requirements: kept.map(({ ref }) => ref),
    validates: [],
  }
}

/** What the project starts with: that records are kept. */
function foundationOf(criteria: readonly Numbered<PlannedCriterion>[]): string[] {
  const asked = criteria.filter(({ value }) => value.inferred === undefined)
  const kept = asked.filter(({ value }) => value.capability?.kind === 'keep')
  const can = asked.filter(({ value }) => value.capability !== undefined)
  const first = [kept, can.slice(0, 1), asked.slice(0, 1), criteria.slice(0, 1)]
  return (first.find((choice) => choice.length > 0) ?? []).map(({ ref }) => ref)
}

function setUp(
  refs: readonly string[],
  criteria: readonly Numbered<PlannedCriterion>[],
  stack: readonly StackChoice[],
): Leaf {
  const choices = stack.map(({ part, choice }) => `${part}: ${inline(choice)}`)
  const own = criteria.filter(({ ref }) => refs.includes(ref))
  const keeps = own.every(({ value }) => value.capability?.kind === 'keep')
  return {
    title: 'Create the project with its data store, server, page and tests',
    optional: own.every(({ value }) => value.inferred !== undefined),
    details: [
      `Use what design.md names as the stack (${choices.join('; ')})`,
      'Give the project one command that starts it and one that runs its tests without a network',
      'Create the store: a change is stored as a whole or not at all',
      'Create the server with the HTTP API and the page',
      keeps
        ? 'Describe the records of the data models in one schema; test that each comes back as it was stored'
        : 'Describe the records of the data models in one schema',
    ],
    requirements: refs,
    validates: [],
    wave: 0,
  }
}

function areaLeaves(
  area: Area,
  { all, rest }: Record<'all' | 'rest', readonly Numbered<PlannedCriterion>[]>,
  properties: readonly CorrectnessProperty[],
  deepest: number,
): Leaf[] {
  const own = new Set(area.requirements.flatMap(({ criteria }) => criteria))
  const refs = new Set(all.flatMap(({ ref, value }) => (own.has(value) ? [ref] : [])))
  const todo = rest.filter(({ value }) => own.has(value))
  const asked = todo.filter(({ value }) => value.inferred === undefined)
  const guessed = todo.filter(({ value }) => value.inferred !== undefined)
  return [
    ...asked.map((one) => leafOf(one, false, area.depth)),
    ...bundles(guessed).map((bundle) => bundleLeaf(bundle, deepest + 1)),
    ...properties
      .filter(({ validates }) => area.kind === 'entity' && refs.has(validates[0] ?? ''))
      .map((property) => propertyLeaf(property, deepest + 1)),
  ]
}

function leafOf({ ref, value }: Numbered<PlannedCriterion>, optional: boolean, wave: number): Leaf {
  return {
    title: value.title,
    optional,
    details: taskDetails(value),
    requirements: [ref],
    validates: [],
    wave,
  }
}

/** Checks of what is sent in one task, answers for what is not there in another. */
function bundles(criteria: readonly Numbered<PlannedCriterion>[]): Numbered<PlannedCriterion>[][] {
  const groups = Map.groupBy(criteria, ({ value, ref }) => {
    const kind = value.capability?.kind
    if (kind === 'required' || kind === 'wrong_type') return `check ${ref.split('.')[0]}`
    if (kind === 'empty_list' || kind === 'not_found') return `answer ${ref.split('.')[0]}`
    return ref
  })
  return [...groups.values()]
}

function bundleLeaf(bundle: readonly Numbered<PlannedCriterion>[], wave: number): Leaf {
  const [first] = bundle
  const capability = first?.value.capability
  const many = pluralOf(nameOf(capability?.entity ?? 'record'))
  const checks = capability?.kind === 'required' || capability?.kind === 'wrong_type'
  const title = checks ? `Refuse incomplete or wrong ${many}` : `Answer where there are no ${many}`
  return {
    title: bundle.length > 1 ? title : (first?.value.title ?? ''),
    optional: true,
    details: bundle.map(({ value }) => `Added by the planner: ${value.title}`),
    requirements: bundle.map(({ ref }) => ref),
    validates: [],
    wave,
  }
}

function propertyLeaf(property: CorrectnessProperty, wave: number): Leaf {
  return {
    title: `Write property test: ${property.title}`,
    optional: true,
    details: [`**Property ${property.number}: ${property.title}**`],
    requirements: [],
    validates: property.validates,
    wave,
  }
}

function top(number: string, title: string): Task {
  const plain = inline(title, 120)
  return {
    number,
    title: plain === title ? plain : title,
    state: 'not_started',
    optional: false,
    details: [],
    requirements: [],
    validates: [],
    children: [],
  }
}

/** The groups with a last task in which all tests must pass. */
export function withCheckpoint(
  groups: readonly Task[],
  number: string = `${groups.length + 1}`,
): Task[] {
  const checkpoint = {
    ...top(number, 'Checkpoint - Ensure all tests pass'),
    details: ['Ensure all tests pass, ask the user if questions arise.'],
  }
  return [...groups, checkpoint]
}

function wavesOf(groups: readonly NumberedLeaves<Leaf>[]): TaskPlan['waves'] {
  const entries = groups.flatMap(({ leaves }) => leaves)
  const byWave = Map.groupBy(entries, ({ leaf }) => leaf.wave)
  return [...byWave.entries()]
    .sort(([a], [b]) => a - b)
    .map(([, tasks], id) => ({ id, tasks: tasks.map(({ number }) => number) }))
}
