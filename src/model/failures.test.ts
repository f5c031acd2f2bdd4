import type { ServerResponse } from 'node:http'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideRetry, defaultRetryPolicy } from '../domain/retry-policy.ts'
import { maxAnswerBytes } from './exchange.ts'
import { cleanReason } from './failures.ts'
import { failureOf, goodSum, modelAt, sumCall, testKey, ways } from './testing/harness.ts'
import type { Reply } from './testing/model-server.ts'
import { never, serveModels } from './testing/serve-models.ts'
import type { ServedError } from './testing/wire-formats.ts'

const server = serveModels()

const invalid = { status: 400, type: 'invalid_request_error' }
const refusals: readonly [string, ServedError, string, boolean][] = [
  ['a bad request', { ...invalid, message: 'temperature: no' }, 'model_bad_request', false],
  [
    'too long an input (OpenAI)',
    {
      ...invalid,
      code: 'context_length_exceeded',
      message: "This model's maximum context length is 8192 tokens.",
    },
    'model_input_too_long',
    false,
  ],
  [
    'too long an input (Anthropic)',
    { ...invalid, message: 'prompt is too long: 210000 tokens > 200000 maximum' },
    'model_input_too_long',
    false,
  ],
  [
    'too large a body',
    { status: 413, type: 'request_too_large', message: 'Too large.' },
    'model_input_too_long',
    false,
  ],
  [
    'a prompt against the rules (OpenAI)',
    {
      ...invalid,
      code: 'invalid_prompt',
      message: 'Invalid prompt: your prompt was flagged as potentially violating our usage policy.',
    },
    'model_refused',
    false,
  ],
  [
    'an answer against the rules (Anthropic)',
    { ...invalid, message: 'Output blocked by content filtering policy' },
    'model_refused',
    false,
  ],
  [
    'no credit (OpenAI)',
    { status: 429, type: 'insufficient_quota', code: 'insufficient_quota', message: 'Quota.' },
    'model_out_of_credit',
    false,
  ],
  [
    'no credit (Anthropic)',
    { ...invalid, message: 'Your credit balance is too low to access the API.' },
    'model_out_of_credit',
    false,
  ],
  [
    'an unpaid bill',
    { status: 402, type: 'billing_error', message: 'Pay.' },
    'model_out_of_credit',
    false,
  ],
  [
    'a key without the right',
    { status: 403, type: 'permission_error', message: 'No.' },
    'model_unauthorised',
    false,
  ],
  ['a time-out of its own', { status: 408, type: 'timeout', message: '…' }, 'model_timeout', true],
  [
    'too many calls',
    { status: 429, type: 'rate_limit_error', message: 'Slow down.' },
    'model_rate_limited',
    true,
  ],
  [
    'an inner error',
    { status: 500, type: 'api_error', message: 'Oops.' },
    'model_unavailable',
    true,
  ],
  [
    'a bad gateway',
    { status: 502, type: 'api_error', message: 'Oops.' },
    'model_unavailable',
    true,
  ],
  ['too much load', { status: 503, type: 'server_error', message: '!' }, 'model_overloaded', true],
  [
    'too much load (Anthropic)',
    { status: 529, type: 'overloaded_error', message: 'Overloaded' },
    'model_overloaded',
    true,
  ],
  ['a lack of the function', { status: 501, type: 'x', message: '!' }, 'model_bad_request', false],
]

/** Ways in which an answer fails to arrive, each done to the socket itself. */
const mishaps: readonly [string, (response: ServerResponse) => void, string, boolean][] = [
  ['is dropped before the headers', (response) => response.destroy(), 'model_disconnected', true],
  [
    'is dropped in the middle of the body',
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
      response.write('{"id":"a', () => response.destroy())
    },
    'model_disconnected',
    true,
  ],
  [
    'ends in the middle of the body without a length',
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json', connection: 'close' })
      response.end('{"id":"a')
    },
    'model_disconnected',
    true,
  ],
  [
    'is a page of a proxy',
    (response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>')
    },
    'model_bad_answer',
    false,
  ],
  [
    'is JSON of something else',
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"hello":"world"}')
    },
    'model_bad_answer',
    false,
  ],
  [
    'leads elsewhere',
    (response) => {
      response.writeHead(307, { location: 'http://127.0.0.1:9/v1' }).end()
    },
    'model_bad_answer',
    false,
  ],
  [
    'never ends',
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      const more = (): void => {
        if (!response.destroyed) response.write(' '.repeat(1024 * 1024), more)
      }
      more()
    },
    'model_bad_answer',
    false,
  ],
  [
    'is an empty error',
    (response) => {
      response.writeHead(500).end()
    },
    'model_unavailable',
    true,
  ],
  [
    'is an error that is no JSON',
    (response) => {
      response.writeHead(503, { 'content-type': 'text/html' }).end('<h1>Busy</h1>')
    },
    'model_overloaded',
    true,
  ],
  [
    'tells of an error with a status of success',
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      const error = { code: 'server_error', message: 'The model failed.' }
      const usage = { input_tokens: 7, output_tokens: 1 }
      response.end(JSON.stringify({ id: 'resp_1', status: 'failed', error, usage }))
    },
    'model_unavailable',
    true,
  ],
]

