import { rm } from 'node:fs/promises'
import { toAppError } from '../../domain/errors.ts'
import { enterConfined } from './confined-files.ts'

/**
 * Removes the lock of a repository's index whose holder has died: git itself would wait for it for
 * ever. Where an agent made `.git` a link, nothing is removed: git will say what is wrong.
 */
export async function removeIndexLock(workspace: string): Promise<void> {
  try {
    await enterConfined(workspace, ['.git', 'index.lock'], false, (lock) =>
      rm(lock, { force: true }),
    )
  } catch (error) {
    if (toAppError(error).code !== 'path_outside_workspace') throw error
  }
}
