import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { Webhook } from 'standardwebhooks'
import { z } from 'zod'
import { BuildWebhook } from '../src/domain/build.ts'

/** One request that came to a webhook's address. */
export interface Delivery {
  id: string
  webhook: BuildWebhook | undefined
  /** What is wrong with it; empty when all is right. */
  faults: string[]
  /** What it was answered. */
  status: number
}

/** An address of its own for one build's webhooks. */
export interface Inbox {
  url: string
  secret: string
  /** In the order of arrival. */
  deliveries: readonly Delivery[]
  /** The webhooks that were taken, repeats left out. */
  taken(): BuildWebhook[]
  /** Resolves with true when a delivery fits, with false when none has until the deadline. */
  until(fits: (delivery: Delivery) => boolean, timeoutMs: number): Promise<boolean>
  /** Requests at the address to which redirects lead. */
  strays(): number
}

export interface Receiver extends AsyncDisposable {
  /** `answer` gives the status for the n-th request, from 1; 3xx leads to an address aside. */
  open(answer?: (count: number) => number): Inbox
}

export interface ReceiverOptions {
  host: string
  port: number
  /** Where the builder reaches this receiver; by its own address unless said. */
  publicUrl: string | undefined
}

function newSecret(): string {
  return `whsec_${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64')}`
}

function headersOf(request: IncomingMessage): Record<string, string> {
  const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature']
  return Object.fromEntries(names.map((name) => [name, String(request.headers[name] ?? '')]))
}

/** Reads one request, and says all that is wrong with it. */
function read(
  body: string,
  headers: Record<string, string>,
  secret: string,
): Omit<Delivery, 'status'> {
  const faults: string[] = []
  const id = headers['webhook-id'] ?? ''
  if (id === '') faults.push('It has no webhook-id.')
  try {
    new Webhook(secret).verify(body, headers)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    faults.push(`Its signature is not right (webhook_secret, v1, id.timestamp.body): ${reason}.`)
  }
  let webhook: BuildWebhook | undefined
  try {
    webhook = BuildWebhook.parse(JSON.parse(body))
    if (webhook.type !== webhook.data.event.type) faults.push('Its type is not that of its event.')
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : 'it is not JSON'
    faults.push(`Its body is no build event: ${reason.slice(0, 300)}.`)
  }
  return { id, webhook, faults }
}

interface OpenInbox {
  secret: string
  deliveries: Delivery[]
  strays: number
  answer: (count: number) => number
  looks: Set<() => void>
}

function inboxOf(box: OpenInbox, url: string): Inbox {
  return {
    url,
    secret: box.secret,
    deliveries: box.deliveries,
    strays: () => box.strays,
    taken() {
      const seen = new Map<string, BuildWebhook>()
      for (const { id, webhook, status } of box.deliveries) {
        if (webhook && status < 300 && !seen.has(id)) seen.set(id, webhook)
      }
      return [...seen.values()]
    },
    until: (fits, timeoutMs) =>
      new Promise((resolve) => {
        const end = (found: boolean) => {
          clearTimeout(timer)
          box.looks.delete(look)
          resolve(found)
        }
        const look = () => {
          if (box.deliveries.some(fits)) end(true)
        }
        const timer = setTimeout(() => end(false), timeoutMs)
        box.looks.add(look)
        look()
      }),
  }
}

async function listen(server: Server, { host, port, publicUrl }: ReceiverOptions): Promise<string> {
  server.listen(port, host)
  await once(server, 'listening')
  const { port: taken } = server.address() as AddressInfo
  return (publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${taken}`).replace(
    /\/+$/,
    '',
  )
}

/** Starts a server that takes webhooks. */
export async function startReceiver(options: ReceiverOptions): Promise<Receiver> {
  const boxes = new Map<string, OpenInbox>()
  const take = async (request: IncomingMessage): Promise<{ status: number; location?: string }> => {
    const [, name = '', aside] = (request.url ?? '').split('/')
    const box = boxes.get(name)
    const body = await text(request)
    if (!box) return { status: 404 }
    if (aside !== undefined) {
      box.strays += 1
      return { status: 204 }
    }
    const status = box.answer(box.deliveries.length + 1)
    box.deliveries.push({ ...read(body, headersOf(request), box.secret), status })
    for (const look of box.looks) look()
    return { status, location: `/${name}/aside` }
  }
  const server = createServer((request, response) => {
    take(request).then(
      ({ status, location }) =>
        response
          .writeHead(status, location !== undefined && status >= 300 ? { location } : {})
          .end(),
      () => response.writeHead(500).end(),
    )
  })
  const base = await listen(server, options)
  return {
    open(answer = () => 204) {
      const name = crypto.randomUUID()
      const box = {
        secret: newSecret(),
        deliveries: [],
        strays: 0,
        answer,
        looks: new Set<() => void>(),
      }
      boxes.set(name, box)
      return inboxOf(box, `${base}/${name}`)
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
