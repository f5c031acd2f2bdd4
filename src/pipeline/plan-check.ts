import { AppError } from '../domain/errors.ts'
import { type PlanDraft, planFile } from '../domain/plan.ts'
import { parseEars } from '../kiro/ears.ts'
import { leafTasks, parseTasks } from '../kiro/tasks.ts'
import type { Finding } from '../kiro/tree.ts'
import { requirementsIn } from '../kiro/requirements-in.ts'

/** @throws AppError `plan_not_valid` when the linter found an error. */
export function checkLint(findings: readonly Finding[]): void {
  const errors = findings.filter((finding) => finding.severity === 'error')
  const [first] = errors
  if (first === undefined) return
  throw new AppError(
    'plan_not_valid',
    `The plan has ${errors.length} errors by Kiro's grammar; the first: ${first.message} (${first.file}, line ${first.line}).`,
    { details: { errors: errors.slice(0, 20) } },
  )
}

/** What a plan holds, in numbers. */
export function planCounts(draft: PlanDraft, findings: readonly Finding[]): Record<string, number> {
  const requirements = requirementsIn(draft.files)
  const criteria = requirements.flatMap((requirement) => requirement.criteria)
  const tasks = leafTasks(parseTasks(planFile(draft.files, 'tasks.md')?.content ?? '').tasks)
  return {
    requirements: requirements.length,
    criteria: criteria.length,
    ears: criteria.filter(({ text }) => parseEars(text) !== undefined).length,
    tasks: tasks.length,
    warnings: findings.length,
  }
}
