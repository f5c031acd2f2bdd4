import { mkdtemp, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Git } from './git.ts'
import { enterConfined } from './confined-files.ts'
import { removeTree } from './remove-tree.ts'
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

/** Files that are moved away for a time. */
export interface SetAsideOptions {
  workspace: string
  /**
   * What the new folder that takes them begins with; it must be on the same disk, and out of the
   * agent's reach.
   */
  prefix: string
  files: readonly string[]
  /** Hears of each file that cannot be put back, and why. */
  lost: (file: string, error: unknown) => void
}

/**
 * Moves files out of the workspace until it is disposed of. What runs meanwhile may put a link where
 * the way to one was: that is not followed, and the file is not put back.
 */
export async function setAside(options: SetAsideOptions): Promise<AsyncDisposable> {
  const { workspace, prefix, files, lost } = options
  if (files.length === 0) return { [Symbol.asyncDispose]: async () => undefined }
  const place = await mkdtemp(prefix)
  const moves = files.map((file, index) => ({
    file,
    parts: file.split('/').filter(Boolean),
    to: path.join(place, String(index)),
  }))
  for (const { parts, to } of moves) {
    await enterConfined(workspace, parts, false, (from) => rename(from, to))
  }
  return {
    async [Symbol.asyncDispose]() {
      for (const { file, parts, to } of moves) {
        await enterConfined(workspace, parts, true, async (from) => {
          // A test may have made it anew.
          await rm(from, { recursive: true, force: true })
          await rename(to, from)
        }).catch((error: unknown) => lost(file, error))
      }
      await removeTree(place)
    },
  }
}
