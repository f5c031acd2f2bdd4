import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { lstat, mkdir, open, rm } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import type { BuildFolder } from '../builds/build-folder.ts'
import { artifactTooLarge } from './artifact.ts'
import type { Git } from './git.ts'
import { assertOwnRepository } from './own-repository.ts'

const maxBytes = 1024 * 1024 * 1024

/**
 * Makes a git bundle of a workspace's repository (HEAD and the branches with their history) and
 * hands its file to `use`; the file goes away afterwards. It lies where a sandboxed git can write.
 *
 * @throws AppError `repository_not_own`, `artifact_too_large`, `git_failed`
 */
export async function withBundle<T>(
  folder: BuildFolder,
  git: Git,
  use: (file: string) => Promise<T>,
): Promise<T> {
  await assertOwnRepository(folder.workspace)
  const file = path.join(folder.home, `bundle-${randomUUID()}`)
  // A sandbox shows it to git; the end of the build has removed it.
  await mkdir(folder.tmp, { recursive: true })
  try {
    await git('bundle', 'create', '--quiet', file, 'HEAD', '--branches')
    if ((await lstat(file)).size > maxBytes) throw artifactTooLarge()
    return await use(file)
  } finally {
    await rm(file, { force: true })
  }
}

/** The repository of a workspace as the bytes of a git bundle; throws as `withBundle`. */
export function bundleRepository(
  folder: BuildFolder,
  git: Git,
): Promise<ReadableStream<Uint8Array>> {
  return withBundle(folder, git, async (file) => {
    // The open file outlives its name, so nothing is left behind however the download ends.
    const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW)
    return Readable.toWeb(handle.createReadStream()) as ReadableStream<Uint8Array>
  })
}
