import { rm } from 'node:fs/promises'
import path from 'node:path'
import type { WriteLog } from '../builds/build-log.ts'
import { readConfined, writeConfined } from '../workspace/confined-files.ts'
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
  /** Undoes the commits that the agent made while it goes on, keeping their changes. */
  foldCommits(): Promise<void>
  /**
   * Commits while the agent goes on: all that has changed but the spec, and of the spec this text of
   * `tasksPath` alone.
   */
  commitBeside(subject: string, tasksPath: string, tasks: string): Promise<void>
  /** Moves what has changed to the stash, where a person finds it. */
  putAside(subject: string): Promise<void>
}

const spec = '.kiro'
const maxTasksBytes = 4 * 1024 * 1024
const shownPaths = 5
/** Where a text waits for git to take it in. */
const stagedText = 'staged-tasks.md'

/** Opens the repository at the commit that holds the plan. */
export function createTaskRepository(
  git: Git,
  baseCommit: string,
  workspace: string,
  home: string,
  log: WriteLog,
): TaskRepository {
  let head = baseCommit
  const keepHead = async () => {
    head = (await git('rev-parse', 'HEAD')).trim()
  }

  const undoCommits = async () => {
    // The agent's turn is over: a lock that is still there belongs to a git that died or is to.
    await rm(path.join(workspace, '.git', 'index.lock'), { force: true })
    const found = (await git('rev-parse', 'HEAD')).trim()
    if (found !== head) log('runner', 'The agent committed by itself: its commits are undone.')
    await git('symbolic-ref', 'HEAD', 'refs/heads/main')
    await git('reset', '--mixed', '--quiet', head)
  }
  const foldCommits = async () => {
    if ((await git('rev-parse', 'HEAD')).trim() === head) return
    log('runner', 'The agent committed by itself: its commits become the runner’s.')
    await git('symbolic-ref', 'HEAD', 'refs/heads/main')
    await git('reset', '--soft', head)
  }
  return {
    async takeBack(tasksPath, expected) {
      await undoCommits()
      const strays = await specEdits(git, head, workspace, { path: tasksPath, text: expected })
      if (strays.length > 0)
        log('runner', `The agent changed the spec; undone: ${shorten(strays)}.`)
      await git('checkout', '--quiet', head, '--', spec)
      await git('clean', '-ffdxq', '--', spec)
    },
    async hasChanges() {
      const others = ['--', '.', `:(exclude)${spec}`]
      return (await git('status', '--porcelain', '--untracked-files=all', ...others)) !== ''
    },
    async commit(subject) {
      await git('add', '--all')
      await git('commit', '--quiet', '--no-verify', '--message', subject)
      await keepHead()
    },
    foldCommits,
    async commitBeside(subject, tasksPath, tasks) {
      const blob = await storeText(git, home, tasks)
      await git('add', '--all', '--', '.', `:(exclude)${spec}`)
      await git('reset', '--quiet', head, '--', spec)
      await git('update-index', '--cacheinfo', `100644,${blob},${tasksPath}`)
      await git('commit', '--quiet', '--no-verify', '--message', subject)
      await keepHead()
    },
    async putAside(subject) {
      if ((await git('status', '--porcelain')) === '') return
      await git('stash', 'push', '--include-untracked', '--quiet', '--message', subject)
    },
  }
}

/** What the agent changed of the spec, beside the tasks.md that is expected of it. */
async function specEdits(
  git: Git,
  head: string,
  workspace: string,
  expected: { path: string; text: string },
): Promise<string[]> {
  const edited = namesIn(await git('diff', '--name-only', '-z', head, '--', spec))
  const added = namesIn(await git('ls-files', '--others', '-z', '--', spec))
  const now = await readConfined(workspace, expected.path, maxTasksBytes).catch(() => undefined)
  return [...edited, ...added].filter(
    (name) => name !== expected.path || now?.toString('utf8') !== expected.text,
  )
}

function shorten(names: readonly string[]): string {
  const more = names.length > shownPaths ? ` and ${names.length - shownPaths} more` : ''
  return `${names.slice(0, shownPaths).join(', ')}${more}`
}

/** Stores a text in the repository without touching the workspace; gives its object. */
async function storeText(git: Git, home: string, text: string): Promise<string> {
  await writeConfined(home, stagedText, text, false)
  const file = path.join(home, stagedText)
  return (await git('hash-object', '-w', '--no-filters', file)).trim()
}

function namesIn(list: string): string[] {
  return list.split('\0').filter((name) => name !== '')
}
