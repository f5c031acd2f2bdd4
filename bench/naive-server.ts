// What many would write first: parse the body, insert one row, answer. No signature, no
// deduplication by content, no job; the same table and the same durability as Talkwright's inbox.
import { randomUUID } from 'node:crypto'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { Pool } from 'pg'
import { z } from 'zod'
import { serveChild } from './support/child.ts'

const Settings = z.object({
  url: z.string(),
  /** False for a server that answers and keeps nothing: the most that this framework can do here. */
  keeps: z.boolean(),
})
const Body = z.object({ conversation_id: z.string(), event_type: z.string() })

await serveChild(Settings, async ({ url, keeps }) => {
  const pool = new Pool({ connectionString: url, max: 10 })
  const app = new Hono()
  app.post('/webhooks/tavus/:token', async (c) => {
    const text = await c.req.text()
    const body = Body.parse(JSON.parse(text))
    if (!keeps) return c.json({ outcome: 'accepted' }, 202)
    await pool.query(
      `insert into webhook_inbox (id, source, dedupe_key, external_id, event_type, body)
       values ($1, 'tavus', $2, $2, $3, $4)`,
      [randomUUID(), body.conversation_id, body.event_type, text],
    )
    return c.json({ outcome: 'accepted' }, 202)
  })
  const { promise: port, resolve } = Promise.withResolvers<number>()
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, (info) =>
    resolve(info.port),
  )
  return {
    port: () => port,
    stop: async () => {
      server.close()
      await pool.end()
    },
  }
})
