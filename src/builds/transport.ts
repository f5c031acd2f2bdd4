import type { z } from 'zod'
import { answerError, networkError } from './client-errors.ts'

export interface TransportOptions {
  /** Where the build API answers, with or without a final slash. */
  baseUrl: string
  apiKey: string
  fetch: typeof fetch
  /** For each request, 30 seconds unless said; the body of a download may take longer. */
  timeoutMs?: number
}

/** Requests to the build API: successful answers, or an AppError. */
export interface Transport {
  request(method: 'GET' | 'POST', target: string, init?: RequestInit): Promise<Response>
  /** A request whose time limit ends with the headers. */
  download(target: string): Promise<Response>
}

export function createTransport(options: TransportOptions): Transport {
  const timeoutMs = options.timeoutMs ?? 30_000
  const base = options.baseUrl.replace(/\/$/, '')

  const send = async (target: string, init: RequestInit) => {
    const headers = new Headers(init.headers)
    headers.set('authorization', `Bearer ${options.apiKey}`)
    try {
      const response = await options.fetch(base + target, { ...init, headers })
      if (response.ok) return response
      throw await answerError(response)
    } catch (error) {
      throw networkError(error)
    }
  }
  return {
    request: (method, target, init = {}) =>
      send(target, { ...init, method, signal: AbortSignal.timeout(timeoutMs) }),
    async download(target) {
      const slow = new AbortController()
      const timer = setTimeout(() => slow.abort(new Error('no answer in time')), timeoutMs)
      try {
        return await send(target, { signal: slow.signal })
      } finally {
        clearTimeout(timer)
      }
    },
  }
}

/** The body of an answer in its expected form; throws `build_api_bad_answer`. */
export async function readAs<T>(schema: z.ZodType<T>, response: Response): Promise<T> {
  try {
    return schema.parse(await response.json())
  } catch (error) {
    throw networkError(error)
  }
}
