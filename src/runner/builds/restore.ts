import type { Log } from '../../domain/log.ts'
import type { BuildLimits } from '../options.ts'
import type { Sandbox } from '../sandbox/sandbox.ts'
import { readDeliveryState } from '../webhooks/delivery-state.ts'
import { findBuilds } from './build-folder.ts'
import { isSettled } from './build-status.ts'
import { isCancelled } from './cancel-note.ts'
import type { LiveBuild, LiveBuilds } from './live-builds.ts'
import type { BuildOrder } from './order.ts'

export interface RestoreOptions {
  root: string
  builds: LiveBuilds
  sandbox: Sandbox
  limits: Pick<BuildLimits, 'restarts'>
  log: Log
}

/** Takes up the builds that an earlier run of the runner left on disk; those that are open go on. */
export async function restoreBuilds(
  { root, builds, sandbox, limits, log }: RestoreOptions,
  remember: (order: BuildOrder) => void,
  enqueue: (live: LiveBuild) => void,
): Promise<void> {
  const damaged = (facts: object, error: unknown) =>
    log.error({ err: error, ...facts }, 'build_damaged')
  for (const { order, folder } of await findBuilds(root, (path, error) =>
    damaged({ folder: path }, error),
  )) {
    remember(order)
    builds.know(order, folder)
    if ((await readDeliveryState(folder.delivery)).ended === 'complete') continue
    try {
      const live = await builds.get(order.build_id)
      if (isSettled(live.build.status().state)) continue
      await sandbox.clear(order.build_id)
      if (await endHere(live, limits.restarts)) continue
      enqueue(live)
    } catch (error) {
      damaged({ build: order.build_id }, error)
    }
  }
}

/** Ends a build that is not to go on; false when it is. */
async function endHere({ build }: LiveBuild, maxRestarts: number): Promise<boolean> {
  if (await isCancelled(build.folder)) {
    await build.record({ type: 'build.cancelled' })
    return true
  }
  if (build.starts() <= maxRestarts) return false
  await build.record({
    type: 'build.failed',
    code: 'runner_restarted',
    message: `The runner was restarted ${build.starts()} times while this build ran, so it is not taken up again: find out why, then start the build again.`,
  })
  return true
}
