import { deriveBuildSecret } from '../builds/build-secret.ts'
import type { BuildCreated } from '../domain/build.ts'
import { AppError } from '../domain/errors.ts'
import { type BuildRow, findBuild, lockBuild, markOrdered, setExternalId } from '../store/builds.ts'
import { getPlan, type PlanRow } from '../store/plans.ts'
import type { PipelineDeps } from './deps.ts'
import { withProject } from './project-log.ts'
import type { Attempt } from './queue/queue.ts'
import { runStage } from './stage.ts'
import type { Steps } from './steps.ts'
import { cancelAtBuilder } from './stop-builds.ts'

/**
 * Asks the builder to take a build in. The build's own id is the idempotency key: asking again, when
 * an answer was lost, starts nothing and gives the same build (docs/decisions/0012).
 */
export async function orderBuild(
  deps: PipelineDeps,
  row: BuildRow,
  plan: PlanRow,
): Promise<BuildCreated> {
  const { url, secret } = deps.buildWebhooks
  return deps.builders.at(row.builder).create(
    {
      name: plan.body.title,
      feature: plan.body.feature,
      plan_hash: row.plan_hash,
      files: plan.body.files,
      include_optional: row.include_optional,
      webhook_url: url,
      webhook_secret: await deriveBuildSecret(secret, row.id),
      metadata: { build: row.id, project: row.project_id, workspace: row.workspace_id },
    },
    row.id,
  )
}

/** Orders a build; one that was stopped while the builder took the order in is ended there. */
async function order(deps: PipelineDeps, row: BuildRow, plan: PlanRow): Promise<void> {
  // On disk before the builder is asked: who stops the build then knows that it may be there.
  const builder = row.builder ?? (await deps.builders.choose())
  const ordered = await withProject(deps, row.project_id, (tx) =>
    markOrdered(tx, row.id, builder, deps.clock()),
  )
  if (ordered === undefined) return
  const { build_id: externalId } = await orderBuild(deps, ordered, plan)
  const isStopped = await withProject(deps, row.project_id, async (tx) => {
    const locked = await lockBuild(tx, row.id)
    if (locked?.external_id === null) await setExternalId(tx, row.id, externalId)
    return locked?.cancel_due_at !== null
  })
  if (isStopped) await cancelAtBuilder(deps, { id: row.id, externalId, builder: ordered.builder })
}

/** The stage that hands an approved plan to the builder. */
export async function build(
  deps: PipelineDeps,
  steps: Steps,
  attempt: Attempt<'build'>,
): Promise<void> {
  await runStage(
    deps,
    steps,
    {
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
        await order(deps, row, plan)
        return { action: { type: 'start_build' } }
      },
    },
    attempt,
  )
}
