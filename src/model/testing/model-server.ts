import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import { text } from 'node:stream/consumers'
import {
  errorBody,
  type ReadRequest,
  readRequest,
  schemaFault,
  type Served,
  type ServedError,
  successBody,
  type WireFormat,
} from './wire-formats.ts'

/** What the server does with the next request that is in order. */
export type Reply =
  | Served
  | ({ kind: 'error'; headers?: Record<string, string> } & ServedError)
  /** Answers by what was asked. */
  | { kind: 'made'; make: (request: ReadRequest) => Served }
  /** Answers by hand: drops, stalls, bodies of another kind. */
  | { kind: 'by_hand'; answer: (response: ServerResponse) => void }

export interface ModelRequest extends ReadRequest {
  format: WireFormat
  headers: IncomingHttpHeaders
}

export interface ModelServer extends AsyncDisposable {
  /** Without a version: `http://127.0.0.1:PORT`. */
  url: string
  /** What was asked, in order. */
  requests: ModelRequest[]
  /** Queues replies; a request that finds none gets an error that says so. */
  reply(...replies: Reply[]): void
}

export interface ModelServerOptions {
  /** Empty: no request may bring one. */
  key: string
  models: readonly string[]
}

const paths: Readonly<Record<string, WireFormat>> = {
  '/v1/responses': 'responses',
  '/v1/chat/completions': 'chat',
  '/v1/messages': 'messages',
}

function send(
  response: ServerResponse,
  format: WireFormat,
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): void {
  const id = format === 'messages' ? 'request-id' : 'x-request-id'
  response
    .writeHead(status, { 'content-type': 'application/json', [id]: 'req_1', ...headers })
    .end(JSON.stringify(body))
}

function isAllowed(format: WireFormat, headers: IncomingHttpHeaders, key: string): boolean {
  if (key === '') return headers.authorization === undefined
  if (format !== 'messages') return headers.authorization === `Bearer ${key}`
  return headers['x-api-key'] === key && headers['anthropic-version'] === '2023-06-01'
}

/** What is wrong with a request, as the provider says it. */
function objection(
  { key, models }: ModelServerOptions,
  format: WireFormat,
  headers: IncomingHttpHeaders,
  request: ReadRequest | string,
): ServedError | undefined {
  if (!isAllowed(format, headers, key)) {
    const message = `Incorrect API key provided: ${String(headers.authorization ?? headers['x-api-key'])}.`
    return { status: 401, type: 'authentication_error', code: 'invalid_api_key', message }
  }
  const invalid = { status: 400, type: 'invalid_request_error' }
  if (typeof request === 'string') return { ...invalid, message: request }
  if (!models.includes(request.model)) {
    const message = `The model ${request.model} does not exist.`
    return { status: 404, type: 'not_found_error', code: 'model_not_found', message }
  }
  const fault = request.schema === undefined ? undefined : schemaFault(request.schema)
  if (fault === undefined) return undefined
  return { ...invalid, code: 'invalid_json_schema', message: `Invalid schema: ${fault}` }
}

function carryOut(
  response: ServerResponse,
  format: WireFormat,
  request: ReadRequest,
  reply: Reply,
): void {
  switch (reply.kind) {
    case 'by_hand':
      reply.answer(response)
      break
    case 'made':
      send(response, format, 200, successBody(format, request, reply.make(request)))
      break
    case 'error':
      send(response, format, reply.status, errorBody(format, reply), reply.headers)
      break
    default:
      send(response, format, 200, successBody(format, request, reply))
  }
}

/** A real HTTP server on a free port that speaks Responses, Chat Completions and Messages. */
export async function startModelServer(options: ModelServerOptions): Promise<ModelServer> {
  const requests: ModelRequest[] = []
  const replies: Reply[] = []
  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(incoming)
    const format = paths[incoming.url ?? '']
    if (format === undefined || incoming.method !== 'POST') {
      response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not Found</h1>')
      return
    }
    const { headers } = incoming
    const request = readRequest(format, JSON.parse(body))
    if (typeof request !== 'string') requests.push({ ...request, format, headers })
    const wrong = objection(options, format, headers, request)
    const none = {
      kind: 'error',
      status: 400,
      type: 'test',
      message: 'No reply is queued.',
    } as const
    if (wrong !== undefined || typeof request === 'string') {
      const error = wrong ?? none
      send(response, format, error.status, errorBody(format, error))
      return
    }
    carryOut(response, format, request, replies.shift() ?? none)
  }
  const server = createServer((incoming, response) => {
    handle(incoming, response).catch((error: unknown) => response.destroy(error as Error))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    reply: (...more) => {
      replies.push(...more)
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
