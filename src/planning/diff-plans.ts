import type { NamedTask, PlanDiff, RequirementChange, Stated } from '../domain/plan-diff.ts'
import { type PlanFile, planFile } from '../domain/plan.ts'
import { fromInline } from '../kiro/inline.ts'
import { leafTasks, parseTasks } from '../kiro/tasks.ts'
import type { Task } from '../kiro/tree.ts'
import { renderUserStory } from '../kiro/user-story.ts'
import { type Requirement, requirementsIn } from '../kiro/requirements-in.ts'

type Files = readonly PlanFile[]

/**
 * How a later version of a plan differs from an earlier one: by the numbers of requirements, criteria
 * and tasks, which keep their meaning over the versions.
 */
export function diffPlans(before: { files: Files }, after: { files: Files }): PlanDiff {
  return {
    requirements: diffRequirements(requirementsIn(before.files), requirementsIn(after.files)),
    tasks: diffTasks(tasksIn(before.files), tasksIn(after.files)),
  }
}

function diffRequirements(
  before: readonly Requirement[],
  after: readonly Requirement[],
): PlanDiff['requirements'] {
  const { added, kept, gone } = compare(before, after, ({ ref }) => ref)
  return {
    added: added.map(statedOf),
    changed: kept.flatMap(([was, is]) => changeOf(was, is) ?? []),
    retired: gone.map(statedOf),
  }
}

function statedOf({ ref, title, criteria }: Requirement) {
  return { ref, title: fromInline(title), criteria: criteria.map(shown) }
}

function shown({ ref, text }: Stated): Stated {
  return { ref, text: fromInline(text) }
}

function changeOf(was: Requirement, is: Requirement): RequirementChange | undefined {
  const { added, kept, gone } = compare(was.criteria, is.criteria, ({ ref }) => ref)
  const changed = kept
    .filter(([one, other]) => one.text !== other.text)
    .map(([one, other]) => ({
      ref: other.ref,
      before: fromInline(one.text),
      after: fromInline(other.text),
    }))
  const [storyWas, storyIs] = [was, is].map(({ story }) => (story ? renderUserStory(story) : ''))
  const isRetitled = was.title !== is.title
  const isRetold = storyWas !== storyIs
  if (!isRetitled && !isRetold && added.length + changed.length + gone.length === 0) {
    return undefined
  }
  return {
    ref: is.ref,
    title: fromInline(is.title),
    ...(isRetitled && { retitled: { before: fromInline(was.title), after: fromInline(is.title) } }),
    ...(isRetold && {
      story: { before: fromInline(storyWas ?? ''), after: fromInline(storyIs ?? '') },
    }),
    criteria: { added: added.map(shown), changed, retired: gone.map(shown) },
  }
}

/** By number; one that only moved to another number is changed, not removed and added. */
function diffTasks(before: readonly Task[], after: readonly Task[]): PlanDiff['tasks'] {
  const { added, kept, gone } = compare(before, after, ({ number }) => number)
  const left = new Map(gone.map((task) => [task.number, task]))
  const moved = added.flatMap((is): (readonly [Task, Task])[] => {
    const was = [...left.values()].find((one) => substanceOf(one) === substanceOf(is))
    if (was !== undefined) left.delete(was.number)
    return was === undefined ? [] : [[was, is]]
  })
  const changed = kept.filter(([was, is]) => substanceOf(was) !== substanceOf(is))
  return {
    added: added.filter((task) => !moved.some(([, is]) => is === task)).map(namedOf),
    changed: [...changed, ...moved].map(([was, is]) => ({ ...namedOf(is), before: namedOf(was) })),
    removed: [...left.values()].map(namedOf),
  }
}

/** All that a task asks for, but for its number and its state. */
function substanceOf({ title, optional, details, requirements, validates }: Task): string {
  return JSON.stringify([title, optional, details, requirements, validates])
}

function namedOf({ number, title }: Task): NamedTask {
  return { number, title: fromInline(title) }
}

function tasksIn(files: Files): Task[] {
  return leafTasks(parseTasks(planFile(files, 'tasks.md')?.content ?? '').tasks)
}

/** The entries by their key; of several with one key the first counts. */
function compare<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (entry: T) => string,
): { added: T[]; kept: (readonly [T, T])[]; gone: T[] } {
  const [old, now] = [before, after].map(
    (entries) => new Map(entries.toReversed().map((entry) => [keyOf(entry), entry])),
  )
  const has = (map: ReadonlyMap<string, T> | undefined, entry: T): boolean =>
    map?.has(keyOf(entry)) === true
  const first = (map: ReadonlyMap<string, T> | undefined, entry: T): boolean =>
    map?.get(keyOf(entry)) === entry
  return {
    added: after.filter((entry) => first(now, entry) && !has(old, entry)),
    kept: after.flatMap((entry): (readonly [T, T])[] => {
      const was = old?.get(keyOf(entry))
      return was !== undefined && first(now, entry) ? [[was, entry]] : []
    }),
    gone: before.filter((entry) => first(old, entry) && !has(now, entry)),
  }
}
