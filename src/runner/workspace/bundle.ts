import { randomUUID } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import type { BuildFolder } from '../builds/build-folder.ts'
import { artifactTooLarge } from './artifact.ts'
import type { Git } from './git.ts'
import { assertOwnRepository } from './own-repository.ts'

const maxBytes = 1024 * 1024 * 1024

/**
 * The repository of a workspace as a git bundle: HEAD and the branches with their history. Throws
 * `repository_not_own`, `artifact_too_large` and `git_failed` before the first byte.
 */
export async function bundleRepository(
  folder: BuildFolder,
  git: Git,
): Promise<ReadableStream<Uint8Array>> {
  await assertOwnRepository(folder.workspace)
  const file = path.join(folder.root, `bundle-${randomUUID()}`)
  try {
    await git('bundle', 'create', '--quiet', file, 'HEAD', '--branches')
    const handle = await open(file, 'r')
    if ((await handle.stat()).size > maxBytes) {
      await handle.close()
      throw artifactTooLarge()
    }
    // The open file outlives its name, so nothing is left behind however the download ends.
    return Readable.toWeb(handle.createReadStream()) as ReadableStream<Uint8Array>
  } finally {
    await rm(file, { force: true })
  }
}
