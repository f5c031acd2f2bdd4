import { AppError } from '../domain/errors.ts'
import { findBuild, lockBuild, setExternalId } from '../store/builds.ts'
import { getPlan } from '../store/plans.ts'
import type { PipelineDeps } from './deps.ts'
import type { Attempt } from './queue.ts'
import { runStage } from './stage.ts'

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
        const created = await deps.builder.create(
          {
            name: plan.body.title,
            feature: plan.body.feature,
            plan_hash: row.plan_hash,
            files: plan.body.files,
            include_optional: row.include_optional,
            webhook_url: deps.buildWebhookUrl,
            metadata: { build: row.id, project: project.id },
          },
          row.id,
        )
        return async (tx) => {
          const locked = await lockBuild(tx, row.id)
          if (locked?.external_id === null) await setExternalId(tx, row.id, created.build_id)
        }
      },
    },
    attempt,
  )
}
