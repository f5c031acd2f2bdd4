import { LiveError } from './channel.ts'
import { isRecord } from './messages.ts'

/** How the client reaches the server. */
export interface Reach {
  /** Without a slash at the end. */
  baseUrl: string
  headers: () => Readonly<Record<string, string>>
  fetch: typeof fetch
  /** How long it may say nothing, milliseconds. */
  silentMs: number
}

/** Sends a request. @throws LiveError with the problem's code, `unreachable` when there is no answer. */
export async function request(
  { baseUrl, headers, fetch, silentMs }: Reach,
  path: string,
  init: Omit<RequestInit, 'headers'> & { headers?: Readonly<Record<string, string>> } = {},
): Promise<Response> {
  let response: Response
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(), silentMs)
  try {
    const all = { ...headers(), ...init.headers }
    response = await fetch(`${baseUrl}${path}`, {
      ...init,
      headers: all,
      credentials: 'same-origin',
      signal: init.signal ? AbortSignal.any([init.signal, late.signal]) : late.signal,
    })
  } catch (error) {
    throw new LiveError('unreachable', `The server does not answer: ${String(error)}`)
  } finally {
    clearTimeout(timer)
  }
  if (response.ok) return response
  const problem: unknown = await response.json().catch(() => undefined)
  const code =
    isRecord(problem) && typeof problem['code'] === 'string' ? problem['code'] : undefined
  const detail = isRecord(problem) ? problem['detail'] : undefined
  throw new LiveError(
    code ?? `http_${response.status}`,
    typeof detail === 'string' ? detail : `The server answered with status ${response.status}.`,
  )
}

/** Whether an error will be the same the next time. */
export function isFinal({ code }: LiveError): boolean {
  return code === 'not_found' || code === 'forbidden' || code === 'invalid_request'
}

export function toLiveError(error: unknown): LiveError {
  return error instanceof LiveError ? error : new LiveError('unreachable', String(error))
}
