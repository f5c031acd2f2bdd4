import { chmod, readdir, rm } from 'node:fs/promises'
import path from 'node:path'

/** Lets the owner into every folder below; links are not followed. */
async function unlock(folder: string): Promise<void> {
  await chmod(folder, 0o700)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await unlock(path.join(folder, entry.name))
  }
}

/**
 * Removes a folder with all that lies in it, also where its owner has locked himself out of some of it.
 * Nothing may be at work in it.
 */
export async function removeTree(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true })
  } catch {
    await unlock(folder)
    await rm(folder, { recursive: true, force: true })
  }
}
