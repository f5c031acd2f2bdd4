import { setTimeout as delay } from 'node:timers/promises'
import type { ProcessUse } from '../process/process-tree.ts'
import { measureDisk } from './disk-use.ts'
import type { Watch } from './watch.ts'

export interface ResourceLimits {
  /** On the disk, of the workspace, HOME and `/tmp` together. */
  diskBytes: number
  diskFiles: number
  /** At the same time. */
  processes: number
  /** Of all processes of the build together. */
  memoryBytes: number
}

export interface GuardOptions {
  folders: readonly string[]
  limits: ResourceLimits
  /** What the build's processes take now. */
  use: () => Promise<ProcessUse>
  watch: Watch
  /** Is called at each look. */
  looked: () => Promise<void>
}

/** Between two looks, in milliseconds; what grows faster than that is over the limit for so long. */
const lookMs = 2_000

/** Looks again and again at what a build takes of the machine, and stops it over a limit. */
export function guardResources({
  folders,
  limits,
  use,
  watch,
  looked,
}: GuardOptions): AsyncDisposable {
  const over = new AbortController()
  const most = { bytes: limits.diskBytes, files: limits.diskFiles }
  const look = async () => {
    const { processes, memoryBytes } = await use()
    if (processes > limits.processes) watch.stop('processes')
    if (memoryBytes > limits.memoryBytes) watch.stop('memory')
    const { bytes, files } = await measureDisk(folders, most)
    if (bytes > most.bytes || files > most.files) watch.stop('disk')
    await looked()
  }
  const work = (async () => {
    while (!over.signal.aborted && !watch.signal.aborted) {
      await look()
      await delay(lookMs, undefined, { signal: over.signal }).catch(() => undefined)
    }
  })()
  return {
    async [Symbol.asyncDispose]() {
      over.abort()
      await work
    },
  }
}
