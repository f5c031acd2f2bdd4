import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { CreateBuild } from '../../src/domain/build.ts'
import { webhookRelay, type WebhookFault } from './webhook-relay.ts'

/** One way not to keep to the build API. */
export type Fault =
  | WebhookFault
  | 'errors as text'
  | 'no idempotency'
  | 'events from the start'
  | 'open to all'
  | 'any answer'

async function serveApp(app: Hono): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createAdaptorServer({ fetch: app.fetch })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      if ('closeAllConnections' in server) server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function readOrder(body: string | undefined): CreateBuild | undefined {
  try {
    return CreateBuild.safeParse(JSON.parse(body ?? '')).data
  } catch {
    return undefined
  }
}

/** A builder that stands before a real one and breaks one rule. */
export async function startBroken(
  fault: Fault,
  real: { url: string; key: string },
): Promise<AsyncDisposable & { url: string }> {
  const orders = new Map<string, CreateBuild>()
  const relay = await serveApp(webhookRelay(fault, orders))

  /** The webhooks of an order come to the relay; a repeat has to be the same order for the real one. */
  const detour = (body: string | undefined) => {
    const order = readOrder(body)
    if (!order) return body
    const name = Buffer.from(order.webhook_url).toString('base64url')
    orders.set(name, order)
    return JSON.stringify({ ...order, webhook_url: `${relay.url}/${name}` })
  }
  const app = new Hono()
  app.all('*', async (context) => {
    const { method, url, headers: given } = context.req.raw
    const headers = new Headers(given)
    for (const name of ['content-length', 'host', 'connection']) headers.delete(name)
    if (fault === 'open to all') headers.set('authorization', `Bearer ${real.key}`)
    if (fault === 'no idempotency') headers.delete('idempotency-key')
    const target = new URL(url)
    if (fault === 'events from the start') target.searchParams.delete('after')
    if (fault === 'any answer' && target.pathname.endsWith('/answer')) return new Response('{}')
    const body = method === 'POST' ? detour(await context.req.text()) : undefined
    const answer = await fetch(`${real.url}${target.pathname}${target.search}`, {
      method,
      headers,
      ...(body !== undefined && { body }),
    })
    const asText = fault === 'errors as text' && answer.status >= 400
    const type = asText ? 'text/plain' : (answer.headers.get('content-type') ?? '')
    return new Response(answer.body, { status: answer.status, headers: { 'content-type': type } })
  })
  const server = await serveApp(app)
  return {
    url: server.url,
    async [Symbol.asyncDispose]() {
      await server.close()
      await relay.close()
    },
  }
}
