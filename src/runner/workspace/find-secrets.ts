import { lstat, readdir } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../domain/errors.ts'
import type { StartProgram } from '../process/child-process.ts'
import { formsOf, type Secret } from '../process/secrets.ts'
import { readConfined } from './confined-files.ts'
import { safeArguments } from './git.ts'

/** A secret that was found, and where; never its value. */
export interface FoundSecret {
  name: string
  place: string
}

export interface SearchOptions {
  workspace: string
  env: Readonly<Record<string, string>>
  start: StartProgram
  secrets: readonly Secret[]
  /** Ends the search. */
  signal?: AbortSignal
}

/** For all of a search: git stores ten gigabytes of the same letter in ten megabytes. */
const timeoutMs = 5 * 60_000
const graceMs = 1_000
const maxFileBytes = 64 * 1024 * 1024

/** Looks through bytes that come in pieces. */
function createSearch(secrets: readonly Secret[]) {
  const wanted = secrets.flatMap((secret) =>
    formsOf(secret).map((form) => ({ name: secret.name, bytes: Buffer.from(form) })),
  )
  const overlap = Math.max(1, ...wanted.map(({ bytes }) => bytes.length)) - 1
  let tail = Buffer.alloc(0)
  return (chunk: Buffer): string | undefined => {
    const all = Buffer.concat([tail, chunk])
    tail = Buffer.from(all.subarray(Math.max(0, all.length - overlap)))
    return wanted.find(({ bytes }) => all.includes(bytes))?.name
  }
}

type Search = SearchOptions & { signal: AbortSignal }

async function inFiles({ workspace, secrets, signal }: Search): Promise<FoundSecret | undefined> {
  const open = ['']
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const name of await readdir(path.join(workspace, folder))) {
      signal.throwIfAborted()
      // Packages are left out of what is handed on, and history is searched by git.
      if (name === '.git' || name === 'node_modules') continue
      const file = path.join(folder, name)
      const stat = await lstat(path.join(workspace, file))
      if (stat.isDirectory()) open.push(file)
      if (!stat.isFile()) continue
      // What is too large to be read is too large to be handed on.
      const content = await readConfined(workspace, file, maxFileBytes).catch(() => Buffer.alloc(0))
      const found = createSearch(secrets)(content)
      if (found !== undefined) return { name: found, place: file }
    }
  }
  return undefined
}

/** Every object of the repository, also those that no branch leads to. */
async function inHistory(options: Search): Promise<FoundSecret | undefined> {
  const { workspace, env, start, secrets, signal } = options
  const all = ['cat-file', '--batch', '--batch-all-objects', '--unordered', '--buffer']
  const git = start(
    { command: 'git', args: [...safeArguments, ...all], cwd: workspace, env },
    graceMs,
  )
  git.stdin.end()
  git.stderr.resume()
  const search = createSearch(secrets)
  const stop = () => void git.end()
  signal.addEventListener('abort', stop, { once: true })
  try {
    for await (const chunk of git.stdout) {
      const found = search(chunk as Buffer)
      if (found !== undefined) return { name: found, place: 'the git history' }
    }
    const exit = await git.exited
    signal.throwIfAborted()
    if (exit.type === 'exited' && exit.code === 0) return undefined
    throw new AppError(
      'git_failed',
      'git could not read all of the repository, so nobody knows whether it holds a secret.',
    )
  } finally {
    signal.removeEventListener('abort', stop)
    await git.end()
  }
}

/**
 * The first secret that stands in the work or its history, as it is or in a common form.
 *
 * @throws AppError `search_too_long`, `git_failed`; the signal's reason when it is raised.
 */
export async function findSecret(options: SearchOptions): Promise<FoundSecret | undefined> {
  if (options.secrets.length === 0) return undefined
  const limit = AbortSignal.timeout(timeoutMs)
  const signal = options.signal ? AbortSignal.any([options.signal, limit]) : limit
  const search = { ...options, signal }
  try {
    return (await inFiles(search)) ?? (await inHistory(search))
  } catch (error) {
    if (!limit.aborted) throw error
    const message = 'The work is too large to be searched for secrets, so it is not handed on.'
    throw new AppError('search_too_long', message, { status: 413, cause: error })
  }
}
