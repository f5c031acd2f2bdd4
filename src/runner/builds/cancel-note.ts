import { access } from 'node:fs/promises'
import { writeDurable } from './atomic-file.ts'
import type { BuildFolder } from './build-folder.ts'

/** Notes that a build was cancelled, in case the runner dies before it has ended it. */
export async function noteCancelled({ cancelled }: BuildFolder): Promise<void> {
  await writeDurable(cancelled, '')
}

export async function isCancelled({ cancelled }: BuildFolder): Promise<boolean> {
  return access(cancelled).then(
    () => true,
    () => false,
  )
}
