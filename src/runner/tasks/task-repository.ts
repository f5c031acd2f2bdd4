import { rm } from 'node:fs/promises'
import path from 'node:path'
import type { WriteLog } from '../builds/build-log.ts'
import { readConfined } from '../workspace/confined-files.ts'
import type { Git } from '../workspace/git.ts'

/** The git repository of a workspace whose commits are the runner's alone. */
export interface TaskRepository {
  /**
   * Undoes the commits that the agent made, keeping their changes, and its edits of the spec;
   * `expected` is what the tasks.md of this moment says.
   */
  takeBack(tasksPath: string, expected: string): Promise<void>
  /** Whether anything but the spec and what builds leave behind has changed since the last commit. */
  hasChanges(): Promise<boolean>
  commit(subject: string): Promise<void>
  /** Moves what has changed to the stash, where a person finds it. */
  putAside(subject: string): Promise<void>
}

const spec = '.kiro'
const maxTasksBytes = 4 * 1024 * 1024
const shownPaths = 5

/** Opens the repository at the commit from which the work begins; `kept` hears of each further one. */
export function createTaskRepository(
  git: Git,
  start: string,
  workspace: string,
  log: WriteLog,
  kept: (commit: string) => Promise<void>,
): TaskRepository {
  let head = start

  const undoCommits = async () => {
    // The agent's turn is over: a lock that is still there belongs to a git that died or is to.
    await rm(path.join(workspace, '.git', 'index.lock'), { force: true })
    const found = (await git('rev-parse', 'HEAD')).trim()
    if (found !== head) log('runner', 'The agent committed by itself: its commits are undone.')
    await git('symbolic-ref', 'HEAD', 'refs/heads/main')
    await git('reset', '--mixed', '--quiet', head)
  }
  const undoSpecEdits = async (tasksPath: string, expected: string) => {
    const edited = namesIn(await git('diff', '--name-only', '-z', head, '--', spec))
    const added = namesIn(await git('ls-files', '--others', '-z', '--', spec))
    const now = await readConfined(workspace, tasksPath, maxTasksBytes).catch(() => undefined)
    const strays = [...edited, ...added].filter(
      (name) => name !== tasksPath || now?.toString('utf8') !== expected,
    )
    if (strays.length > 0) {
      const more = strays.length > shownPaths ? ` and ${strays.length - shownPaths} more` : ''
      const names = strays.slice(0, shownPaths).join(', ')
      log('runner', `The agent changed the spec; undone: ${names}${more}.`)
    }
    await git('checkout', '--quiet', head, '--', spec)
    await git('clean', '-ffdxq', '--', spec)
  }
  return {
    async takeBack(tasksPath, expected) {
      await undoCommits()
      await undoSpecEdits(tasksPath, expected)
    },
    async hasChanges() {
      const others = ['--', '.', `:(exclude)${spec}`]
      return (await git('status', '--porcelain', '--untracked-files=all', ...others)) !== ''
    },
    async commit(subject) {
      await git('add', '--all')
      await git('commit', '--quiet', '--no-verify', '--message', subject)
      head = (await git('rev-parse', 'HEAD')).trim()
      await kept(head)
    },
    async putAside(subject) {
      if ((await git('status', '--porcelain')) === '') return
      await git('stash', 'push', '--include-untracked', '--quiet', '--message', subject)
    },
  }
}

function namesIn(list: string): string[] {
  return list.split('\0').filter((name) => name !== '')
}
