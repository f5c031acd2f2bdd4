import { createServer, type IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { z } from 'zod'

export interface TavusServer extends AsyncDisposable {
  baseUrl: string
  /** What was asked, in order. */
  requests: { method: string; path: string; key: string | undefined; body: string }[]
  /** Answers the next request in place of the API. */
  next(answer: (response: ServerResponse) => void): void
  /** Carries out the next request and loses its answer: the connection ends, or nothing comes any more. */
  loseNext(how: 'cut' | 'silence'): void
  /** From now on the API answers, whatever was said of requests that never came. */
  dropAnswers(): void
  /** The calls that were created, oldest first. */
  calls(): string[]
}

export interface TavusServerOptions {
  /** How many calls may be active at a time; 1 unless said. */
  concurrent?: number
  /** Conversations that the account had before, newest first. */
  earlier?: readonly object[]
}

interface Call {
  status: 'active' | 'ended'
  body: object
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

/** A page of the list of conversations, as documented: no order is promised, this one is newest first. */
function listOf(calls: ReadonlyMap<string, Call>, earlier: readonly object[], url: URL): object {
  const limit = Number(url.searchParams.get('limit') ?? '10')
  const page = Number(url.searchParams.get('page') ?? '1')
  const own = [...calls.values()].map(({ status, body }) => ({ ...body, status })).toReversed()
  const all = [...own, ...earlier]
  return { data: all.slice((page - 1) * limit, page * limit), total_count: all.length }
}

/** The documented conversations API: create, list, read with events, end. */
function createApi(
  apiKey: string,
  calls: Map<string, Call>,
  { concurrent = 1, earlier = [] }: TavusServerOptions,
) {
  return (request: IncomingMessage, body: string, response: ServerResponse): void => {
    const url = new URL(request.url ?? '/', 'http://tavus.invalid')
    const [, id, end] = /^\/v2\/conversations\/([^/]+)(\/end)?$/.exec(url.pathname) ?? []
    const call = calls.get(decodeURIComponent(id ?? ''))
    if (request.headers['x-api-key'] !== apiKey) {
      send(response, 401, { message: 'Invalid access token' })
    } else if (request.method === 'POST' && url.pathname === '/v2/conversations') {
      const active = [...calls.values()].filter(({ status }) => status === 'active')
      if (active.length >= concurrent) {
        send(response, 400, { message: 'User has reached maximum concurrent conversations' })
        return
      }
      const conversation_id = `c${calls.size + 1}`
      const created = {
        conversation_id,
        conversation_url: `https://tavus.daily.co/${conversation_id}`,
        created_at: new Date().toISOString(),
        ...z.looseObject({}).parse(JSON.parse(body)),
      }
      calls.set(conversation_id, { status: 'active', body: created })
      send(response, 200, { ...created, status: 'active', meeting_token: 'tok' })
    } else if (request.method === 'GET' && url.pathname === '/v2/conversations') {
      send(response, 200, listOf(calls, earlier, url))
    } else if (call === undefined) {
      send(response, 404, { error: 'Conversation not found' })
    } else if (request.method === 'POST' && end !== undefined) {
      call.status = 'ended'
      response.writeHead(200).end()
    } else {
      send(response, 200, {
        ...call.body,
        status: call.status,
        ...(url.searchParams.get('verbose') === 'true' && { events: eventsOf(call) }),
      })
    }
  }
}

function eventsOf({ status }: Call): object[] {
  if (status === 'active') return [{ event_type: 'system.pal_joined', properties: {} }]
  return [
    {
      event_type: 'application.transcription_ready',
      timestamp: '2026-03-10T14:00:01Z',
      properties: { transcript: [{ role: 'user', content: 'I want a list.' }] },
    },
    {
      event_type: 'system.shutdown',
      properties: { shutdown_reason: 'end_conversation_endpoint_hit' },
    },
  ]
}

/** A real HTTP server on a free port that speaks Tavus's protocol. */
export async function startTavusServer(
  apiKey: string,
  options: TavusServerOptions = {},
): Promise<TavusServer> {
  const calls = new Map<string, Call>()
  const api = createApi(apiKey, calls, options)
  const requests: TavusServer['requests'] = []
  const answers: ((response: ServerResponse, carryOut: (on: ServerResponse) => void) => void)[] = []
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request)
    requests.push({
      method: request.method ?? '',
      path: request.url ?? '',
      key: request.headersDistinct['x-api-key']?.[0],
      body,
    })
    const answer = answers.shift()
    if (answer === undefined) api(request, body, response)
    else answer(response, (on) => api(request, body, on))
  }
  const server = createServer((request, response) => void handle(request, response))
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return {
    baseUrl: `http://127.0.0.1:${address.port}`,
    requests,
    next: (answer) => answers.push(answer),
    loseNext: (how) =>
      answers.push((response, carryOut) => {
        // What the API writes goes nowhere.
        carryOut(new ServerResponse(response.req))
        if (how === 'cut') response.destroy()
      }),
    dropAnswers: () => answers.splice(0),
    calls: () => [...calls.keys()],
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
