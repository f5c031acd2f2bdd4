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

await serveChild(LiveClientsSettings, async ({ adminKey }) => {
  const clients: Client[] = []
  const read = makeReader()
  let base = ''
  let events = 0
  let frames = 0
  let gaps = 0
  let lastAt = 0
  let moments: [string, number][] = []

  function take(client: Client, frame: string): void {
    const at = monotonicMs()
    lastAt = at
    frames += 1
    for (const seq of read(client.project, frame)) {
      if (seq !== client.seq + 1) gaps += 1
      client.seq = seq
      events += 1
      if (client.sampled) moments.push([`${client.project} ${seq}`, at])
    }
  }

  async function open(client: Client): Promise<void> {
    const response = await fetch(`${base}/v1/live/tickets`, {
      method: 'POST',
      headers: { authorization: `Bearer ${adminKey}` },
    })
    const { protocols } = Ticket.parse(await response.json())
    const live = Promise.withResolvers<void>()
    const socket = new WebSocket(`${base.replace('http', 'ws')}/v1/live`, protocols, {
      perMessageDeflate: false,
    })
    client.socket = socket
    socket.on('open', () => {
      const { project, seq } = client
      socket.send(JSON.stringify({ type: 'subscribe', project, since: seq }))
    })
    socket.on('message', (data: Buffer) => {
      const text = data.toString()
      if (text.startsWith('{"type":"events"')) take(client, text)
      else if (text.startsWith('{"type":"live"')) {
        client.isLive = true
        live.resolve()
      }
    })
    socket.on('error', live.reject)
    socket.on('close', () => {
      client.isLive = false
    })
    await live.promise
  }

  /** Connects all that are not, again and again until each of them is live. */
  async function openAll(): Promise<void> {
    const waiting = clients.filter(({ isLive }) => !isLive)
    const lane = async () => {
      for (let client = waiting.pop(); client !== undefined; client = waiting.pop()) {
        await open(client)
      }
    }
    await Promise.all(Array.from({ length: lanes }, lane))
  }

  return {
    async connect(argument: unknown) {
      const wanted = Connect.parse(argument)
      base = wanted.base
      const every = Math.max(1, Math.floor(wanted.clients / Math.max(1, wanted.sampled)))
      while (clients.length < wanted.clients) {
        const index = clients.length
        clients.push({
          project: wanted.projects[index % wanted.projects.length] ?? '',
          sampled: wanted.sampled > 0 && index % every === 0,
          seq: 0,
          isLive: false,
          socket: undefined,
        })
      }
      await openAll()
    },
    lastAt: async () => lastAt,
    /** Resolves with the moment at which the last one was live again. */
    async reconnect() {
      await openAll()
      return monotonicMs()
    },
    progress: async () => ({
      live: clients.filter(({ isLive }) => isLive).length,
      events,
      frames,
      gaps,
    }),
    async moments() {
      const given = moments
      moments = []
      return given
    },
    async stop() {
      for (const { socket } of clients) socket?.terminate()
    },
  }
})
