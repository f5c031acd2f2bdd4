// A server that takes the build API's webhooks: it checks the signature before it believes a word.
import { Hono } from 'hono'
import { Webhook } from 'standardwebhooks'

/** An app that hands each genuine webhook's type to `received`; `secret` is `whsec_…`. */
export function buildWebhooks(secret: string, received: (type: string) => void): Hono {
  const app = new Hono()
  app.post('/webhooks/kiro', async (c) => {
    const headers = {
      'webhook-id': c.req.header('webhook-id') ?? '',
      'webhook-timestamp': c.req.header('webhook-timestamp') ?? '',
      'webhook-signature': c.req.header('webhook-signature') ?? '',
    }
    try {
      const verified = new Webhook(secret).verify(await c.req.text(), headers)
      received((verified as { type: string }).type)
      return c.body(null, 204)
    } catch {
      // Any fault of the signature, its time or its headers: the sender is told no more than this.
      return c.json({ code: 'invalid_signature' }, 401)
    }
  })
  return app
}
