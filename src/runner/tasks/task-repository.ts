import { rm } from 'node:fs/promises'
import path from 'node:path'
import type { WriteLog } from '../builds/build-log.ts'
import { readConfined } from '../workspace/confined-files.ts'
import type { Git } from '../workspace/git.ts'
import { readStatus, statusArguments, type RepositoryStatus } from './repository-status.ts'

/** The git repository of a workspace whose commits are the runner's alone. */
export interface TaskRepository {
  /**
   * Undoes the commits that the agent made, keeping their changes, and its edits of the spec;
   * `expected` is what the tasks.md of this moment says. Gives whether anything else has changed since
   * the last commit.
   */
  takeBack(tasksPath: string, expected: string): Promise<boolean>
  commit(subject: string): Promise<void>
  /** Moves what has changed to the stash, where a person finds it. */
  putAside(subject: string): Promise<void>
}

const branch = 'main'
const spec = '.kiro'
const maxTasksBytes = 4 * 1024 * 1024
const shownPaths = 5

/** Opens the repository at the commit that holds the plan. */
export function createTaskRepository(
  git: Git,
  baseCommit: string,
  workspace: string,
  log: WriteLog,
): TaskRepository {
  let head = baseCommit

  const look = async () => readStatus(await git(...statusArguments))
  const isOurs = (status: RepositoryStatus) => status.head === head && status.branch === branch

  const undoCommits = async () => {
    log('runner', 'The agent committed by itself: its commits are undone.')
    await git('symbolic-ref', 'HEAD', `refs/heads/${branch}`)
    await git('reset', '--mixed', '--quiet', head)
  }
  const undoSpecEdits = async (strays: readonly string[]) => {
    const more = strays.length > shownPaths ? ` and ${strays.length - shownPaths} more` : ''
    const names = strays.slice(0, shownPaths).join(', ')
    log('runner', `The agent changed the spec; undone: ${names}${more}.`)
    await git('checkout', '--quiet', head, '--', spec)
    await git('clean', '-ffdxq', '--', spec)
  }
  /** What of the spec is not as it is to be. */
  const straysIn = async (status: RepositoryStatus, tasksPath: string, expected: string) => {
    const text = await readConfined(workspace, tasksPath, maxTasksBytes).catch(() => undefined)
    const isAsExpected = text?.toString('utf8') === expected
    const others = [...status.changed, ...status.ignored].filter(
      (name) => isSpec(name) && name !== tasksPath,
    )
    return isAsExpected ? others : [...others, tasksPath]
  }
  return {
    async takeBack(tasksPath, expected) {
      // The agent's turn is over: a lock that is still there belongs to a git that died or is to.
      await rm(path.join(workspace, '.git', 'index.lock'), { force: true })
      let status = await look()
      if (!isOurs(status)) {
        await undoCommits()
        status = await look()
      }
      const strays = await straysIn(status, tasksPath, expected)
      if (strays.length > 0) await undoSpecEdits(strays)
      return status.changed.some((name) => !isSpec(name))
    },
    async commit(subject) {
      await git('add', '--all')
      await git('commit', '--quiet', '--no-verify', '--message', subject)
      head = (await git('rev-parse', 'HEAD')).trim()
    },
    async putAside(subject) {
      const { changed } = await look()
      if (changed.length === 0) return
      await git('stash', 'push', '--include-untracked', '--quiet', '--message', subject)
    },
  }
}

function isSpec(name: string): boolean {
  return name === spec || name.startsWith(`${spec}/`)
}
