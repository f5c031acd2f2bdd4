import type { Stated } from '../../domain/plan-diff.ts'
import { planFile, type PlanFile } from '../../domain/plan.ts'
import { inWorkOrder, leafTasksOf, type LeafTask } from '../../kiro/leaf-tasks.ts'
import { requirementsIn } from '../../kiro/requirements-in.ts'
import { parseTasks } from '../../kiro/tasks.ts'
import type { Git } from '../workspace/git.ts'

/** A leaf task of the approved plan with what it is held against. */
export interface PlanTask extends LeafTask {
  /** Its wave of the dependency graph. */
  wave: number
  /** The criteria that it names, with their texts. */
  criteria: readonly Stated[]
}

/** The leaf tasks of a plan in the order of work. */
export function planTasks(files: readonly PlanFile[]): PlanTask[] {
  const criteria = requirementsIn(files).flatMap((requirement) => requirement.criteria)
  const byRef = new Map(criteria.map((criterion) => [criterion.ref, criterion]))
  const document = parseTasks(planFile(files, 'tasks.md')?.content ?? '')
  const leaves = leafTasksOf(document, [...byRef.keys()])
  return inWorkOrder(leaves, document.waves).map(({ task, wave }) => ({
    ...task,
    wave,
    criteria: task.refs.flatMap((ref) => byRef.get(ref) ?? []),
  }))
}

/** The spec of a feature as the plan's commit has it, whatever became of it since. */
export async function readSpecFiles(
  git: Git,
  baseCommit: string,
  feature: string,
): Promise<PlanFile[]> {
  const folder = `.kiro/specs/${feature}/`
  const names = await git('ls-tree', '-r', '-z', '--name-only', baseCommit, '--', folder)
  const paths = names.split('\0').filter((path) => path.endsWith('.md'))
  return Promise.all(
    paths.map(async (path) => ({ path, content: await git('show', `${baseCommit}:${path}`) })),
  )
}
