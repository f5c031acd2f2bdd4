import type { LookupOptions } from 'node:dns'
import { lookup as resolveByDns } from 'node:dns/promises'
import * as http from 'node:http'
import * as https from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { callbackify } from 'node:util'
import { AppError } from '../../domain/errors.ts'
import type { AddressPolicy } from './address-policy.ts'

/** Resolves a host name to all its addresses. */
export type Resolve = (host: string) => Promise<readonly { address: string; family: number }[]>

export const resolveByName: Resolve = (host) => resolveByDns(host, { all: true, verbatim: true })

export interface GuardedRequest {
  method: 'GET' | 'POST'
  url: string
  headers: Readonly<Record<string, string>>
  body?: string
  timeoutMs: number
  signal?: AbortSignal
}

export interface GuardedAnswer {
  status: number
  /** By lower-case name; the first value of one that is repeated. */
  header(name: string): string | undefined
  /** Cut off after 1 MiB. */
  text: string
}

/** HTTP to addresses that others name; it never reaches one that the policy does not permit. */
export interface GuardedHttp extends Disposable {
  /** The addresses behind a URL's host. Throws `address_not_allowed`, `address_unknown`. */
  check(url: string): Promise<readonly string[]>
  /**
   * One request. Redirects are answers, never followed. Throws `address_not_allowed` before a byte is
   * sent, and whatever the connection throws.
   */
  send(request: GuardedRequest): Promise<GuardedAnswer>
}

const maxAnswerBytes = 1024 * 1024

function notAllowed(host: string): AppError {
  return new AppError(
    'address_not_allowed',
    `${host} leads to an address that this runner may not call: private networks have to be allowed by whoever runs it.`,
    { status: 422 },
  )
}

function unknown(host: string, cause?: unknown): AppError {
  const message = `${host} has no address: check the name.`
  return new AppError('address_unknown', message, { status: 422, cause })
}

/** The host as `net` takes it: without the brackets of IPv6. */
function hostOf(url: string): string {
  return new URL(url).hostname.replaceAll(/^\[|\]$/g, '')
}

/**
 * A client whose look-ups are the check: the addresses that were checked are the ones that are
 * connected to, so a name cannot change in between.
 */
export function guardHttp(policy: AddressPolicy, resolve: Resolve = resolveByName): GuardedHttp {
  const agents = {
    'http:': new http.Agent({ keepAlive: true }),
    'https:': new https.Agent({ keepAlive: true }),
  }

  const checkName = async (host: string) => {
    const found = await resolve(host).catch((error: unknown) => {
      throw unknown(host, error)
    })
    if (found.length === 0) throw unknown(host)
    if (!found.every(({ address }) => policy.permits(address))) throw notAllowed(host)
    return found
  }
  // With `autoSelectFamily` Node always asks for all addresses.
  const lookup: LookupFunction = callbackify(async (host: string, _options: LookupOptions) => [
    ...(await checkName(host)),
  ])
  return {
    async check(url) {
      const host = hostOf(url)
      if (isIP(host) === 0) return (await checkName(host)).map(({ address }) => address)
      if (!policy.permits(host)) throw notAllowed(host)
      return [host]
    },
    async send(request) {
      const url = new URL(request.url)
      if (url.protocol !== 'http:' && url.protocol !== 'https:') throw notAllowed(url.protocol)
      const host = hostOf(request.url)
      // Node looks literals up nowhere, so they pass no look-up that could check them.
      if (isIP(host) !== 0 && !policy.permits(host)) throw notAllowed(host)
      return exchange(url, request, { agent: agents[url.protocol], lookup })
    },
    [Symbol.dispose]() {
      for (const agent of Object.values(agents)) agent.destroy()
    },
  }
}

function exchange(
  url: URL,
  { method, headers, body, timeoutMs, signal }: GuardedRequest,
  options: { agent: http.Agent; lookup: LookupFunction },
): Promise<GuardedAnswer> {
  const limit = AbortSignal.timeout(timeoutMs)
  const stop = signal === undefined ? limit : AbortSignal.any([signal, limit])
  const start = url.protocol === 'https:' ? https.request : http.request
  return new Promise((resolve, reject) => {
    const all = { ...options, autoSelectFamily: true, method, headers, signal: stop }
    const request = start(url, all, (response) => {
      readText(response).then(
        (text) => resolve({ status: response.statusCode ?? 0, text, header: headerOf(response) }),
        reject,
      )
    })
    request.once('error', reject)
    request.end(body)
  })
}

function headerOf({ headers }: http.IncomingMessage): GuardedAnswer['header'] {
  return (name) => {
    const value = headers[name]
    return Array.isArray(value) ? value[0] : value
  }
}

async function readText(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    size += chunk.length
    // Leaving the loop destroys the response, and with it a connection that would go on for ever.
    if (size >= maxAnswerBytes) break
  }
  return Buffer.concat(chunks).subarray(0, maxAnswerBytes).toString('utf8')
}
