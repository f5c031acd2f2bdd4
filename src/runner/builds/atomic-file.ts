import { open, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** Syncs a folder, so that names made in it outlive a power failure; not every system can. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}

/** Writes a file and syncs it: a reader, also after a power failure, finds the old text or the new. */
export async function writeDurable(file: string, text: string): Promise<void> {
  const next = `${file}.next`
  const handle = await open(next, 'w')
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(next, file)
  await syncFolder(path.dirname(file))
}

/** Replaces a file in one step without waiting for the disk: a power failure may bring back older text. */
export async function replaceFile(file: string, text: string): Promise<void> {
  const next = `${file}.next`
  await writeFile(next, text)
  await rename(next, file)
}
