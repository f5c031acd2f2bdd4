import { link, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError, hasCode } from '../domain/errors.ts'
import { createFile } from './create-file.ts'
import { isAlive, keepBeating, LockOwner, thisProcess } from './lock-owner.ts'

/** A held lock; release it when the folder is no longer used. */
export interface DirectoryLock {
  release(): Promise<void>
}

async function readOwner(path: string): Promise<LockOwner | 'gone' | 'unreadable'> {
  try {
    const parsed = LockOwner.safeParse(JSON.parse(await readFile(path, 'utf8')))
    return parsed.success ? parsed.data : 'unreadable'
  } catch (error) {
    return hasCode(error, 'ENOENT') ? 'gone' : 'unreadable'
  }
}

/** Moves a dead owner's lock away; puts it back if it turns out to be somebody's new one. */
async function clearDead(path: string, dead: LockOwner): Promise<void> {
  const aside = `${path}.dead.${dead.token}`
  try {
    await rename(path, aside)
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return
    throw error
  }
  const moved = await readOwner(aside)
  if (typeof moved === 'object' && moved.token !== dead.token) {
    await link(aside, path).catch(() => undefined)
  }
  await rm(aside, { force: true })
}

/** A kind of folder that one process uses at a time, and what a second one can do. */
export interface LockedFolder {
  file: string
  name: string
  code: string
  otherwise: string
}

const dataFolder: LockedFolder = {
  file: 'database.lock',
  name: 'data folder',
  code: 'data_in_use',
  otherwise:
    'set TALKWRIGHT_DATA to another folder, or use PostgreSQL by DATABASE_URL for several processes',
}

interface Held {
  kind: LockedFolder
  folder: string
}

function inUse(held: Held, who: string, details: { pid?: number; wait?: string } = {}): AppError {
  const { kind, folder } = held
  const { pid, wait = '' } = details
  return new AppError(
    kind.code,
    `${who} already uses the ${kind.name} ${folder}. Stop it first, or ${kind.otherwise}.${wait}`,
    { status: 409, details: { folder, pid } },
  )
}

function heldBy(held: Held, holder: LockOwner, us: LockOwner): AppError {
  const { pid, space } = holder
  if (space === undefined || space === us.space) return inUse(held, `Process ${pid}`, { pid })
  const who = 'A process in another container or on another machine'
  return inUse(held, who, { wait: ' If it was killed, wait 15 seconds.' })
}

function unreadable(path: string): AppError {
  return new AppError(
    'lock_unreadable',
    `${path} does not say which process uses the folder. When no Talkwright runs on it, delete that file and start again.`,
    { status: 409, details: { path } },
  )
}

/**
 * Takes a folder for this process alone: the embedded database loses data silently when two
 * processes open one folder. A lock whose process is gone is taken over.
 *
 * @param token - unique for this attempt
 * @throws AppError `data_in_use` (the code of its kind) when a living process holds it, `lock_unreadable` when the lock
 *   does not say who.
 */
export async function lockDirectory(
  folder: string,
  token: string,
  kind: LockedFolder = dataFolder,
): Promise<DirectoryLock> {
  const path = join(folder, kind.file)
  const owner = await thisProcess(token)
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if (await createFile(path, JSON.stringify(owner), token)) {
      const stopBeating = keepBeating(path)
      return {
        release: async () => {
          stopBeating()
          const now = await readOwner(path)
          if (typeof now === 'object' && now.token === token) await rm(path, { force: true })
        },
      }
    }
    const holder = await readOwner(path)
    if (holder === 'unreadable') throw unreadable(path)
    if (holder === 'gone') continue
    if (await isAlive(holder, path)) throw heldBy({ kind, folder }, holder, owner)
    await clearDead(path, holder)
  }
  throw inUse({ kind, folder }, 'Another process')
}
