import { toAppError } from '../domain/errors.ts'
import type { EventBody } from '../domain/event.ts'
import {
  type BuildEnd,
  type BuildRow,
  endBuild,
  listBuilds,
  setCancelDue,
} from '../store/builds.ts'
import type { Tx } from '../store/database.ts'
import { appendEvents } from '../store/events.ts'
import type { PipelineDeps } from './deps.ts'

/** Until then whoever stopped a build tells the builder; afterwards the reconciler does. */
export const cancelAgainMs = 60_000

/** A build that a builder has. */
export interface BuildThere {
  id: string
  externalId: string
  builder: string | null
}

/** Ends a build of a locked project here, with the event that says so. */
export async function endBuildHere(
  deps: PipelineDeps,
  tx: Tx,
  build: Pick<BuildRow, 'id' | 'project_id'>,
  end: BuildEnd,
): Promise<void> {
  const event: EventBody =
    end.error === null
      ? { type: 'build.cancelled', build: build.id }
      : { type: 'build.failed', build: build.id, ...clipped(end.error) }
  await endBuild(tx, build.id, end, deps.clock())
  await appendEvents(tx, build.project_id, [event])
}

/** As long as a build's own report of a failure may be. */
function clipped({ code, message }: { code: string; message: string }) {
  return { code: code.slice(0, 80), message: message.slice(0, 2_000) }
}

/**
 * Stops the builds of a locked project that ends. What the builder has not taken in ends here; what
 * it may be at work on is noted to be cancelled there. Gives those whose id at the builder is known.
 */
export async function stopBuilds(
  deps: PipelineDeps,
  tx: Tx,
  projectId: string,
  end: BuildEnd,
): Promise<BuildThere[]> {
  const known: BuildThere[] = []
  const due = new Date(deps.clock().getTime() + cancelAgainMs)
  for (const build of await listBuilds(tx, projectId)) {
    if (build.finished_at !== null) continue
    if (build.ordered_at !== null) await setCancelDue(tx, build.id, due)
    if (build.external_id === null) await endBuildHere(deps, tx, build, end)
    else known.push({ id: build.id, externalId: build.external_id, builder: build.builder })
  }
  return known
}

/**
 * Ends a build at the builder. One that does not answer is told again by the reconciler: the project
 * has ended either way.
 */
export async function cancelAtBuilder(deps: PipelineDeps, build: BuildThere): Promise<void> {
  try {
    await deps.builders.at(build.builder).cancel(build.externalId)
  } catch (thrown) {
    const { code } = toAppError(thrown)
    deps.log.warn({ buildId: build.id, code }, 'build.cancel_failed')
    if (code !== 'build_not_found') return
  }
  await setCancelDue(deps.database.db, build.id, null)
}
