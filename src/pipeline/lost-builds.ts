import { toAppError } from '../domain/errors.ts'
import { type BuildRow, listBuilds, lockBuild, setCancelDue } from '../store/builds.ts'
import type { Tx } from '../store/database.ts'
import { getPlan } from '../store/plans.ts'
import type { ProjectRow } from '../store/projects.ts'
import { queueBuild } from './approve.ts'
import type { PipelineDeps } from './deps.ts'
import { isAwaited } from './follow.ts'
import { act, withProject } from './project-log.ts'
import { endBuildHere } from './stop-builds.ts'

const forgotten = {
  code: 'build_forgotten',
  message:
    'The builder no longer knows this build, so nothing more will come of it. Retry the build.',
}

const gone = {
  code: 'builder_gone',
  message: 'The builder that had this build has not answered for too long.',
}

/** How often a plan is handed to another builder; what brings down one after the other ends there. */
const maxMoves = 2

/** The open build as it is now, with its project locked; undefined when it has ended or was heard of meanwhile. */
export async function stillSilent(tx: Tx, build: BuildRow): Promise<BuildRow | undefined> {
  const locked = await lockBuild(tx, build.id)
  if (locked === undefined || locked.finished_at !== null) return undefined
  return locked.heard_at.getTime() === build.heard_at.getTime() ? locked : undefined
}

/** Whether a locked project waits for a locked build and can be failed or built anew for it. */
async function isBuilding(tx: Tx, project: ProjectRow, build: BuildRow): Promise<boolean> {
  return project.status === 'building' && (await isAwaited(tx, project, build))
}

/** Ends a build that the builder no longer knows, and its project with it. */
export async function endForgotten(deps: PipelineDeps, build: BuildRow): Promise<void> {
  await withProject(deps, build.project_id, async (tx, project) => {
    const locked = await stillSilent(tx, build)
    if (locked === undefined) return
    await endBuildHere(deps, tx, locked, { state: 'failed', error: forgotten })
    if (!(await isBuilding(tx, project, locked))) return
    await act(tx, project, { type: 'fail' }, { reason: forgotten.message })
  })
}

/** Whether another builder answers that could have the build. */
async function anotherAnswers(deps: PipelineDeps, build: BuildRow): Promise<boolean> {
  try {
    return (await deps.builders.choose()) !== build.builder
  } catch (thrown) {
    deps.log.warn({ buildId: build.id, code: toAppError(thrown).code }, 'build.not_moved')
    return false
  }
}

/**
 * Ends a build whose builder is gone. Where another one answers, the project is built anew there;
 * else it fails. The builder is told to end its build as soon as it answers again.
 */
export async function leaveBuilder(deps: PipelineDeps, build: BuildRow): Promise<void> {
  const canMove = await anotherAnswers(deps, build)
  await withProject(deps, build.project_id, async (tx, project) => {
    const locked = await stillSilent(tx, build)
    if (locked === undefined) return
    await endBuildHere(deps, tx, locked, { state: 'failed', error: gone })
    if (locked.ordered_at !== null) await setCancelDue(tx, locked.id, deps.clock())
    if (!(await isBuilding(tx, project, locked))) return
    const builds = await listBuilds(tx, project.id)
    const moves = builds.filter(
      (one) => one.plan_hash === locked.plan_hash && one.error?.code === gone.code,
    ).length
    if (!canMove || moves > maxMoves) {
      const reason = `${gone.message} Look after the runner, then retry the build.`
      await act(tx, project, { type: 'fail' }, { reason })
      return
    }
    const plan = await getPlan(tx, project.id, locked.plan_version)
    const next = { id: deps.id(), includeOptional: locked.include_optional }
    await queueBuild(deps, tx, project, plan, next)
    deps.log.warn({ buildId: locked.id, next: next.id }, 'build.moved')
  })
}
