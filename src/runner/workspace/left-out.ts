import { mkdtemp, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Git } from './git.ts'
import { leftBehind } from './workspace.ts'

/** What package managers and tools bring back by themselves. */
const installed = ['vendor/', 'venv/', '.bundle/', '.gradle/', '.pnpm-store/', '.tox/', '.turbo/']

/**
 * What a commit does not hold because the project's own `.gitignore` says so: paths in the workspace,
 * folders with a slash at their end. What builds and tests leave behind is not among them.
 */
export async function filesLeftOut(git: Git): Promise<string[]> {
  const excluded = [...leftBehind, ...installed].flatMap((pattern) => ['--exclude', pattern])
  const listed = await git('ls-files', '--others', '--directory', '-z', ...excluded)
  return listed.split('\0').filter(Boolean)
}

/**
 * Moves files out of the workspace until it is disposed of, to a new folder whose name begins with
 * `prefix`; it must be on the same disk, and out of the agent's reach.
 */
export async function setAside(
  workspace: string,
  prefix: string,
  files: readonly string[],
): Promise<AsyncDisposable> {
  if (files.length === 0) return { [Symbol.asyncDispose]: async () => undefined }
  const place = await mkdtemp(prefix)
  const moves = files.map((file, index) => ({
    from: path.join(workspace, file),
    to: path.join(place, String(index)),
  }))
  for (const { from, to } of moves) await rename(from, to)
  return {
    async [Symbol.asyncDispose]() {
      for (const { from, to } of moves) {
        // A test may have made it anew.
        await rm(from, { recursive: true, force: true })
        await rename(to, from)
      }
      await rm(place, { recursive: true })
    },
  }
}
