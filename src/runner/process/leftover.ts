import { readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

/** A process group that works on a build, told apart from later ones with the same number. */
const Leader = z.object({ pid: z.number().int().min(2), born: z.string().min(1) })

/** The boot and the tick of a process's start; undefined where the system has no `/proc`. */
function birthOf(pid: number): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in brackets may hold anything; the start time is the 20th field after it.
    const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return started === undefined ? undefined : `${boot}/${started}`
  } catch {
    return undefined
  }
}

/** Notes the group that begins to work on a build, in case the runner itself is killed. */
export function rememberGroup(file: string, pid: number | undefined): void {
  const born = pid === undefined ? undefined : birthOf(pid)
  if (born !== undefined) writeFileSync(file, JSON.stringify({ pid, born }))
}

/** Ends the noted group if it still runs; does nothing on systems without `/proc`. */
export function endLeftover(file: string): void {
  try {
    const { pid, born } = Leader.parse(JSON.parse(readFileSync(file, 'utf8')))
    if (birthOf(pid) === born) process.kill(-pid, 'SIGKILL')
  } catch {
    // Nothing was noted, or nothing is left.
  }
}
