// Live clients in a process of their own: they hold connections, check that nothing is missing, and
// note when events come.
import { WebSocket } from 'ws'
import { z } from 'zod'
import { monotonicMs, serveChild } from './support/child.ts'
import { Connect, LiveClientsSettings } from './support/live-settings.ts'

const Ticket = z.object({ protocols: z.array(z.string()) })
const Events = z.object({
  type: z.literal('events'),
  events: z.array(z.object({ seq: z.number() })),
})

/** Handshakes under way at once. */
const lanes = 100

interface Client {
  project: string
  sampled: boolean
  seq: number
  isLive: boolean
  socket: WebSocket | undefined
}

/** The frames of a project are the same for all of its clients, so that each is parsed once. */
function makeReader() {
  const last = new Map<string, { frame: string; seqs: number[] }>()
  return (project: string, frame: string): number[] => {
    const known = last.get(project)
    if (known?.frame === frame) return known.seqs
    const seqs = Events.parse(JSON.parse(frame)).events.map(({ seq }) => seq)
    last.set(project, { frame, seqs })
    return seqs
  }
}

interface State {
  base: string
  adminKey: string
  clients: Client[]
  counts: { events: number; frames: number; gaps: number; lastAt: number }
  moments: [string, number][]
  read: ReturnType<typeof makeReader>
}

function take({ counts, moments, read }: State, client: Client, frame: string): void {
  const at = monotonicMs()
  counts.lastAt = at
  counts.frames += 1
  for (const seq of read(client.project, frame)) {
    if (seq !== client.seq + 1) counts.gaps += 1
    client.seq = seq
    counts.events += 1
    if (client.sampled) moments.push([`${client.project} ${seq}`, at])
  }
}

async function fetchProtocols({ base, adminKey }: State): Promise<string[]> {
  const headers = { authorization: `Bearer ${adminKey}` }
  const response = await fetch(`${base}/v1/live/tickets`, { method: 'POST', headers })
  return Ticket.parse(await response.json()).protocols
}

async function open(state: State, client: Client): Promise<void> {
  const protocols = await fetchProtocols(state)
  const live = Promise.withResolvers<void>()
  const socket = new WebSocket(`${state.base.replace('http', 'ws')}/v1/live`, protocols, {
    perMessageDeflate: false,
  })
  client.socket = socket
  socket.on('open', () => {
    const { project, seq } = client
    socket.send(JSON.stringify({ type: 'subscribe', project, since: seq }))
  })
  socket.on('message', (data: Buffer) => {
    const text = data.toString()
    if (text.startsWith('{"type":"events"')) take(state, client, text)
    if (!text.startsWith('{"type":"live"')) return
    client.isLive = true
    live.resolve()
  })
  socket.on('error', live.reject)
  socket.on('close', () => {
    client.isLive = false
  })
  await live.promise
}

/** Connects all that are not connected. */
async function openAll(state: State): Promise<void> {
  const waiting = state.clients.filter(({ isLive }) => !isLive)
  const lane = async () => {
    for (let client = waiting.pop(); client !== undefined; client = waiting.pop()) {
      await open(state, client)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

/** As many clients as are wanted, beside those that are there. */
function addClients({ clients }: State, wanted: z.infer<typeof Connect>): void {
  const every = Math.max(1, Math.floor(wanted.clients / Math.max(1, wanted.sampled)))
  while (clients.length < wanted.clients) {
    const index = clients.length
    clients.push({
      project: wanted.projects[index % wanted.projects.length] ?? '',
      // One further with each block, so that the sample holds clients of all projects.
      sampled: wanted.sampled > 0 && index % every === Math.floor(index / every) % every,
      seq: 0,
      isLive: false,
      socket: undefined,
    })
  }
}

await serveChild(LiveClientsSettings, async ({ adminKey }) => {
  const state: State = {
    base: '',
    adminKey,
    clients: [],
    counts: { events: 0, frames: 0, gaps: 0, lastAt: 0 },
    moments: [],
    read: makeReader(),
  }
  return {
    async connect(argument: unknown) {
      const wanted = Connect.parse(argument)
      state.base = wanted.base
      addClients(state, wanted)
      await openAll(state)
    },
    /** Resolves with the moment at which the last one was live again. */
    async reconnect() {
      await openAll(state)
      return monotonicMs()
    },
    progress: async () => state.counts,
    /** The moments of arrival since the last question. */
    moments: async () => state.moments.splice(0),
    async stop() {
      for (const { socket } of state.clients) socket?.terminate()
    },
  }
})
