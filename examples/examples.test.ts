import { readFile } from 'node:fs/promises'
import { serve } from '@hono/node-server'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { onEveryDatabase } from '../test/support/databases.ts'
import { adminKey, startTestServer, type TestServer } from '../test/support/server.ts'
import { randomWebhookSecret } from '../src/access/random-token.ts'
import { parseTranscript } from '../src/sources/transcripts/parse.ts'
import { followToPlan } from './follow-project.ts'
import { buildWebhooks } from './receive-build-webhooks.ts'

const path = (name: string) => new URL(name, import.meta.url).pathname

onEveryDatabase('the example that follows a project', (database) => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer(database())
  })
  afterAll(async () => {
    await server.stop()
  })

  it('sees every event up to the plan', async () => {
    let listening: ReturnType<typeof serve> | undefined
    const port = await new Promise<number>((resolve) => {
      listening = serve({ fetch: server.app.fetch, port: 0, hostname: '127.0.0.1' }, (info) =>
        resolve(info.port),
      )
    })
    try {
      const url = `http://127.0.0.1:${port}`
      const seen = await followToPlan(url, adminKey, path('library.txt'))
      expect(seen[0]).toBe('conversation.received')
      expect(seen.at(-1)).toBe('plan.ready')
    } finally {
      await new Promise((closed) => listening?.close(closed))
    }
  })
})

describe('the example transcripts', () => {
  it.each(['library.txt', 'library.vtt'])('%s is read with its roles', async (name) => {
    const { turns } = parseTranscript(await readFile(path(name), 'utf8'), { filename: name })
    expect(new Set(turns.map((turn) => turn.role))).toEqual(new Set(['agent', 'client']))
  })
})

describe('the example that receives build webhooks', () => {
  const secret = randomWebhookSecret()
  const body = JSON.stringify({ type: 'build.started' })

  function signed(withSecret: string): RequestInit {
    const now = new Date()
    return {
      method: 'POST',
      body,
      headers: {
        'webhook-id': 'msg_1',
        'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
        'webhook-signature': new Webhook(withSecret).sign('msg_1', now, body),
      },
    }
  }

  it('takes what is signed with its secret and refuses everything else', async () => {
    const received: string[] = []
    const app = buildWebhooks(secret, (type) => received.push(type))
    expect((await app.request('/webhooks/kiro', signed(secret))).status).toBe(204)
    const forged = await app.request('/webhooks/kiro', signed(randomWebhookSecret()))
    expect(forged.status).toBe(401)
    expect((await app.request('/webhooks/kiro', { method: 'POST', body })).status).toBe(401)
    expect(received).toEqual(['build.started'])
  })
})