function failed(error: ServedError, headers: Record<string, string> = {}): Reply {
  return { kind: 'error', ...error, headers }
}

describe.each(ways)('%s', (way) => {
  it.each(refusals)('tells of %s', async (_what, error, code, retryable) => {
    server().reply(failed(error))
    const call = sumCall()
    const failure = await failureOf(modelAt(server(), way).answer(call, never))
    expect(failure).toMatchObject({ code, retryable, details: { status: error.status } })
    expect(server().requests).toHaveLength(1)
    expect(call.used).toHaveLength(1)
    expect(call.used[0]).toMatchObject({
      outcome: code === 'model_refused' ? 'refused' : 'failed',
      counted: error.status !== 500 && error.status !== 502 && error.status !== 501,
      inputTokens: 0,
      requestId: 'req_1',
    })
  })

  it.each(mishaps)('tells of an answer that %s', async (_what, answer, code, retryable) => {
    server().reply({ kind: 'by_hand', answer })
    const call = sumCall()
    const failure = await failureOf(modelAt(server(), way).answer(call, never))
    expect(failure).toMatchObject({ code, retryable })
    expect(server().requests).toHaveLength(1)
    expect(call.used).toHaveLength(1)
  })

  it('tells of a key that is not accepted, and never shows it', async () => {
    const baseUrl = server().url
    const access = { apiKey: 'sk-another-canary-key', baseUrl }
    const model = modelAt(server(), way, {
      access: { openai: access, anthropic: access, compatible: access },
    })
    const failure = await failureOf(model.answer(sumCall(), never))
    expect(failure).toMatchObject({ code: 'model_unauthorised', retryable: false })
    expect(failure.message).toMatch(/Check (OPENAI|ANTHROPIC|COMPATIBLE)_API_KEY/)
    expect(everything(failure)).not.toContain('canary')
  })

  it('tells of a model that there is not', async () => {
    const unknown = way.replace(/\/[\w-]+/, '/claude-nobody')
    const failure = await failureOf(modelAt(server(), unknown).answer(sumCall(), never))
    expect(failure).toMatchObject({ code: 'model_unknown', retryable: false })
    expect(failure.message).toContain('claude-nobody')
  })

  it('tells of a server that is not there', async () => {
    await server()[Symbol.asyncDispose]()
    const call = sumCall()
    const failure = await failureOf(modelAt(server(), way).answer(call, never))
    expect(failure).toMatchObject({ code: 'model_unavailable', retryable: true })
    expect(call.used).toMatchObject([{ outcome: 'failed', counted: true, inputTokens: 0 }])
  })

  it.each([
    ['before the headers', () => undefined],
    [
      'in the body',
      (response: ServerResponse) => {
        response.writeHead(200, { 'content-type': 'application/json' }).write('{"id":')
      },
    ],
  ])('does not wait for ever for an answer that stalls %s', async (_where, answer) => {
    server().reply({ kind: 'by_hand', answer })
    const call = sumCall()
    const failure = await failureOf(modelAt(server(), way, { timeoutMs: 200 }).answer(call, never))
    expect(failure).toMatchObject({ code: 'model_timeout', retryable: true })
    expect(call.used).toMatchObject([{ outcome: 'failed', counted: false }])
  })

  it('ends at once when it is told to, with the reason', async () => {
    const stopping = new AbortController()
    const reason = new Error('The job was taken over.')
    server().reply({ kind: 'by_hand', answer: () => stopping.abort(reason) })
    const call = sumCall()
    await expect(modelAt(server(), way).answer(call, stopping.signal)).rejects.toBe(reason)
    expect(call.used).toMatchObject([{ outcome: 'failed', counted: false }])
    await expect(modelAt(server(), way).answer(call, stopping.signal)).rejects.toBe(reason)
    expect(call.planned).toHaveLength(1)
  })
})

