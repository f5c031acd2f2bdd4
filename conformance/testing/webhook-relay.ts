import { Hono } from 'hono'
import { Webhook } from 'standardwebhooks'
import { BuildWebhook, type CreateBuild } from '../../src/domain/build.ts'

/** A way not to tell what happens to a build. */
export type WebhookFault = 'own signature' | 'a gap' | 'follows redirects' | 'no retry' | 'two ends'

const anotherSecret = `whsec_${Buffer.from('a secret that nobody has named').toString('base64')}`

interface Message {
  id: string
  webhook: BuildWebhook
}

async function post(fault: string, order: CreateBuild, { id, webhook }: Message): Promise<number> {
  const secret = fault === 'own signature' ? anotherSecret : (order.webhook_secret ?? '')
  const body = JSON.stringify(webhook)
  const now = new Date()
  const answer = await fetch(order.webhook_url, {
    method: 'POST',
    body,
    redirect: fault === 'follows redirects' ? 'follow' : 'manual',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
      'webhook-signature': new Webhook(secret).sign(id, now, body),
    },
  })
  return answer.status
}

/** An end that is told before the end. */
function earlyEnd({ timestamp, data }: BuildWebhook): BuildWebhook {
  const event = { type: 'build.cancelled' } as const
  return { type: event.type, timestamp, data: { ...data, event } }
}

async function sendOn(fault: string, order: CreateBuild, message: Message): Promise<number> {
  const { webhook } = message
  const { sequence } = webhook.data
  if (fault === 'a gap' && sequence === 4) return 204
  if (fault === 'two ends' && webhook.type === 'build.completed') {
    await post(fault, order, { id: 'msg_early', webhook: earlyEnd(webhook) })
    const moved = { ...webhook, data: { ...webhook.data, sequence: sequence + 1 } }
    return post(fault, order, { ...message, webhook: moved })
  }
  const status = await post(fault, order, message)
  return fault === 'no retry' ? 204 : status
}

/** Takes a builder's webhooks at `/{name}` and sends them on to where the order of that name wants them. */
export function webhookRelay(fault: string, orders: ReadonlyMap<string, CreateBuild>): Hono {
  const app = new Hono()
  app.post('/:name', async (context) => {
    const order = orders.get(context.req.param('name'))
    if (!order) return context.body(null, 404)
    const webhook = BuildWebhook.parse(await context.req.json())
    const id = context.req.header('webhook-id') ?? ''
    return new Response(null, { status: await sendOn(fault, order, { id, webhook }) })
  })
  return app
}
