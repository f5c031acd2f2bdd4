import type { Channel } from './channel.ts'
import { type Reach, request } from './http.ts'
import { isRecord, type LiveEvent, parseJson, readEvent, readReset } from './messages.ts'

type Reader = ReadableStreamDefaultReader<Uint8Array>

/** What comes next; the end, where nothing comes for too long. */
async function readSoon(reader: Reader, silentMs: number): ReturnType<Reader['read']> {
  const timer = setTimeout(() => void reader.cancel(), silentMs)
  try {
    return await reader.read()
  } finally {
    clearTimeout(timer)
  }
}

/** The blocks of an event stream, as their fields; comments and retry times are passed over. */
async function* blocksOf(
  body: ReadableStream<Uint8Array>,
  silentMs: number,
): AsyncGenerator<Map<string, string>> {
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await readSoon(reader, silentMs)
      if (done) return
      rest += decoder.decode(value, { stream: true })
      const blocks = rest.split(/\r?\n\r?\n/)
      rest = blocks.pop() ?? ''
      for (const block of blocks) {
        yield new Map(
          block.split(/\r?\n/).map((line): [string, string] => {
            const colon = line.indexOf(':')
            return [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')]
          }),
        )
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

/**
 * Follows one project over an event stream until it ends.
 *
 * @throws LiveError
 */
export async function streamProject(
  reach: Reach,
  channel: Channel,
  project: string,
  signal: AbortSignal,
): Promise<void> {
  const path = `/v1/projects/${encodeURIComponent(project)}/events?after=${channel.since}`
  const headers = { accept: 'text/event-stream' }
  const { body } = await request(reach, path, { headers, signal })
  if (body === null) return
  channel.setConnection('live')
  for await (const block of blocksOf(body, reach.silentMs)) {
    const data = parseJson(block.get('data') ?? '')
    const event = block.get('event') === 'event' ? readEvent(data) : undefined
    const reset = block.get('event') === 'reset' ? readReset(data, project) : undefined
    if (event !== undefined && !channel.take(project, [event])) return
    if (reset !== undefined) channel.reset(reset)
  }
}

/** What the list of projects says of one. */
interface Listed {
  id: string
  seq: number
}

function readListed(value: unknown): Listed | undefined {
  if (!isRecord(value)) return undefined
  const { id, seq } = value
  return typeof id === 'string' && typeof seq === 'number' ? { id, seq } : undefined
}

async function itemsOf(reach: Reach, path: string, signal: AbortSignal): Promise<unknown[]> {
  const response = await request(reach, path, { signal })
  const body: unknown = await response.json()
  return isRecord(body) && Array.isArray(body['items']) ? body['items'] : []
}

const pageSize = 500

/**
 * Looks once at the newest projects of the workspace and takes in what is new in them.
 *
 * @param heads What the last look saw, of which this one makes a new one; undefined at the first.
 * @throws LiveError
 */
export async function pollWorkspace(
  reach: Reach,
  channel: Channel,
  heads: ReadonlyMap<string, number> | undefined,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const listed = (await itemsOf(reach, '/v1/projects?limit=200', signal))
    .map(readListed)
    .filter((one) => one !== undefined)
  for (const { id, seq } of listed) {
    // At the first look everything is old, but what was seen over another way.
    let after = channel.seen.get(id) ?? (heads === undefined ? seq : (heads.get(id) ?? 0))
    while (after < seq) {
      const path = `/v1/projects/${encodeURIComponent(id)}/events?after=${after}&limit=${pageSize}`
      const events: LiveEvent[] = (await itemsOf(reach, path, signal))
        .map(readEvent)
        .filter((event) => event !== undefined)
      const last = events.at(-1)
      if (last === undefined) break
      channel.take(id, events)
      after = last.seq
    }
  }
  channel.setConnection('live')
  return new Map(listed.map(({ id, seq }) => [id, seq]))
}
