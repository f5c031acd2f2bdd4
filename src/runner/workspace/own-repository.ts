import { lstat } from 'node:fs/promises'
import path from 'node:path'
import { conflict } from '../../domain/errors.ts'

async function kindOf(file: string): Promise<'folder' | 'other' | 'missing'> {
  const stat = await lstat(file).catch(() => undefined)
  if (stat === undefined) return 'missing'
  return stat.isDirectory() ? 'folder' : 'other'
}

/**
 * Makes sure that a workspace's repository holds its objects itself: an agent can point it at another
 * repository of this machine, whose contents would leave with the build.
 *
 * @throws AppError `repository_not_own`
 */
export async function assertOwnRepository(workspace: string): Promise<void> {
  const git = path.join(workspace, '.git')
  const [repository, objects, info, ...elsewhere] = await Promise.all(
    ['', 'objects', 'objects/info', 'objects/info/alternates', 'commondir', 'gitdir'].map((part) =>
      kindOf(path.join(git, part)),
    ),
  )
  const isOwn =
    repository === 'folder' &&
    objects === 'folder' &&
    info !== 'other' &&
    elsewhere.every((kind) => kind === 'missing')
  if (isOwn) return
  throw conflict(
    'repository_not_own',
    'The git repository of the workspace leads to objects outside of it, so it is not handed out. The zip holds the files.',
  )
}
