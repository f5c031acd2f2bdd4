import { lstat, readdir } from 'node:fs/promises'
import path from 'node:path'

export interface DiskUse {
  bytes: number
  files: number
}

const blockBytes = 512

/**
 * What lies below these folders, as the disk counts it; links are not followed. Stops counting once
 * it is past `most`. What goes away meanwhile is passed over.
 */
export async function measureDisk(folders: readonly string[], most: DiskUse): Promise<DiskUse> {
  const use = { bytes: 0, files: 0 }
  const open = [...folders]
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    const names = await readdir(folder).catch(() => [])
    for (const name of names) {
      const file = path.join(folder, name)
      const stat = await lstat(file).catch(() => undefined)
      if (stat === undefined) continue
      use.files += 1
      use.bytes += stat.blocks * blockBytes
      if (stat.isDirectory()) open.push(file)
      if (use.bytes > most.bytes || use.files > most.files) return use
    }
  }
  return use
}
