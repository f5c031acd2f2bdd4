import { createServer, type ServerResponse } from 'node:http'

/** A request for a conversation's record, whose answer waits for the test. */
export interface Held {
  conversation: string
  /** Answers with a transcript; does nothing when whoever asked is gone. */
  answer(): void
}

/** A Tavus that answers when it is told to: whoever fetches from it is in the middle of a slow stage. */
export interface SlowTavus {
  baseUrl: string
  /** The next request that has not been taken by this, once it comes. */
  next(): Promise<Held>
  stop(): Promise<void>
}

function record(conversation: string): object {
  const content = 'Members must be able to book rooms. Each room has a name.'
  return {
    conversation_id: conversation,
    conversation_url: `https://tavus.daily.co/${conversation}`,
    status: 'ended',
    events: [
      {
        event_type: 'application.transcription_ready',
        timestamp: '2026-03-10T14:00:01Z',
        properties: { transcript: [{ role: 'user', content }] },
      },
      { event_type: 'system.shutdown', properties: { shutdown_reason: 'participant_left' } },
    ],
  }
}

function hold(conversation: string, response: ServerResponse): Held {
  return {
    conversation,
    answer: () => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(record(conversation)))
    },
  }
}

export async function startSlowTavus(): Promise<SlowTavus> {
  const arrived: Held[] = []
  const waiting: ((held: Held) => void)[] = []
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://tavus.invalid')
    const held = hold(pathname.split('/').pop() ?? '', response)
    const take = waiting.shift()
    if (take === undefined) arrived.push(held)
    else take(held)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return {
    baseUrl: `http://127.0.0.1:${address.port}`,
    next() {
      const first = arrived.shift()
      if (first !== undefined) return Promise.resolve(first)
      return new Promise((resolve) => {
        waiting.push(resolve)
      })
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
