import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmdirSync, rmSync } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder on a disk of a few mebibytes that can be filled up. */
export interface SmallDisk {
  /** A folder on it; the ballast lies beside. */
  folder: string
  /** Takes all the space that is left. */
  fill(): Promise<void>
  free(): Promise<void>
  remove(): void
}

function command(name: string, args: readonly string[]): void {
  execFileSync(name, args, { stdio: ['ignore', 'ignore', 'pipe'] })
}

function mount(mebibytes: number): string {
  const point = mkdtempSync(join(tmpdir(), 'talkwright-disk-'))
  try {
    command('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m,mode=755`, 'tmpfs', point])
    return point
  } catch (error) {
    rmdirSync(point)
    throw error
  }
}

function unmount(point: string): void {
  command('umount', ['-l', point])
  rmdirSync(point)
}

/** Why no small disk can be made here; undefined when one can. */
export function whyNoSmallDisk(): string | undefined {
  if (process.platform !== 'linux') return 'a tmpfs is mounted on Linux alone'
  if (process.getuid?.() !== 0) return 'mounting a tmpfs needs root'
  try {
    unmount(mount(1))
    return undefined
  } catch {
    return 'mounting a tmpfs is not allowed here'
  }
}

/** Mounts a tmpfs of this size. @throws when that is not allowed. */
export function makeSmallDisk(mebibytes: number): SmallDisk {
  const point = mount(mebibytes)
  const ballast = join(point, 'ballast')
  return {
    folder: mkdtempSync(join(point, 'data-')),
    async fill() {
      const file = await open(ballast, 'a')
      // Smaller and smaller pieces, so that not one page is left.
      try {
        for (let size = 1024 * 1024; size >= 4096; size /= 2) await fillWith(file, size)
      } finally {
        await file.close()
      }
    },
    free: () => rm(ballast, { force: true }),
    remove() {
      rmSync(ballast, { force: true })
      unmount(point)
    },
  }
}

async function fillWith(file: Awaited<ReturnType<typeof open>>, size: number): Promise<void> {
  const piece = Buffer.alloc(size)
  for (;;) {
    try {
      const { bytesWritten } = await file.write(piece)
      if (bytesWritten < size) return
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return
      throw error
    }
  }
}
