import { cp, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'

/** Puts the embedded database into a data folder as if it had been started before, which saves seconds. */
export async function fillDataFolder(folder: string): Promise<void> {
  await cp(join(inject('prepared'), 'database'), join(folder, 'database'), { recursive: true })
}

/** Gives a temporary data folder with an empty database in it. */
export async function makeDataFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `talkwright-${name}-`))
  await fillDataFolder(folder)
  return folder
}
