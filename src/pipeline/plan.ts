import { PlanDraft, planHash } from '../domain/plan.ts'
import { lintSpec } from '../kiro/lint.ts'
import { getBrief } from '../store/briefs.ts'
import { getPlan, insertPlan } from '../store/plans.ts'
import { approvePlan } from './approve.ts'
import type { PipelineDeps } from './deps.ts'
import { checkLint, planCounts } from './plan-check.ts'
import { act } from './project-log.ts'
import type { Attempt } from './queue/queue.ts'
import { runStage } from './stage.ts'

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
        return async (tx, locked, finished) => {
          const target = { id: locked.id, workspaceId: locked.workspace_id }
          const version = await insertPlan(tx, target, { hash, draft, lint: findings })
          const counts = planCounts(draft, findings)
          const waiting = await act(
            tx,
            locked,
            { type: 'await_approval' },
            { before: [finished], events: [{ type: 'plan.ready', version, hash, counts }] },
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
