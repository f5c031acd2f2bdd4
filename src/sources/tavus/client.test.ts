import { expect, test } from 'vitest'
import { AppError } from '../../domain/errors.ts'
import { startTavusServer, type TavusServer } from '../testing/tavus-server.ts'
import { createTavusClient, type TavusClient } from './client.ts'
import { markedCallback } from './find-call.ts'
import { wasRefused } from './reply-error.ts'

const apiKey = 'a-key-for-tests'

function clientOf(server: { baseUrl: string }, more: { apiKey?: string; timeoutMs?: number } = {}) {
  const clock = () => new Date('2026-03-10T14:00:00Z')
  return createTavusClient({ apiKey, baseUrl: server.baseUrl, fetch, clock, ...more })
}

async function errorOf(promise: Promise<unknown>): Promise<AppError> {
  const thrown: unknown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (thrown instanceof AppError) return thrown
  throw new Error('an AppError was expected', { cause: thrown })
}

/** The error of a client when the server answers like this. */
async function errorWhen(
  status: number,
  body: string,
  headers: Record<string, string> = {},
): Promise<AppError> {
  await using server = await startTavusServer(apiKey)
  server.next((response) => response.writeHead(status, headers).end(body))
  return await errorOf(clientOf(server).getConversation('c1'))
}

async function createCall(server: TavusServer): Promise<TavusClient> {
  const client = clientOf(server)
  await client.createConversation({ palId: 'p1' })
  return client
}

test('creates a call under the names of 2026 and gives where to join', async () => {
  await using server = await startTavusServer(apiKey)
  const created = await clientOf(server).createConversation({
    palId: 'p1',
    faceId: 'f1',
    callbackUrl: 'https://talkwright.example/hook',
    conversationName: 'Bookings',
    maxCallDuration: 300,
  })
  expect(created).toEqual({
    conversationId: 'c1',
    conversationUrl: 'https://tavus.daily.co/c1',
    status: 'active',
    meetingToken: 'tok',
  })
  expect(server.requests).toMatchObject([
    { method: 'POST', path: '/v2/conversations', key: apiKey },
  ])
  expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({
    pal_id: 'p1',
    face_id: 'f1',
    callback_url: 'https://talkwright.example/hook',
    conversation_name: 'Bookings',
    properties: { max_call_duration: 300 },
  })
})

test('reads a conversation before and after its end', async () => {
  await using server = await startTavusServer(apiKey)
  const client = await createCall(server)
  expect(await client.getConversation('c1')).toEqual({
    conversationId: 'c1',
    status: 'active',
    joinUrl: 'https://tavus.daily.co/c1',
    createdAt: expect.any(String),
  })
  await client.endConversation('c1')
  await client.endConversation('c1')
  expect(await client.getConversation('c1')).toMatchObject({
    status: 'ended',
    transcript: [{ id: 't1', role: 'client', text: 'I want a list.' }],
    shutdownReason: 'end_conversation_endpoint_hit',
  })
  expect(server.requests.at(-1)?.path).toBe('/v2/conversations/c1?verbose=true')
})

test('says that another call is still running, and that it can be tried again', async () => {
  await using server = await startTavusServer(apiKey)
  const client = await createCall(server)
  const error = await errorOf(client.createConversation({ palId: 'p1' }))
  expect(error).toMatchObject({ code: 'tavus_concurrency', retryable: true, status: 503 })
  expect(error.message).toContain('User has reached maximum concurrent conversations')
})

test('says that the key is refused, without naming it', async () => {
  await using server = await startTavusServer(apiKey)
  const error = await errorOf(clientOf(server, { apiKey: 'wrong-key' }).getConversation('c1'))
  expect(error).toMatchObject({ code: 'tavus_unauthorised', retryable: false })
  expect(JSON.stringify([error.message, error.details])).not.toContain('wrong-key')
})

