import { rm } from 'node:fs/promises'
import path from 'node:path'
import { conflict } from '../../domain/errors.ts'
import type { BuildFolder } from '../builds/build-folder.ts'
import { startGroup } from '../process/child-process.ts'
import { withBundle } from '../workspace/bundle.ts'
import { gitIn, type Git } from '../workspace/git.ts'
import { overlay } from './overlay.ts'
import { remoteGit, type Remote } from './remote-git.ts'

export interface PushOptions {
  folder: BuildFolder
  /** git in the build's workspace. */
  workspaceGit: Git
  /** The environment of git in the runner's own repository. */
  env: Record<string, string>
  remote: Remote
  branch: string
  /** The branch to begin from; the remote's default when it is absent. */
  base: string | undefined
  /** The verified commit. */
  commit: string
  /** Of the commit that joins the build to the base branch. */
  message: string
}

export interface Pushed {
  commit: string
  /** The branch that it is based on; absent at a remote without one. */
  base: string | undefined
}

const built = 'refs/heads/built'

/** The branches of a remote. */
interface RemoteRefs {
  /** The name of its default branch. */
  head: string | undefined
  names: ReadonlySet<string>
}

function readRefs(listing: string): RemoteRefs {
  const names = new Set<string>()
  let head: string | undefined
  for (const line of listing.split('\n')) {
    const symbolic = /^ref: refs\/heads\/(\S+)\tHEAD$/.exec(line)
    if (symbolic) head = symbolic[1]
    const branch = /^[0-9a-f]+\trefs\/heads\/(\S+)$/.exec(line)
    if (branch?.[1] !== undefined) names.add(branch[1])
  }
  return { head, names }
}

/** Makes an empty repository that no agent has touched: what its settings say, git does. */
async function makeRepository(options: PushOptions): Promise<string> {
  const { folder, workspaceGit, env, commit } = options
  const repository = path.join(folder.root, 'delivery.git')
  await rm(repository, { recursive: true, force: true })
  await gitIn(folder.root, env, startGroup)('init', '--bare', '--quiet', '--template=', repository)
  const git = gitIn(repository, env, startGroup)
  await withBundle(folder, workspaceGit, async (bundle) =>
    git('-c', 'fetch.fsckObjects=true', 'fetch', '--quiet', bundle, `HEAD:${built}`),
  )
  if ((await git('rev-parse', built)).trim() === commit) return repository
  throw conflict('workspace_changed', 'The workspace is not at the commit that was verified.')
}

/** The commit that a branch of the remote leads to. */
async function fetchTip(git: Git, url: string, branch: string): Promise<string> {
  await git('fetch', '--quiet', '--depth=1', '--no-tags', url, `refs/heads/${branch}`)
  return (await git('rev-parse', 'FETCH_HEAD')).trim()
}

/** Whether a commit is what an earlier delivery of the same build pushed. */
async function isOurs(git: Git, tip: string, commit: string): Promise<boolean> {
  if (tip === commit) return true
  const lines = (await git('cat-file', '-p', tip)).split('\n')
  return lines.includes(`parent ${commit}`)
}

/** The commit to push: the build's own or, where the remote has a base branch, a merge with that. */
async function commitToPush(
  options: PushOptions,
  git: Git,
  repository: string,
  base: string | undefined,
): Promise<string> {
  const { remote, env, commit, message } = options
  if (base === undefined) return commit
  const tip = await fetchTip(git, remote.url, base)
  return overlay({ path: repository, env }, tip, commit, message)
}

function baseOf({ base }: PushOptions, { head, names }: RemoteRefs): string | undefined {
  const name = base ?? head
  if (name !== undefined && names.has(name)) return name
  if (base === undefined) return undefined
  throw conflict('base_missing', `The remote has no branch ${base} to base the build on.`)
}

/**
 * Pushes a build to a branch. Where the remote has a base branch, the build is laid over it in a merge
 * that keeps the build's own commits: branches without a common history cannot be merged by a pull
 * request. A branch that holds an earlier delivery of this build is left as it is, and one that holds
 * anything else is never overwritten.
 *
 * @throws AppError `branch_taken`, `base_missing`, `workspace_changed`, `git_failed`
 */
export async function pushBranch(options: PushOptions): Promise<Pushed> {
  const { folder, env, remote, branch, commit } = options
  const repository = await makeRepository(options)
  try {
    const git = remoteGit(repository, env, remote)
    const refs = readRefs(await git('ls-remote', '--symref', remote.url, 'HEAD', 'refs/heads/*'))
    const base = baseOf(options, refs)
    if (refs.names.has(branch)) {
      const tip = await fetchTip(git, remote.url, branch)
      if (await isOurs(git, tip, commit)) return { commit: tip, base }
      const message = `The branch ${branch} of the remote holds something else: name another one.`
      throw conflict('branch_taken', message)
    }
    const pushed = await commitToPush(options, git, repository, base)
    await git('push', '--quiet', remote.url, `${pushed}:refs/heads/${branch}`)
    return { commit: pushed, base }
  } finally {
    await rm(path.join(folder.root, 'delivery.git'), { recursive: true, force: true })
  }
}
