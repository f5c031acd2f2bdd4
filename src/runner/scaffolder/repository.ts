import { execFile } from 'node:child_process'
import { devNull } from 'node:os'
import { promisify } from 'node:util'
import { AppError } from '../../domain/errors.ts'

const run = promisify(execFile)

/** Who the scaffolder's commits are by, and nothing that a repository could make git start. */
const settings = [
  'user.name=Talkwright Scaffolder',
  'user.email=scaffolder@talkwright.invalid',
  `core.hooksPath=${devNull}`,
  'core.fsmonitor=false',
  'commit.gpgSign=false',
].flatMap((setting) => ['-c', setting])

/** Commits everything in the workspace; gives the commit's hash. @throws AppError `git_failed` */
export async function commitAll(
  workspace: string,
  subject: string,
  signal: AbortSignal,
): Promise<string> {
  const git = async (...args: string[]): Promise<string> => {
    const { stdout } = await run('git', [...settings, ...args], {
      cwd: workspace,
      signal,
      maxBuffer: 4 * 1024 * 1024,
    })
    return stdout.trim()
  }
  try {
    await git('add', '--all')
    await git('commit', '--quiet', '--allow-empty', '--no-verify', '--message', subject)
    return await git('rev-parse', 'HEAD')
  } catch (cause) {
    signal.throwIfAborted()
    const message =
      'git could not commit the task. Is the workspace a repository, and git installed?'
    throw new AppError('git_failed', message, { cause })
  }
}
