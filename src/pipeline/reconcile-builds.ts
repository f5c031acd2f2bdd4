import { toAppError } from '../domain/errors.ts'
import {
  type BuildRow,
  buildsToCancel,
  markAskedAbout,
  markHeard,
  setCancelDue,
  setExternalId,
  silentBuilds,
} from '../store/builds.ts'
import { getPlan } from '../store/plans.ts'
import { orderBuild } from './build.ts'
import type { PipelineDeps } from './deps.ts'
import { followBuild, isAwaited } from './follow.ts'
import { endForgotten, leaveBuilder, stillSilent } from './lost-builds.ts'
import { withProject } from './project-log.ts'
import { cancelAgainMs, endBuildHere } from './stop-builds.ts'

/** A build that was silent this long is asked about: its webhooks may have been lost. */
const silenceMs = 60_000
/** A builder may be slow to show what it took in; what it does not know after this long, it has lost. */
const forgottenMs = 10 * 60_000
/** A builder that has not answered for so long is given up: what it has is built elsewhere, or fails. */
const leaseMs = 15 * 60_000
/** A builder that comes back within this time is told to end what was taken from it. */
const tellForMs = 7 * 24 * 3_600_000
const batch = 20

/**
 * Looks after a build whose id at the builder never came: its job is queued again when that is gone,
 * and the build ends when nobody waits for it any more.
 */
async function lookAfterUnanswered(deps: PipelineDeps, build: BuildRow): Promise<void> {
  await withProject(deps, build.project_id, async (tx, project) => {
    const locked = await stillSilent(tx, build)
    if (locked === undefined || locked.external_id !== null) return
    if (await isAwaited(tx, project, locked)) {
      if (project.status === 'paused' || (await deps.queue.has(tx, 'build', project.id))) return
      const { id: key, priority } = project
      const data = { projectId: project.id, buildId: build.id }
      await deps.queue.send(tx, 'build', [{ data, key, priority }])
      deps.log.warn({ buildId: build.id }, 'build.queued_again')
      return
    }
    if (locked.ordered_at !== null) await setCancelDue(tx, build.id, deps.clock())
    await endBuildHere(deps, tx, locked, { state: 'cancelled', error: null })
  })
}

async function askAbout(deps: PipelineDeps, build: BuildRow): Promise<void> {
  if (build.external_id === null) return lookAfterUnanswered(deps, build)
  try {
    const builder = deps.builders.at(build.builder)
    const events = await builder.events(build.external_id, build.applied_sequence)
    await markHeard(deps.database.db, build.id, deps.clock())
    for (const event of events) await followBuild(deps, event)
  } catch (thrown) {
    const { code } = toAppError(thrown)
    deps.log.warn({ buildId: build.id, code }, 'build.not_reached')
    const silentFor = deps.clock().getTime() - build.heard_at.getTime()
    if (code === 'build_not_found') {
      if (silentFor > forgottenMs) await endForgotten(deps, build)
    } else if (silentFor > leaseMs) await leaveBuilder(deps, build)
  }
}

/** Asks the builder about builds that went silent and applies what was missed; gives how many it asked for. */
export async function askAboutSilentBuilds(
  deps: PipelineDeps,
  signal?: AbortSignal,
): Promise<number> {
  const { db } = deps.database
  const before = new Date(deps.clock().getTime() - silenceMs)
  const builds = await silentBuilds(db, before, batch)
  for (const build of builds) {
    if (signal?.aborted === true) break
    // First noted, then asked: one that cannot be asked about must not keep its place at the head.
    await markAskedAbout(db, build.id, deps.clock())
    await askAbout(deps, build)
  }
  return builds.length
}

/** The build's id at the builder; where the answer was lost, the order is repeated to learn it. */
async function idAtBuilder(deps: PipelineDeps, build: BuildRow): Promise<string> {
  if (build.external_id !== null) return build.external_id
  const { db } = deps.database
  const plan = await getPlan(db, build.project_id, build.plan_version)
  const { build_id: externalId } = await orderBuild(deps, build, plan)
  await db.transaction().execute((tx) => setExternalId(tx, build.id, externalId))
  return externalId
}

function isTooLate(deps: PipelineDeps, { finished_at: end }: BuildRow): boolean {
  return end !== null && deps.clock().getTime() - end.getTime() > tellForMs
}

/** Cancels at the builder what nobody wants any more and could not be cancelled when that was decided. */
export async function endUnwantedBuilds(deps: PipelineDeps, signal?: AbortSignal): Promise<number> {
  const { db } = deps.database
  const builds = await buildsToCancel(db, deps.clock(), batch)
  for (const build of builds) {
    if (signal?.aborted === true) break
    await setCancelDue(db, build.id, new Date(deps.clock().getTime() + cancelAgainMs))
    try {
      await deps.builders.at(build.builder).cancel(await idAtBuilder(deps, build))
    } catch (thrown) {
      const { code, retryable } = toAppError(thrown)
      deps.log.warn({ buildId: build.id, code }, 'build.cancel_failed')
      // A key can be mended; what the builder refuses for good is not asked for again.
      const mayPass = retryable || code === 'build_api_unauthorised' || code === 'internal'
      if (mayPass && !isTooLate(deps, build)) continue
    }
    await setCancelDue(db, build.id, null)
  }
  return builds.length
}
