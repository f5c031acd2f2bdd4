import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { toAppError } from '../domain/errors.ts'
import { type DirectoryLock, lockDirectory, type LockedFolder } from '../store/directory-lock.ts'

const builds: LockedFolder = {
  file: 'builds.lock',
  name: 'builds folder',
  code: 'builds_in_use',
  otherwise: 'set TALKWRIGHT_DATA to another folder, or start the server with --no-runner',
}

/** The runner of a killed server needs this long at most to end its builds and itself. */
const waitMs = 10_000
const againMs = 100

/**
 * Takes the folder of the builds for this runner alone: a runner ends what it finds running there,
 * for it takes it for the remains of an earlier run.
 *
 * @throws AppError `builds_in_use` when another runner goes on using it.
 */
export async function lockBuilds(root: string): Promise<DirectoryLock> {
  await mkdir(root, { recursive: true })
  for (let waited = 0; ; waited += againMs) {
    try {
      return await lockDirectory(root, randomUUID(), builds)
    } catch (error) {
      if (toAppError(error).code !== builds.code || waited >= waitMs) throw error
      await pause(againMs)
    }
  }
}
