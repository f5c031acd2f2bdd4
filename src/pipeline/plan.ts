import { PlanDraft, planHash } from '../domain/plan.ts'
import { lintSpec } from '../kiro/lint.ts'
import type { PreviousPlan } from '../planning/planner.ts'
import { getBrief } from '../store/briefs.ts'
import { wantsFourEyes } from '../store/four-eyes.ts'
import type { Queryable } from '../store/database.ts'
import { getPlan, latestPlan } from '../store/plans.ts'
import { approvePlan } from './approve.ts'
import type { PipelineDeps } from './deps.ts'
import { createMeter } from './meter.ts'
import { checkLint, planCounts } from './plan-check.ts'
import type { Attempt } from './queue/queue.ts'
import { runStage } from './stage.ts'
import { fourEyesHold, holdsOf } from './standing-approval.ts'
import type { Steps } from './steps.ts'

/** The newest version of a project's plan; undefined while there is none. */
async function previousPlan(db: Queryable, projectId: string): Promise<PreviousPlan | undefined> {
  const plan = await latestPlan(db, projectId)
  if (plan?.brief_version == null) return undefined
  const { brief } = await getBrief(db, projectId, plan.brief_version)
  return { brief, draft: plan.body }
}

/** The stage that turns the brief into a linted Kiro spec, and approves it where that is allowed. */
export async function plan(
  deps: PipelineDeps,
  steps: Steps,
  attempt: Attempt<'plan'>,
): Promise<void> {
  await runStage(
    deps,
    steps,
    {
      start: { type: 'start_planning' },
      run: async ({ signal }, project) => {
        const { db } = deps.database
        const { brief, version: briefVersion } = await getBrief(db, project.id)
        const previous = await previousPlan(db, project.id)
        const input = { brief, specId: project.spec_id, ...(previous && { previous }) }
        const meter = createMeter(deps, project, 'plan')
        const draft = PlanDraft.parse(await deps.planner.plan(input, signal, meter))
        const findings = lintSpec(draft.files, draft.trace)
        checkLint(findings)
        const hash = await planHash(draft.files)
        const counts = planCounts(draft, findings)
        const held = project.approval === 'auto' ? holdsOf(brief, draft) : []
        if (project.approval === 'auto' && (await wantsFourEyes(db, project.workspace_id))) {
          held.push(fourEyesHold)
        }
        const because = held.length > 0 ? { held } : {}
        return {
          document: { kind: 'plan', hash, draft, lint: findings, briefVersion, editedBy: null },
          action: { type: 'await_approval' },
          tell: (version) => ({
            events: [{ type: 'plan.ready', version, hash, counts, ...because }],
          }),
          after: async (tx, waiting) => {
            if (waiting.approval !== 'auto' || held.length > 0) return
            const approval = { by: 'system', how: 'auto', includeOptional: false } as const
            await approvePlan(deps, tx, waiting, await getPlan(tx, waiting.id), approval)
          },
        }
      },
    },
    attempt,
  )
}