/** An error with all that hangs on it, as a careless log would write it. */
function everything(error: unknown): string {
  const seen = new Set<unknown>()
  const walk = (value: unknown): string => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return String(value)
    seen.add(value)
    return Reflect.ownKeys(value)
      .map((key) => `${String(key)}=${walk(Reflect.get(value, key))}`)
      .join('\n')
  }
  return walk(error)
}

describe('a wait that is asked for', () => {
  const clock = (): Date => new Date('2026-03-10T14:00:00Z')
  it.each([
    [{ 'retry-after': '17' }, 17],
    [{ 'retry-after': '75' }, 75],
    [{ 'retry-after': 'Tue, 10 Mar 2026 14:01:30 GMT' }, 90],
    [{ 'retry-after': 'Tue, 10 Mar 2026 13:00:00 GMT' }, 0],
    [{ 'retry-after': 'Tue, 10 Mar 2099 13:00:00 GMT' }, 86_400],
    [{ 'retry-after-ms': '1200', 'retry-after': '5' }, 2],
    [{ 'retry-after-ms': '31.5' }, 1],
    [{ 'retry-after-ms': 'soon', 'retry-after': '5' }, 5],
    [{ 'retry-after': '999999999' }, 86_400],
    [{ 'retry-after-ms': '999999999999' }, 86_400],
    [{ 'retry-after': '-5' }, undefined],
    [{ 'retry-after': '99999999999999999999' }, undefined],
    [{ 'retry-after': 'whenever' }, undefined],
    [{}, undefined],
  ])('is handed on from %j as %s', async (headers, seconds) => {
    server().reply(failed({ status: 429, type: 'rate_limit_error', message: 'Slow.' }, headers))
    const model = modelAt(server(), 'anthropic/claude-sonnet-4-5', { clock })
    const failure = await failureOf(model.answer(sumCall(), never))
    expect(failure.retryAfterSeconds).toBe(seconds)
    // The engine follows it, up to its own bound, and nothing waited here.
    const verdict = decideRetry(defaultRetryPolicy, failure, 1, 0)
    expect(verdict).toMatchObject({ kind: 'again' })
    expect(server().requests).toHaveLength(1)
  })
})

it('books what an answer took that could not be used', async () => {
  const usage = { input_tokens: 70, output_tokens: 11, input_tokens_details: { cached_tokens: 8 } }
  server().reply({
    kind: 'by_hand',
    answer: (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'x-request-id': 'req_9' })
      response.end(JSON.stringify({ id: 'resp_1', status: 'completed', output: 'no list', usage }))
    },
  })
  const call = sumCall()
  const failure = await failureOf(modelAt(server(), 'openai/model-a').answer(call, never))
  expect(failure).toMatchObject({ code: 'model_bad_answer' })
  expect(call.used).toMatchObject([
    {
      outcome: 'failed',
      counted: true,
      inputTokens: 70,
      cachedInputTokens: 8,
      outputTokens: 11,
      requestId: 'req_9',
    },
  ])
})

it('takes an answer of nearly the greatest size', async () => {
  server().reply({ kind: 'text', text: `${' '.repeat(maxAnswerBytes - 2_000)}${goodSum}` })
  const answer = await modelAt(server(), 'openai/model-a').answer(sumCall(), never)
  expect(answer.value.sum).toBe(5)
})

it('hands on what a provider says, but no key and nothing that is not print', async () => {
  const message = `Key ${testKey} and sk-proj-abcdef12345 or Bearer abc.def-ghi are\u0007 wrong\u202e.${'x'.repeat(9_000)}`
  server().reply(failed({ ...invalid, message }))
  const failure = await failureOf(modelAt(server(), 'openai/model-a').answer(sumCall(), never))
  const { reason } = failure.details
  expect(reason).toMatch(/^Key \[key\] and \[key\] or \[key\] are wrong \.x{200,}$/)
  expect(String(reason).length).toBeLessThanOrEqual(300)
})

it('never lets a key through, wherever it stands', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.string(),
      fc.stringMatching(/^[!-~]{8,40}$/),
      (before, after, key) => {
        expect(cleanReason(`${before}${key}${after}`, key).includes(key)).toBe(false)
      },
    ),
  )
})
