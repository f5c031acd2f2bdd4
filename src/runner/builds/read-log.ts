import { BuildWebhook, type BuildLogLine, type LogKind } from '../../domain/build.ts'
import type { EventLog } from './event-log.ts'

export interface LogQuery {
  /** Only lines with a higher sequence. */
  after: number
  /** The most lines that are given. */
  limit: number
  /** All kinds when it is absent. */
  kinds: readonly LogKind[] | undefined
}

export interface BuildLogPage {
  items: BuildLogLine[]
  /** What `after` has to be for the next page; null when there is nothing more by now. */
  next: number | null
}

/** Events that are looked at together. */
const step = 1_000

function asLine(webhook: BuildWebhook): BuildLogLine | undefined {
  const { event, sequence } = webhook.data
  if (event.type !== 'build.log') return undefined
  return { sequence, timestamp: webhook.timestamp, kind: event.kind, text: event.text }
}

/** The lines of a build's log, in order; they are its `build.log` events. */
export async function readLog(log: EventLog, query: LogQuery): Promise<BuildLogPage> {
  const { limit, kinds } = query
  const items: BuildLogLine[] = []
  for (let after = query.after; ;) {
    const events = await log.read(after + 1, after + step)
    for (const event of events) {
      const line = asLine(BuildWebhook.parse(JSON.parse(event)))
      if (!line || (kinds && !kinds.includes(line.kind))) continue
      if (items.length === limit) return { items, next: items.at(-1)?.sequence ?? after }
      items.push(line)
    }
    if (events.length < step) return { items, next: null }
    after += step
  }
}
