import type { EventType, ProjectEvent } from '../domain/event.ts'

/** Which events a follower wants; all of them without `types`. */
export interface Filter {
  /** Equal for equal filters. */
  key: string
  types?: ReadonlySet<string>
}

const everything: Filter = { key: '' }

/** A filter by the types of events; an empty list lets everything through. */
export function filterBy(types: readonly EventType[] | undefined): Filter {
  if (types === undefined || types.length === 0) return everything
  const sorted = [...new Set(types)].sort()
  return { key: sorted.join(' '), types: new Set(sorted) }
}

/** Who a frame is for: the followers of one project, or those of a workspace. */
export type Audience = 'project' | 'workspace'

/** Events of one project that follow on each other; what is made of them is made once for everyone. */
export interface Batch {
  readonly projectId: string
  readonly events: readonly ProjectEvent[]
  readonly first: number
  readonly last: number
  /** The message that carries the wanted events; undefined when there are none among them. */
  frame(audience: Audience, filter: Filter): Buffer | undefined
}

/** One event as every protocol carries it. */
export function eventJson({ seq, at, body }: ProjectEvent): string {
  return JSON.stringify({ seq, at, body })
}

/** @param events At least one, with seqs that follow on each other. */
export function makeBatch(events: readonly ProjectEvent[]): Batch {
  const [head] = events
  const tail = events.at(-1)
  if (head === undefined || tail === undefined) throw new RangeError('A batch is never empty.')
  const frames = new Map<string, Buffer | undefined>()

  function build(audience: Audience, { types }: Filter): Buffer | undefined {
    const wanted =
      types === undefined ? events : events.filter((event) => types.has(event.body.type))
    if (wanted.length === 0) return undefined
    const marked = audience === 'workspace' ? '"workspace":true,' : ''
    const start = `{"type":"events",${marked}"project":${JSON.stringify(tail?.projectId)},"events":[`
    return Buffer.from(`${start}${wanted.map(eventJson).join(',')}]}`)
  }

  return {
    projectId: tail.projectId,
    events,
    first: head.seq,
    last: tail.seq,
    frame(audience, filter) {
      const key = `${audience} ${filter.key}`
      if (!frames.has(key)) frames.set(key, build(audience, filter))
      return frames.get(key)
    },
  }
}

/** The part of a batch above a seq, which lies in it. */
export function batchAfter(batch: Batch, seq: number): Batch {
  if (seq < batch.first) return batch
  return makeBatch(batch.events.filter((event) => event.seq > seq))
}
