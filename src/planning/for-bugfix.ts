import { jobOf } from '../domain/job.ts'
import { planFile } from '../domain/plan.ts'
import type { PlanInput } from './planner.ts'

/**
 * Whether a plan is a bugfix spec: of a talk about a defect, unless the project began with
 * requirements, whose numbers 1 to 3 stand for other things.
 */
export function isForBugfix({ brief, previous }: Pick<PlanInput, 'brief' | 'previous'>): boolean {
  const began = previous && planFile(previous.draft.files, 'requirements.md')
  return jobOf(brief) === 'fix' && began === undefined
}
