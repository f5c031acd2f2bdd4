import { AppError } from '../domain/errors.ts'
import { type BuildRow, findBuild, lockBuild, setExternalId } from '../store/builds.ts'
import { appendEvents } from '../store/events.ts'
import { getPlan, type PlanRow } from '../store/plans.ts'
import { cancelAtBuilder } from './cancel.ts'
import type { PipelineDeps } from './deps.ts'
import { withProject } from './project-log.ts'
import type { Attempt } from './queue/queue.ts'
import { runStage } from './stage.ts'

/** Orders a build; one that was cancelled while the builder took the order in is ended there. */
async function order(deps: PipelineDeps, row: BuildRow, plan: PlanRow): Promise<void> {
  const created = await deps.builder.create(
    {
      name: plan.body.title,
      feature: plan.body.feature,
      plan_hash: row.plan_hash,
      files: plan.body.files,
      include_optional: row.include_optional,
      webhook_url: deps.buildWebhookUrl,
      metadata: { build: row.id, project: row.project_id },
    },
    row.id,
  )
  const isWanted = await withProject(deps, row.project_id, async (tx) => {
    const locked = await lockBuild(tx, row.id)
    if (locked?.external_id === null) await setExternalId(tx, row.id, created.build_id)
    return locked?.state !== 'cancelled'
  })
  if (!isWanted) await cancelAtBuilder(deps, row.id, created.build_id)
}

/**
 * The stage that hands an approved plan to the builder. The build's own id is the idempotency key,
 * so a lost answer never starts a second build.
 */
export async function build(deps: PipelineDeps, attempt: Attempt<'build'>): Promise<void> {
  await runStage(
    deps,
    {
      stage: 'build',
      start: { type: 'start_build' },
      run: async ({ data }, project) => {
        const row = await findBuild(deps.database.db, data.buildId)
        const plan = await getPlan(deps.database.db, project.id)
        if (row === undefined || row.plan_hash !== plan.hash) {
          throw new AppError(
            'plan_changed',
            'The plan has changed since this build was approved. Approve the new version.',
          )
        }
        if (row.state !== 'cancelled') await order(deps, row, plan)
        return async (tx, locked, finished) => {
          await appendEvents(tx, locked.id, [finished])
        }
      },
    },
    attempt,
  )
}
