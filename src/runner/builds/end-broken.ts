import { setTimeout as delay } from 'node:timers/promises'
import { toAppError } from '../../domain/errors.ts'
import type { Log } from '../../domain/log.ts'
import { isSettled } from './build-status.ts'
import type { LiveBuilds } from './live-builds.ts'

/** Between two attempts, in milliseconds: whoever makes room on the disk is not told of it. */
const againMs = 1_000

/**
 * Fails a build whose events could not be written any more, as soon as they can be: until then it is
 * taken to be running, and whoever ordered it waits. Gives up when the signal is raised; the next start
 * of the runner finds the build unfinished.
 */
export async function endBroken(
  id: string,
  cause: unknown,
  { builds, log, signal }: { builds: LiveBuilds; log: Log; signal: AbortSignal },
): Promise<void> {
  const message = `The runner could not go on with this build: ${toAppError(cause).message}`
  while (!signal.aborted) {
    try {
      const { build } = await builds.renew(id)
      if (isSettled(build.status().state)) return
      const code = 'runner_error'
      await build.record({ type: 'build.failed', code, message: message.slice(0, 2_000) })
      return
    } catch (error) {
      log.error({ err: error, build: id }, 'build_end_not_recorded')
      await delay(againMs, undefined, { signal }).catch(() => undefined)
    }
  }
}
