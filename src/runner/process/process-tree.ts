import { readdir, readFile } from 'node:fs/promises'

/** A process as the system's table has it. */
export interface ProcessEntry {
  pid: number
  parent: number
}

const isNumber = /^\d+$/

/** One line of `/proc/<pid>/stat`; the name in brackets may hold anything. */
function readStat(pid: number, stat: string): ProcessEntry | undefined {
  const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const isGone = state === undefined || state === 'Z' || state === 'X'
  return isGone ? undefined : { pid, parent: Number(parent) }
}

/** The processes that run, without those that only wait to be reaped; none where there is no `/proc`. */
export async function listProcesses(): Promise<ProcessEntry[]> {
  const names = await readdir('/proc').catch(() => [])
  const entries = await Promise.all(
    names
      .filter((name) => isNumber.test(name))
      .map(async (name) => {
        const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => undefined)
        return stat === undefined ? undefined : readStat(Number(name), stat)
      }),
  )
  return entries.filter((entry) => entry !== undefined)
}

/** All that a process started, directly or not, itself left out. */
export function descendantsOf(pid: number, entries: readonly ProcessEntry[]): number[] {
  const children = new Map<number, number[]>()
  for (const entry of entries) {
    children.set(entry.parent, [...(children.get(entry.parent) ?? []), entry.pid])
  }
  const found: number[] = []
  const open = [pid]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const below = children.get(next) ?? []
    found.push(...below)
    open.push(...below)
  }
  return found
}

/** What processes take of the machine at this moment. */
export interface ProcessUse {
  processes: number
  /** Resident; pages that several share count for each. */
  memoryBytes: number
}

async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1_024
}

/** What all takes that a process started, itself left out; nothing is seen where there is no `/proc`. */
export async function useBelow(pid: number): Promise<ProcessUse> {
  const below = descendantsOf(pid, await listProcesses())
  const memory = await Promise.all(below.map(residentBytes))
  return { processes: below.length, memoryBytes: memory.reduce((sum, one) => sum + one, 0) }
}

/** What several take together. */
export function sumOfUse(uses: readonly ProcessUse[]): ProcessUse {
  return {
    processes: uses.reduce((sum, { processes }) => sum + processes, 0),
    memoryBytes: uses.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0),
  }
}

/** Whether a process runs; one that only waits to be reaped does not. */
export async function isRunning(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  return stat !== undefined && readStat(pid, stat) !== undefined
}
