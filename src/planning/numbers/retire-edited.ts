import { type PlanDraft, type PlanFile, planFile, type Retirement } from '../../domain/plan.ts'
import { isRemoval } from '../../kiro/retired.ts'
import { withRetired, withTask } from '../../kiro/splice.ts'
import { flattenTasks, parseTasks } from '../../kiro/tasks.ts'
import type { Task } from '../../kiro/tree.ts'
import { removalTasks } from '../offline/removal-tasks.ts'
import { withRemovals } from '../offline/trace.ts'
import { requirementsIn } from '../../kiro/requirements-in.ts'
import { retirements } from './keep-numbers.ts'

const title = 'Remove what is no longer asked for'

/**
 * A plan that a person has edited, with what they took out of it listed as retired, and with tasks
 * that take away what was built for it unless a task of theirs does. What they put back as it was is
 * not retired any more.
 *
 * @param before the version that they edited
 * @throws AppError `document_too_large`
 */
export function retireEdited(before: PlanDraft, edited: PlanDraft): PlanDraft {
  const texts = textsOf(edited.files)
  const old = (before.retired ?? []).filter(({ ref, text }) => texts.get(ref) !== text)
  const gone = retirements(before, requirementsIn(before.files), new Set(texts.keys()))
  const retired = [...old, ...gone]
  if (retired.length === 0) return { ...edited, retired: undefined }
  const listed = edited.files.map((file) =>
    /\/(?:requirements|bugfix)\.md$/.test(file.path)
      ? { ...file, content: withRetired(file.content, retired) }
      : file,
  )
  const removal = removalFor(gone, listed)
  const files = removal ? listed.map((file) => withGroup(file, removal)) : listed
  const { tasks } = parseTasks(planFile(files, 'tasks.md')?.content ?? '')
  const phase = { name: title, tasks: removal?.children.map(({ number }) => number) ?? [] }
  return {
    ...edited,
    files,
    phases: removal ? [...edited.phases, phase] : edited.phases,
    retired: withRemovals(retired, tasks),
  }
}

/** Titles of requirements and texts of criteria by their numbers. */
function textsOf(files: readonly PlanFile[]): ReadonlyMap<string, string> {
  return new Map(
    requirementsIn(files).flatMap((requirement) => [
      [requirement.ref, requirement.title] as const,
      ...requirement.criteria.map(({ ref, text }) => [ref, text] as const),
    ]),
  )
}

/** One more group of tasks for what no task takes away yet. */
function removalFor(gone: readonly Retirement[], files: readonly PlanFile[]): Task | undefined {
  const { tasks } = parseTasks(planFile(files, 'tasks.md')?.content ?? '')
  const all = flattenTasks(tasks)
  const named = new Set(all.filter(isRemoval).flatMap(({ requirements }) => requirements))
  const open = gone.filter(({ ref }) => !named.has(ref))
  if (open.length === 0) return undefined
  const number = Math.max(0, ...all.map((task) => Number(task.number.split('.')[0]))) + 1
  const plain = { state: 'not_started', optional: false, requirements: [], validates: [] } as const
  return {
    ...plain,
    number: `${number}`,
    title,
    details: [],
    children: removalTasks(open).map((task, index) => {
      return { ...task, number: `${number}.${index + 1}`, state: 'not_started', children: [] }
    }),
  }
}

function withGroup(file: PlanFile, group: Task): PlanFile {
  if (!file.path.endsWith('/tasks.md')) return file
  return { ...file, content: withTask(file.content, group) }
}
