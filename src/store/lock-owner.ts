import { readFile, readlink, stat, utimes } from 'node:fs/promises'
import { hostname } from 'node:os'
import { z } from 'zod'
import { hasCode } from '../domain/errors.ts'

/** Who holds a lock, as its file says. */
export const LockOwner = z.object({
  pid: z.number().int().positive(),
  token: z.string(),
  born: z.string(),
  /** Where the process id means something: the machine's name and process namespace. Absent: here. */
  space: z.string().optional(),
})
export type LockOwner = z.infer<typeof LockOwner>

const beatMs = 2_000
/** The owner may be busy with one long step, but not for this long. */
const silenceMs = 15_000

/**
 * A process's state, and when it began in the kernel's ticks: that tells a reused process id from
 * the one we mean.
 */
async function lifeOf(pid: number): Promise<{ state: string; born: string }> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0] ?? '', born: fields[19] ?? '' }
  } catch {
    // Not Linux, or the process is gone; the id alone has to do.
    return { state: '', born: '' }
  }
}

async function thisSpace(): Promise<string> {
  const namespace = await readlink('/proc/self/ns/pid').catch(() => '')
  return `${hostname()} ${namespace}`
}

/** This process as the owner of a lock. */
export async function thisProcess(token: string): Promise<LockOwner> {
  const { born } = await lifeOf(process.pid)
  return { pid: process.pid, token, born, space: await thisSpace() }
}

/** Touches the lock's file from time to time, for those who cannot see this process. Ends it. */
export function keepBeating(path: string): () => void {
  const timer = setInterval(() => {
    const now = new Date()
    // The file may have been taken away by hand; the lock's own checks tell of that.
    utimes(path, now, now).catch(() => undefined)
  }, beatMs)
  timer.unref()
  return () => clearInterval(timer)
}

/** Whether the lock in another container or on another machine was touched of late. */
async function beats(path: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs < silenceMs
  } catch {
    return false
  }
}

/** Whether the process that a lock names still runs. */
export async function isAlive(owner: LockOwner, path: string): Promise<boolean> {
  if (owner.space !== undefined && owner.space !== (await thisSpace())) return beats(path)
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
