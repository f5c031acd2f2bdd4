import { AppError } from '../domain/errors.ts'
import { type Asked, answerFailure, modelFailure, readErrorBody } from './failures.ts'
import { noTokens, readTokensUsed, type TokensUsed } from './tokens-used.ts'

/** One request to a provider and what is known of its answer, whatever became of it. */
export interface Exchange {
  /** For the SDK: gives answers of success alone, whole and of bounded size; everything else throws. */
  fetch: typeof globalThis.fetch
  readonly seen: {
    tokens: TokensUsed
    requestId?: string
    /** Why the exchange failed, if it did. */
    failure?: AppError
  }
}

export interface ExchangeOptions {
  fetch: typeof globalThis.fetch
  asked: Asked
  /** Ends the exchange when it takes too long. */
  deadline: AbortSignal
  clock: () => Date
}

/** Several times the longest answer that any model gives. */
export const maxAnswerBytes = 8 * 1024 * 1024

async function readBytes(response: Response): Promise<Uint8Array<ArrayBuffer> | 'too_large'> {
  const parts: Uint8Array[] = []
  let size = 0
  const reader = response.body?.getReader()
  for (;;) {
    const { done = true, value } = (await reader?.read()) ?? {}
    if (done || value === undefined) break
    size += value.byteLength
    if (size > maxAnswerBytes) {
      await reader?.cancel()
      return 'too_large'
    }
    parts.push(value)
  }
  const all = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.byteLength
  }
  return all
}

function parse(bytes: Uint8Array): { json: unknown } | undefined {
  try {
    return { json: JSON.parse(new TextDecoder().decode(bytes)) as unknown }
  } catch {
    return undefined
  }
}

/** Codes of errors before anything was sent: nothing was taken, and waiting helps. */
const unreached = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])

/** Only the code of what was thrown is used: messages can repeat headers and addresses. */
function codeOf(thrown: unknown): string {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if ('code' in error && typeof error.code === 'string') return error.code.slice(0, 40)
  }
  return ''
}

/** Whether a provider that says no with this status has certainly not charged for it. */
function tookNothing(status: number): boolean {
  return status < 500 || status === 503 || status === 529
}

async function ask(
  { asked, clock, fetch }: ExchangeOptions,
  seen: Exchange['seen'],
  [input, init]: Parameters<typeof globalThis.fetch>,
): Promise<Response> {
  // Following a redirect would hand the key and the talk to another host.
  const response = await fetch(input, { ...init, redirect: 'manual' })
  const { status, headers } = response
  const id = headers.get('x-request-id') ?? headers.get('request-id')
  if (id !== null && /^[\w.:-]{1,100}$/.test(id)) seen.requestId = id
  const bytes = await readBytes(response)
  if (bytes === 'too_large') throw modelFailure('model_bad_answer', asked, { reason: 'too large' })
  const body = parse(bytes)
  seen.tokens = readTokensUsed(body?.json) ?? noTokens(!response.ok && tookNothing(status))
  if (!response.ok) throw answerFailure(asked, { status, headers, body: body?.json }, clock())
  if (body === undefined) {
    // A body that broke off looks like this where the connection's end is the body's end.
    const isJson = /\bjson\b/.test(headers.get('content-type') ?? '')
    throw modelFailure(isJson ? 'model_disconnected' : 'model_bad_answer', asked)
  }
  if (readErrorBody(body.json) !== undefined) {
    throw answerFailure(asked, { status: 400, headers, body: body.json }, clock())
  }
  return new Response(bytes, { headers: { 'content-type': 'application/json' } })
}

function brokenOff(
  { asked, deadline }: ExchangeOptions,
  seen: Exchange['seen'],
  thrown: unknown,
): AppError {
  const reason = codeOf(thrown)
  if (deadline.aborted || /TIMEOUT|TIMEDOUT/.test(reason))
    return modelFailure('model_timeout', asked)
  if (unreached.has(reason)) seen.tokens = noTokens(true)
  return modelFailure(unreached.has(reason) ? 'model_unavailable' : 'model_disconnected', asked, {
    ...(reason !== '' && { reason }),
  })
}

/** Watches over one request: time, size, redirects and errors; keeps what it took. */
export function openExchange(options: ExchangeOptions): Exchange {
  const seen: Exchange['seen'] = { tokens: noTokens(false) }
  return {
    seen,
    fetch: async (...request) => {
      try {
        return await ask(options, seen, request)
      } catch (thrown) {
        seen.failure = thrown instanceof AppError ? thrown : brokenOff(options, seen, thrown)
        throw seen.failure
      }
    },
  }
}
