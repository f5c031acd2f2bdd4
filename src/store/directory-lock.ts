import { link, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../domain/errors.ts'

/** A held lock; release it when the folder is no longer used. */
export interface DirectoryLock {
  release(): Promise<void>
}

const Owner = z.object({ pid: z.number().int().positive(), token: z.string(), born: z.string() })
type Owner = z.infer<typeof Owner>

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

/**
 * A process's state, and when it began in the kernel's ticks: that tells a reused process id from
 * the one we mean.
 */
async function lifeOf(pid: number): Promise<{ state: string; born: string }> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0] ?? '', born: fields[19] ?? '' }
  } catch {
    // Not Linux, or the process is gone; the id alone has to do.
    return { state: '', born: '' }
  }
}

async function isAlive(owner: Owner): Promise<boolean> {
  try {
    process.kill(owner.pid, 0)
  } catch (error) {
    return hasCode(error, 'EPERM')
  }
  const { state, born } = await lifeOf(owner.pid)
  // A zombie has ended and answers signals until its parent asks for it, which some never do.
  if (state === 'Z' || state === 'X') return false
  return owner.born === '' || owner.born === born
}

async function readOwner(path: string): Promise<Owner | 'gone' | 'unreadable'> {
  try {
    const parsed = Owner.safeParse(JSON.parse(await readFile(path, 'utf8')))
    return parsed.success ? parsed.data : 'unreadable'
  } catch (error) {
    return hasCode(error, 'ENOENT') ? 'gone' : 'unreadable'
  }
}

async function create(path: string, owner: Owner): Promise<boolean> {
  const draft = `${path}.${owner.token}`
  const file = await open(draft, 'wx')
  try {
    await file.writeFile(JSON.stringify(owner))
    // Else a power cut could leave a lock with nothing in it, which nobody may take over.
    await file.sync()
    // A link appears with its content in one step, so nobody ever reads half a lock.
    await link(draft, path)
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
  } finally {
    await file.close()
    await rm(draft, { force: true })
  }
}

/** Moves a dead owner's lock away; puts it back if it turns out to be somebody's new one. */
async function clearDead(path: string, dead: Owner): Promise<void> {
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

function inUse(folder: string, pid: number | undefined): AppError {
  const who = pid === undefined ? 'Another process' : `Process ${pid}`
  return new AppError(
    'data_in_use',
    `${who} already uses the data folder ${folder}. Stop it first, or set TALKWRIGHT_DATA to another folder, or use PostgreSQL by DATABASE_URL for several processes.`,
    { status: 409, details: { folder, pid } },
  )
}

function unreadable(path: string): AppError {
  return new AppError(
    'lock_unreadable',
    `${path} does not say which process uses the data folder. When no Talkwright runs on it, delete that file and start again.`,
    { status: 409, details: { path } },
  )
}

/**
 * Takes a folder for this process alone: the embedded database loses data silently when two
 * processes open one folder. A lock whose process is gone is taken over.
 *
 * @param token - unique for this attempt
 * @throws AppError `data_in_use` when a living process holds it, `lock_unreadable` when the lock
 *   does not say who.
 */
export async function lockDirectory(folder: string, token: string): Promise<DirectoryLock> {
  const path = join(folder, 'database.lock')
  const { born } = await lifeOf(process.pid)
  const owner: Owner = { pid: process.pid, token, born }
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if (await create(path, owner)) {
      return {
        release: async () => {
          const now = await readOwner(path)
          if (typeof now === 'object' && now.token === token) await rm(path, { force: true })
        },
      }
    }
    const holder = await readOwner(path)
    if (holder === 'unreadable') throw unreadable(path)
    if (holder === 'gone') continue
    if (await isAlive(holder)) throw inUse(folder, holder.pid)
    await clearDead(path, holder)
  }
  throw inUse(folder, undefined)
}
