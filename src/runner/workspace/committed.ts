import { createHash } from 'node:crypto'
import { readlink } from 'node:fs/promises'
import { enterConfined, partsWithin, readConfined } from './confined-files.ts'
import type { Git } from './git.ts'

/** What a commit holds at a path. */
interface Held {
  mode: string
  hash: string
  file: string
}

/** Reads `git ls-tree -r -z`. */
function readTree(listing: string): Held[] {
  return listing.split('\0').flatMap((line) => {
    const [, mode = '', hash = '', file = ''] =
      /^(\d{6}) \w+ ([0-9a-f]{40,64})\t(.+)$/s.exec(line) ?? []
    return file === '' ? [] : [{ mode, hash, file }]
  })
}

const maxFileBytes = 64 * 1024 * 1024
const link = '120000'

/** Git's name of a content. */
function blobHash(content: Buffer, length: number): string {
  const algorithm = length === 40 ? 'sha1' : 'sha256'
  return createHash(algorithm).update(`blob ${content.length}\0`).update(content).digest('hex')
}

/** The content with the ends of lines that git stores where it is told that a file is text. */
function asStored(content: Buffer): Buffer {
  return Buffer.from(content.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')
}

async function isAsHeld(workspace: string, { mode, hash, file }: Held): Promise<boolean> {
  if (mode === link) {
    const target = await enterConfined(workspace, partsWithin(workspace, file), false, (at) =>
      readlink(at, 'buffer'),
    )
    return blobHash(target, hash.length) === hash
  }
  const content = await readConfined(workspace, file, maxFileBytes)
  return (
    blobHash(content, hash.length) === hash || blobHash(asStored(content), hash.length) === hash
  )
}

/**
 * The files of a commit that the workspace has otherwise, or not at all. The contents are held against
 * each other, not what git says of them: an agent can tell git to overlook changes, to store something
 * else than a file holds, and to take a folder for a repository of its own.
 */
export async function differingFiles(
  git: Git,
  workspace: string,
  commit: string,
): Promise<string[]> {
  const differing: string[] = []
  for (const held of readTree(await git('ls-tree', '-r', '-z', '--full-tree', commit))) {
    if (!(await isAsHeld(workspace, held).catch(() => false))) differing.push(held.file)
  }
  return differing
}
