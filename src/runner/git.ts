import { execFile } from 'node:child_process'
import { devNull } from 'node:os'
import { promisify } from 'node:util'
import { AppError } from '../domain/errors.ts'

const run = promisify(execFile)

/** Runs git in one repository and gives its standard output; throws `git_failed`. */
export type Git = (...args: string[]) => Promise<string>

/** Switches off what a repository that an agent has written to could make git start. */
const safeConfig = [
  ['core.hooksPath', devNull],
  ['core.fsmonitor', 'false'],
  ['core.attributesFile', devNull],
  ['commit.gpgSign', 'false'],
  ['log.showSignature', 'false'],
].flatMap(([key, value]) => ['-c', `${key}=${value}`])

/** git for a folder, without a shell and with this environment alone. */
export function gitIn(folder: string, env: Record<string, string>): Git {
  return async (...args) => {
    try {
      const { stdout } = await run('git', ['--no-pager', ...safeConfig, ...args], {
        cwd: folder,
        env,
        timeout: 60_000,
        maxBuffer: 16 * 1024 * 1024,
      })
      return stdout
    } catch (error) {
      throw new AppError('git_failed', `git ${args[0] ?? ''} failed in the workspace.`, {
        cause: error,
      })
    }
  }
}
