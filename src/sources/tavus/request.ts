import { AppError } from '../../domain/errors.ts'
import { isDeeperThan } from '../json-depth.ts'
import { replyError } from './reply-error.ts'
import { retryAfterSeconds } from '../../domain/retry-after.ts'

export interface TavusConnection {
  apiKey: string
  /** `https://tavusapi.com`; a path in it is kept. */
  baseUrl: string
  fetch: typeof globalThis.fetch
  clock: () => Date
  /** For a whole exchange, from asking to the last byte. */
  timeoutMs: number
}

const maxReplyBytes = 10 * 1024 * 1024
const maxReplyDepth = 64

function unexpectedReply(what: string): AppError {
  return new AppError(
    'tavus_unexpected_reply',
    `Tavus answered ${what}. Check TAVUS_BASE_URL and try again later.`,
    { status: 502 },
  )
}

/** A reply of success that holds something else. */
export function notAsDocumented(what: string): AppError {
  return new AppError(
    'tavus_unexpected_reply',
    `Tavus answered, but not with ${what}. Check TAVUS_BASE_URL.`,
    { status: 502 },
  )
}

async function readText(response: Response): Promise<string> {
  if (response.body === null) return ''
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    bytes += value.byteLength
    if (bytes > maxReplyBytes) {
      await reader.cancel()
      throw unexpectedReply('with more than 10 MiB')
    }
    text += decoder.decode(value, { stream: true })
  }
}

/** The JSON of a text, or undefined when it is none. */
function jsonOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return isDeeperThan(value, maxReplyDepth) ? undefined : value
  } catch {
    return undefined
  }
}

function unreachable(thrown: unknown): AppError {
  const timedOut = thrown instanceof Error && thrown.name === 'TimeoutError'
  return new AppError(
    timedOut ? 'tavus_timeout' : 'tavus_unreachable',
    timedOut
      ? 'Tavus did not answer in time.'
      : 'Tavus cannot be reached. Check the network and TAVUS_BASE_URL.',
    { status: 503, retryable: true, cause: thrown },
  )
}

/**
 * One exchange with the Tavus API: the JSON of a successful reply, undefined when it has none.
 *
 * @throws AppError `tavus_…`, `retryable` when asking again can help, with
 *   `details.retryAfterSeconds` when Tavus says when.
 */
export async function askTavus(
  connection: TavusConnection,
  method: 'GET' | 'POST',
  path: string,
  body?: object,
): Promise<unknown> {
  const { apiKey, baseUrl, fetch, clock, timeoutMs } = connection
  try {
    const response = await fetch(`${baseUrl.replace(/\/{1,9}$/, '')}${path}`, {
      method,
      headers: {
        accept: 'application/json',
        'x-api-key': apiKey,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      // Following a redirect would hand the key to another host.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    })
    const reply = jsonOf(await readText(response))
    if (response.ok) return reply
    if (response.status < 400) throw unexpectedReply('with a redirect')
    const retryAfter = retryAfterSeconds(response.headers.get('retry-after'), clock())
    throw replyError(response.status, reply, retryAfter)
  } catch (thrown) {
    throw thrown instanceof AppError ? thrown : unreachable(thrown)
  }
}
