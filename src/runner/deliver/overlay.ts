import { pipeline } from 'node:stream/promises'
import { AppError } from '../../domain/errors.ts'
import { startGroup } from '../process/child-process.ts'
import { gitIn, safeArguments } from '../workspace/git.ts'

const graceMs = 1_000

/** A repository of the runner's own that holds both commits. */
export interface OwnRepository {
  path: string
  env: Record<string, string>
}

/** Adds the files of a commit to the index; names go through as bytes, whatever they are. */
async function addFiles({ path, env }: OwnRepository, commit: string): Promise<void> {
  const start = (...args: string[]) =>
    startGroup({ command: 'git', args: [...safeArguments, ...args], cwd: path, env }, graceMs)
  const list = start('ls-tree', '-r', '-z', commit)
  const index = start('update-index', '-z', '--replace', '--index-info')
  try {
    list.stdin.end()
    await pipeline(list.stdout, index.stdin)
    for (const { exited } of [list, index]) {
      const exit = await exited
      if (exit.type !== 'exited' || exit.code !== 0) {
        throw new AppError('git_failed', 'git could not lay the build over the base branch.')
      }
    }
  } finally {
    await Promise.all([list.end(), index.end()])
  }
}

/**
 * A merge of two commits without a common history: the files of `base` with those of `built` laid
 * over them. The same two commits give the same merge, so that a repeat makes nothing new.
 */
export async function overlay(
  repository: OwnRepository,
  base: string,
  built: string,
  message: string,
): Promise<string> {
  const { path, env } = repository
  const git = gitIn(path, env, startGroup)
  await git('read-tree', base)
  await addFiles(repository, built)
  const tree = (await git('write-tree')).trim()
  const date = (await git('show', '--no-patch', '--format=%cI', built)).trim()
  const dated = { ...env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date }
  const merge = gitIn(path, dated, startGroup)
  return (await merge('commit-tree', tree, '-p', base, '-p', built, '-m', message)).trim()
}
