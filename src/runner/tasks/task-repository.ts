import path from 'node:path'
import type { WriteLog } from '../builds/build-log.ts'
import { readConfined, writeConfined } from '../workspace/confined-files.ts'
import { removeIndexLock } from '../workspace/index-lock.ts'
import type { Git } from '../workspace/git.ts'
import { readStatus, statusArguments, type RepositoryStatus } from './repository-status.ts'

/** The git repository of a workspace whose commits are the runner's alone. */
export interface TaskRepository {
  /**
   * Undoes the commits that the agent made, keeping their changes, and its edits of the spec;
   * `expected` is what the tasks.md of this moment says. Gives what else has changed since the last
   * commit.
   */
  takeBack(tasksPath: string, expected: string): Promise<Changes>
  commit(subject: string): Promise<void>
  /**
   * Whether anything but the spec has changed since the last commit, while the agent goes on; commits
   * that it made are undone, keeping their changes.
   */
  hasChangedBeside(): Promise<boolean>
  /**
   * Commits while the agent goes on: all that has changed but the spec, and of the spec this text of
   * `tasksPath` alone.
   */
  commitBeside(subject: string, tasksPath: string, tasks: string): Promise<void>
  /** Moves what has changed to the stash, where a person finds it. */
  putAside(subject: string): Promise<void>
}

export interface Changes {
  any: boolean
  /** Folders that are repositories of their own, whose files a commit would not hold. */
  inner: readonly string[]
}

const branch = 'main'
const spec = '.kiro'
const maxTasksBytes = 4 * 1024 * 1024
const shownPaths = 5
/** Where a text waits for git to take it in. */
const stagedText = 'staged-tasks.md'

export interface TaskRepositoryOptions {
  git: Git
  workspace: string
  home: string
  log: WriteLog
  /** Hears of each commit that is made. */
  committed: (commit: string) => Promise<void>
}

/** Opens the repository at the commit from which the work begins. */
export function createTaskRepository(
  { git, workspace, home, log, committed }: TaskRepositoryOptions,
  start: string,
): TaskRepository {
  let head = start

  const look = async () => readStatus(await git(...statusArguments))
  const isOurs = (status: RepositoryStatus) => status.head === head && status.branch === branch

  const undoCommits = async (how: '--mixed' | '--soft') => {
    log('runner', 'The agent committed by itself: its commits are undone.')
    await git('symbolic-ref', 'HEAD', `refs/heads/${branch}`)
    await git('reset', how, '--quiet', head)
  }
  const commit = async (subject: string) => {
    await git('commit', '--quiet', '--no-verify', '--message', subject)
    head = (await git('rev-parse', 'HEAD')).trim()
    await committed(head)
  }
  const lookAtOurs = async (how: '--mixed' | '--soft') => {
    const status = await look()
    if (isOurs(status)) return status
    await undoCommits(how)
    return look()
  }
  const undoSpecEdits = async (strays: readonly string[]) => {
    log('runner', `The agent changed the spec; undone: ${shorten(strays)}.`)
    await git('checkout', '--quiet', head, '--', spec)
    await git('clean', '-ffdxq', '--', spec)
  }
  return {
    async takeBack(tasksPath, expected) {
      // The agent's turn is over: a lock that is still there belongs to a git that died or is to.
      await removeIndexLock(workspace)
      const status = await lookAtOurs('--mixed')
      const strays = await straysIn(status, workspace, tasksPath, expected)
      if (strays.length > 0) await undoSpecEdits(strays)
      const names = status.changed.filter((name) => !isSpec(name))
      return { any: names.length > 0, inner: names.filter((name) => name.endsWith('/')) }
    },
    async commit(subject) {
      await git('add', '--all')
      await commit(subject)
    },
    async hasChangedBeside() {
      // Soft, so that the index and its lock stay with the agent's own git.
      const { changed } = await lookAtOurs('--soft')
      return changed.some((name) => !isSpec(name))
    },
    async commitBeside(subject, tasksPath, tasks) {
      await git('add', '--all', '--', '.', `:(exclude)${spec}`)
      await git('reset', '--quiet', head, '--', spec)
      await stageText(git, home, tasksPath, tasks)
      await commit(subject)
    },
    async putAside(subject) {
      const { changed } = await look()
      if (changed.length === 0) return
      await git('stash', 'push', '--include-untracked', '--quiet', '--message', subject)
    },
  }
}

function shorten(paths: readonly string[]): string {
  const more = paths.length > shownPaths ? ` and ${paths.length - shownPaths} more` : ''
  return `${paths.slice(0, shownPaths).join(', ')}${more}`
}

/** What of the spec is not as it is to be. */
async function straysIn(
  status: RepositoryStatus,
  workspace: string,
  tasksPath: string,
  expected: string,
): Promise<string[]> {
  const text = await readConfined(workspace, tasksPath, maxTasksBytes).catch(() => undefined)
  const isAsExpected = text?.toString('utf8') === expected
  const others = [...status.changed, ...status.ignored].filter(
    (name) => isSpec(name) && name !== tasksPath,
  )
  return isAsExpected ? others : [...others, tasksPath]
}

/** Stages a text as a file of the next commit, whatever that file holds in the workspace. */
async function stageText(git: Git, home: string, file: string, text: string): Promise<void> {
  await writeConfined(home, stagedText, text, false)
  const stored = path.join(home, stagedText)
  const blob = (await git('hash-object', '-w', '--no-filters', stored)).trim()
  await git('update-index', '--cacheinfo', `100644,${blob},${file}`)
}

function isSpec(name: string): boolean {
  return name === spec || name.startsWith(`${spec}/`)
}
