import { AppError, toAppError } from '../../domain/errors.ts'
import type { AfterRestart } from '../agents/agent-driver.ts'
import { assertOwnRepository } from '../workspace/own-repository.ts'
import { removeIndexLock } from '../workspace/index-lock.ts'
import type { Git } from '../workspace/git.ts'
import type { Build } from './build.ts'
import { readKept } from './kept-commit.ts'

/** Goes back to a commit; what lies beyond it is kept in a stash and a branch for whoever looks. */
async function goBackTo(commit: string, git: Git, attempt: number): Promise<void> {
  if ((await git('status', '--porcelain')) !== '') {
    const message = `cut off in attempt ${attempt}`
    await git('stash', 'push', '--include-untracked', '--quiet', '--message', message)
  }
  if ((await git('rev-parse', 'HEAD')).trim() !== commit) {
    await git('branch', '--force', `attempt-${attempt}`, 'HEAD')
  }
  await git('symbolic-ref', 'HEAD', 'refs/heads/main')
  await git('reset', '--hard', '--quiet', commit)
}

/**
 * Makes the workspace of a build that was cut off ready for another attempt: at the last commit that
 * the runner made itself or, for a driver that cannot go on from there, at the plan's. Says whether
 * anything of the earlier attempts is kept.
 *
 * @throws AppError `runner_restarted` when the repository does not allow it.
 */
export async function takeUp(build: Build, git: Git, afterRestart: AfterRestart): Promise<boolean> {
  const { order, folder } = build
  try {
    await assertOwnRepository(folder.workspace)
    await removeIndexLock(folder.workspace)
    const kept = afterRestart === 'goes_on' ? await readKept(folder) : undefined
    const commit = kept ?? order.base_commit
    await git('merge-base', '--is-ancestor', order.base_commit, commit)
    await goBackTo(commit, git, build.starts())
    return kept !== undefined
  } catch (cause) {
    const message = `The runner was restarted while the build ran, and its workspace cannot be taken up again: ${toAppError(cause).message} Start the build again.`
    throw new AppError('runner_restarted', message, { cause })
  }
}
