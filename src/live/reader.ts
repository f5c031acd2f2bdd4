import type { ProjectEvent } from '../domain/event.ts'
import type { Log } from '../domain/log.ts'
import type { EventLog } from './event-log.ts'
import type { Pump, PumpReader } from './pump.ts'

/** Events of one project that a look takes at most. */
const newsLimit = 200
/** Events of a page of history. */
const pageLimit = 500
/** Projects that a look takes at most. */
const projectsLimit = 200
/** Pages of history that are read at once, so that those who come back leave connections to others. */
const historyLanes = 3

/** Runs at most `lanes` of what it is given at once, in order. */
function makeLanes(lanes: number) {
  const waiting: (() => void)[] = []
  let busy = 0
  return async <T>(run: () => Promise<T>): Promise<T> => {
    if (busy >= lanes) await new Promise<void>((resolve) => waiting.push(resolve))
    else busy += 1
    try {
      return await run()
    } finally {
      const next = waiting.shift()
      if (next === undefined) busy -= 1
      else next()
    }
  }
}

/**
 * Reads for all pumps of a process: one look at a time takes in everything that was asked for
 * meanwhile. The busier it is, the more a look brings.
 */
export function createReader(log: EventLog, logger: Log): PumpReader & { close(): void } {
  const wanted = new Set<Pump>()
  const lane = makeLanes(historyLanes)
  let looking = false
  const closing = new AbortController()

  function takeSome(): Pump[] {
    const pumps: Pump[] = []
    for (const pump of wanted) {
      if (pumps.length === projectsLimit) break
      wanted.delete(pump)
      pumps.push(pump)
    }
    return pumps
  }

  async function begin(pumps: readonly Pump[]): Promise<void> {
    if (pumps.length === 0) return
    const heads = await log.heads(pumps.map(({ projectId }) => projectId))
    const seqs = new Map(heads.map(({ projectId, seq }) => [projectId, seq]))
    for (const pump of pumps) pump.start(seqs.get(pump.projectId) ?? 0)
  }

  async function advance(pumps: readonly (Pump & { head: number })[]): Promise<void> {
    if (pumps.length === 0) return
    const positions = pumps.map(({ projectId, head }) => ({ projectId, after: head }))
    const found = Map.groupBy(await log.news(positions, newsLimit), (event) => event.projectId)
    for (const pump of pumps) {
      const events: readonly ProjectEvent[] = found.get(pump.projectId) ?? []
      if (events.length === newsLimit) wanted.add(pump)
      pump.arrived(events)
    }
  }

  async function look(): Promise<void> {
    looking = true
    while (wanted.size > 0 && !closing.signal.aborted) {
      const pumps = takeSome()
      try {
        await advance(pumps.filter((pump): pump is Pump & { head: number } => isStarted(pump)))
        await begin(pumps.filter((pump) => !isStarted(pump)))
      } catch (error) {
        // The sweep asks again; until then whoever follows only waits.
        logger.warn({ error: String(error) }, 'live.read_failed')
      }
    }
    looking = false
  }

  return {
    want(pump) {
      wanted.add(pump)
      // A turn later, so that what is asked for together is looked for together.
      if (!looking) queueMicrotask(() => void (looking || look()))
    },
    history: (projectId, after) => lane(() => log.history({ projectId, after }, pageLimit)),
    async head(projectId) {
      const [head] = await log.heads([projectId])
      return head?.seq ?? 0
    },
    close() {
      closing.abort()
      wanted.clear()
    },
  }
}

function isStarted(pump: Pump): boolean {
  return pump.head !== undefined
}