test('says that a conversation does not exist', async () => {
  await using server = await startTavusServer(apiKey)
  const error = await errorOf(clientOf(server).endConversation('c9'))
  expect(error).toMatchObject({ code: 'tavus_not_found', retryable: false, status: 404 })
  expect(error.message).toContain('Conversation not found')
})

test('encodes ids and refuses those that would climb', async () => {
  await using server = await startTavusServer(apiKey)
  const client = clientOf(server)
  expect(await errorOf(client.getConversation('../pals?x=1#y'))).toMatchObject({
    code: 'tavus_not_found',
  })
  expect(server.requests[0]?.path).toBe('/v2/conversations/..%2Fpals%3Fx%3D1%23y?verbose=true')
  for (const id of ['', '.', '..', 'c'.repeat(201)]) {
    expect(await errorOf(client.endConversation(id))).toMatchObject({
      code: 'invalid_conversation_id',
    })
  }
  expect(server.requests).toHaveLength(1)
})

test.each([
  [429, 'tavus_rate_limited'],
  [408, 'tavus_unavailable'],
  [425, 'tavus_unavailable'],
  [500, 'tavus_unavailable'],
  [503, 'tavus_unavailable'],
])('wants another try after HTTP %d', async (status, code) => {
  const error = await errorWhen(status, '<html>', { 'retry-after': '17' })
  expect(error).toMatchObject({ code, retryable: true, details: { retryAfterSeconds: 17 } })
})

test('reads a Retry-After that is a date by its own clock', async () => {
  const error = await errorWhen(503, '{}', { 'retry-after': 'Tue, 10 Mar 2026 14:02:00 GMT' })
  expect(error.details).toEqual({ tavusStatus: 503, retryAfterSeconds: 120 })
})

test.each([
  [400, '{"error":"bad \\u001b[31mpal"}', 'tavus_rejected'],
  [403, 'null', 'tavus_unauthorised'],
  [429, '{"message":"Maximum concurrent conversations"}', 'tavus_concurrency'],
  [302, '', 'tavus_unexpected_reply'],
  [200, 'not json', 'tavus_unexpected_reply'],
  [200, '{"conversation_id":"another"}', 'tavus_unexpected_reply'],
  [200, '['.repeat(100_000) + ']'.repeat(100_000), 'tavus_unexpected_reply'],
])('answers HTTP %d with %.40j by a clear error', async (status, body, code) => {
  const error = await errorWhen(status, body, { location: 'http://127.0.0.1:1/' })
  expect(error.code).toBe(code)
  expect(error.message).not.toContain('\u001b')
})

test('stops reading a reply above 10 MiB', async () => {
  const error = await errorWhen(200, ' '.repeat(10 * 1024 * 1024 + 1))
  expect(error).toMatchObject({ code: 'tavus_unexpected_reply', retryable: false })
})

test('takes no join address that is not a web address', async () => {
  await using server = await startTavusServer(apiKey)
  server.next((response) =>
    response.end('{"conversation_id":"c1","conversation_url":"javascript:alert(1)"}'),
  )
  const error = await errorOf(clientOf(server).createConversation({ palId: 'p1' }))
  expect(error.code).toBe('tavus_unexpected_reply')
})

test('wants another try when Tavus does not answer in time', async () => {
  await using server = await startTavusServer(apiKey)
  server.next(() => undefined)
  const error = await errorOf(clientOf(server, { timeoutMs: 50 }).getConversation('c1'))
  expect(error).toMatchObject({ code: 'tavus_timeout', retryable: true })
})

test('wants another try when a reply stops half-way', async () => {
  await using server = await startTavusServer(apiKey)
  server.next((response) => {
    response.writeHead(200, { 'content-length': '100' })
    response.write('{"conversation_id":', () => response.destroy())
  })
  const error = await errorOf(clientOf(server).getConversation('c1'))
  expect(error).toMatchObject({ code: 'tavus_unreachable', retryable: true })
})

