import { AppError } from '../domain/errors.ts'
import { PlanDraft, planFile, planHash } from '../domain/plan.ts'
import { lintSpec } from '../kiro/lint.ts'
import { parseRequirements } from '../kiro/requirements.ts'
import { leafTasks, parseTasks } from '../kiro/tasks.ts'
import type { Finding } from '../kiro/tree.ts'
import { getBrief } from '../store/briefs.ts'
import { getPlan, insertPlan } from '../store/plans.ts'
import { approvePlan } from './approve.ts'
import type { PipelineDeps } from './deps.ts'
import { act } from './project-log.ts'
import type { Attempt } from './queue/queue.ts'
import { runStage } from './stage.ts'

function checkLint(findings: readonly Finding[]): void {
  const errors = findings.filter((finding) => finding.severity === 'error')
  const [first] = errors
  if (first === undefined) return
  throw new AppError(
    'plan_not_valid',
    `The plan has ${errors.length} errors by Kiro's grammar; the first: ${first.message} (${first.file}, line ${first.line}).`,
    { details: { errors: errors.slice(0, 20) } },
  )
}

function planCounts(draft: PlanDraft, findings: readonly Finding[]): Record<string, number> {
  const requirements = parseRequirements(planFile(draft.files, 'requirements.md')?.content ?? '')
  const criteria = requirements.requirements.flatMap((requirement) => requirement.criteria)
  const tasks = leafTasks(parseTasks(planFile(draft.files, 'tasks.md')?.content ?? '').tasks)
  return {
    requirements: requirements.requirements.length,
    criteria: criteria.length,
    ears: criteria.filter((criterion) => criterion.ears !== undefined).length,
    tasks: tasks.length,
    warnings: findings.length,
  }
}

/** A standing approval covers what was said; a requirement that nobody asked for waits for a person. */
function mayApproveItself(draft: PlanDraft): boolean {
  return draft.trace.every((link) => link.ref.includes('.') || link.inferred === undefined)
}

/** The stage that turns the brief into a linted Kiro spec, and approves it where that is allowed. */
export async function plan(deps: PipelineDeps, attempt: Attempt<'plan'>): Promise<void> {
  await runStage(
    deps,
    {
      stage: 'plan',
      start: { type: 'start_planning' },
      run: async ({ signal }, project) => {
        const { brief } = await getBrief(deps.database.db, project.id)
        const input = { brief, specId: project.spec_id }
        const draft = PlanDraft.parse(await deps.planner.plan(input, signal))
        const findings = lintSpec(draft.files)
        checkLint(findings)
        const hash = await planHash(draft.files)
        return async (tx, locked) => {
          const target = { id: locked.id, workspaceId: locked.workspace_id }
          const version = await insertPlan(tx, target, { hash, draft, lint: findings })
          const counts = planCounts(draft, findings)
          const waiting = await act(
            tx,
            locked,
            { type: 'await_approval' },
            { events: [{ type: 'plan.ready', version, hash, counts }] },
          )
          if (locked.approval === 'auto' && mayApproveItself(draft)) {
            const approval = { by: 'system', how: 'auto', includeOptional: false } as const
            await approvePlan(deps, tx, waiting, await getPlan(tx, locked.id), approval)
          }
        }
      },
    },
    attempt,
  )
}
