import { toAppError } from '../domain/errors.ts'
import { silentBuilds } from '../store/builds.ts'
import type { PipelineDeps } from './deps.ts'
import { followBuild } from './follow.ts'

/** A build that was silent this long is asked about: its webhooks may have been lost. */
const silenceMs = 60_000

/** Asks the builder about builds that went silent and applies what was missed; gives how many it asked for. */
export async function askAboutSilentBuilds(
  deps: PipelineDeps,
  signal?: AbortSignal,
): Promise<number> {
  const before = new Date(deps.clock().getTime() - silenceMs)
  const builds = await silentBuilds(deps.database.db, before, 20)
  for (const build of builds) {
    if (signal?.aborted === true) break
    if (build.external_id === null) continue
    try {
      const events = await deps.builder.events(build.external_id, build.applied_sequence)
      for (const event of events) await followBuild(deps, event)
    } catch (thrown) {
      const { code } = toAppError(thrown)
      deps.log.warn({ buildId: build.id, code }, 'build.not_reached')
    }
  }
  return builds.length
}