test('wants another try when nobody listens', async () => {
  const server = await startTavusServer(apiKey)
  await server[Symbol.asyncDispose]()
  const error = await errorOf(clientOf(server).getConversation('c1'))
  expect(error).toMatchObject({ code: 'tavus_unreachable', retryable: true })
})

const since = new Date('2026-03-10T13:59:00Z')

/** Conversations of an account, each a minute older than the one before. */
function history(count: number, from = since): object[] {
  return Array.from({ length: count }, (_, i) => ({
    conversation_id: `old${i}`,
    conversation_url: `https://tavus.daily.co/old${i}`,
    callback_url: `https://talkwright.example/hook?call=other${i}`,
    created_at: new Date(from.getTime() - i * 60_000).toISOString(),
    status: 'ended',
  }))
}

test('finds a call by the mark in its callback URL, among many', async () => {
  const earlier = history(250)
  await using server = await startTavusServer(apiKey, { earlier })
  const client = clientOf(server)
  const callbackUrl = markedCallback('https://talkwright.example/hook', 'the-mark')
  await client.createConversation({ palId: 'p1', callbackUrl })
  expect(await client.findCall({ mark: 'the-mark', since })).toEqual({
    conversationId: 'c1',
    conversationUrl: 'https://tavus.daily.co/c1',
    status: 'active',
  })
  expect(await client.findCall({ mark: 'other249', since })).toBeUndefined()
  const before = new Date(0)
  const found = await client.findCall({ mark: 'other249', since: before })
  expect(found).toMatchObject({ conversationId: 'old249', status: 'ended' })
})

test('reads no further than to the time of the order, where the list runs from new to old', async () => {
  await using server = await startTavusServer(apiKey, { earlier: history(1_000) })
  expect(await clientOf(server).findCall({ mark: 'none', since })).toBeUndefined()
  expect(server.requests).toHaveLength(1)
})

test.each([
  ['runs from old to new', history(150).toReversed()],
  ['has no order', history(150).map((call, i) => ({ ...call, created_at: `${2020 + (i % 7)}` }))],
  ['tells no times', history(150).map((call) => ({ ...call, created_at: '' }))],
])('reads a list to its end that %s', async (_what, earlier) => {
  await using server = await startTavusServer(apiKey, { earlier })
  const client = clientOf(server)
  expect(await client.findCall({ mark: 'none', since })).toBeUndefined()
  expect(server.requests).toHaveLength(2)
  expect(await client.findCall({ mark: 'other0', since })).toMatchObject({ conversationId: 'old0' })
})

test('does not guess where a list without an order is too long', async () => {
  const earlier = history(6_000).toReversed()
  await using server = await startTavusServer(apiKey, { earlier })
  const error = await errorOf(clientOf(server).findCall({ mark: 'none', since }))
  expect(error).toMatchObject({ code: 'tavus_call_uncertain', retryable: false, status: 409 })
})

test.each(['[]', '{"data": {}}', '{"data": [1]}', 'null'])(
  'takes %s for no list of conversations',
  async (body) => {
    await using server = await startTavusServer(apiKey)
    server.next((response) => response.end(body))
    const error = await errorOf(clientOf(server).findCall({ mark: 'none', since }))
    expect(error.code).toBe('tavus_unexpected_reply')
  },
)

test('passes over listed calls that it cannot read', async () => {
  const odd = [{}, { callback_url: 7 }, { callback_url: 'not an address', created_at: {} }]
  await using server = await startTavusServer(apiKey, { earlier: [...odd, ...history(1)] })
  const found = await clientOf(server).findCall({ mark: 'other0', since })
  expect(found).toMatchObject({ conversationId: 'old0' })
})

test.each([
  [400, true],
  [401, true],
  [429, true],
  [408, false],
  [500, false],
  [302, false],
])('knows whether HTTP %d says that nothing was done: %s', async (status, refused) => {
  expect(wasRefused(await errorWhen(status, '{}'))).toBe(refused)
})
