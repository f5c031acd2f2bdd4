import type { Context } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startRedis } from '../../bench/support/redis.ts'
import { onEveryDatabase } from '../../test/support/databases.ts'
import { findRedis } from '../../test/support/find-parts.ts'
import {
  adminKey,
  startTestServer,
  tavusToken,
  type TestServer,
} from '../../test/support/server.ts'
import { randomToken } from '../access/random-token.ts'
import { countInRedis } from '../access/redis-counts.ts'
import { createRateLimits, type RateLimits } from '../access/rate-limits.ts'
import { silentLog } from '../domain/log.ts'
import type { Rates } from '../domain/rates.ts'
import { openRedis } from '../store/redis.ts'
import { addressOf } from '../cli/address-of.ts'
import { createApp } from './app.ts'

const redis = findRedis(process.env)

onEveryDatabase('limits on requests', (database) => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer(database(), { worker: false })
  })
  afterAll(async () => {
    await server.stop()
  })

  /** An app with fresh counts, asked from an address. */
  const limited = (rates: Rates) => limitedBy(createRateLimits(rates))

  function limitedBy(rates: RateLimits) {
    const whence = (c: Context) => c.req.header('test-address')
    const app = createApp({ ...server.deps, rates, addressOf: whence })
    return async (
      path: string,
      address: string,
      key: string | null = adminKey,
      init: RequestInit = {},
    ) => {
      const headers = new Headers(init.headers)
      headers.set('test-address', address)
      if (key !== null) headers.set('authorization', `Bearer ${key}`)
      return app.request(path, { ...init, headers })
    }
  }

  const statuses = async (answers: Promise<Response>[]) =>
    (await Promise.all(answers)).map(({ status }) => status).sort((a, b) => a - b)

  it('say where a key stands, and when to come again', async () => {
    const ask = limited({ key: 2 })
    const first = await ask('/v1/projects', '192.0.2.1')
    expect(first.headers.get('ratelimit-policy')).toBe('"key";q=2;w=60')
    expect(first.headers.get('ratelimit')).toMatch(/^"key";r=1;t=\d+$/)
    expect((await ask('/v1/me', '192.0.2.2')).status).toBe(200)
    const over = await ask('/v1/me', '192.0.2.3')
    expect(over.status).toBe(429)
    expect(over.headers.get('ratelimit')).toMatch(/^"key";r=0;t=\d+$/)
    expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await over.json()).toMatchObject({ code: 'rate_limited', status: 429 })
  })

  it('count a person over all of their sessions', async () => {
    const ask = limited({ user: 3 })
    const { sessions } = server.deps.authentication
    const subject = { userId: server.ownerId, workspaceId: server.workspaceId }
    const one = await sessions.issue(subject, new Date())
    const two = await sessions.issue(subject, new Date())
    const app = createApp({ ...server.deps, rates: createRateLimits({ user: 3 }) })
    const as = async (value: string) =>
      app.request('/v1/me', { headers: { cookie: `talkwright_session=${value}` } })
    expect(await statuses([as(one), as(two), as(one), as(two)])).toEqual([200, 200, 200, 429])
    expect((await ask('/v1/me', '192.0.2.1')).status).toBe(200)
  })

  it('count an address, a whole network of IPv6 as one', async () => {
    const ask = limited({ address: 2 })
    const from = (address: string) => ask('/v1/me', address)
    expect(await statuses([from('192.0.2.1'), from('192.0.2.1')])).toEqual([200, 200])
    expect((await from('::ffff:192.0.2.1')).status).toBe(429)
    expect(await statuses([from('2001:db8::1'), from('2001:db8::2')])).toEqual([200, 200])
    expect((await from('2001:db8::3')).status).toBe(429)
    expect((await from('2001:db8:0:1::1')).status).toBe(200)
  })

  it('stop guessing, with links and with keys alike', async () => {
    const ask = limited({ sign_in: 3 })
    const guess = () => ask('/sign-in/no-such-link', '192.0.2.1', null)
    expect(await statuses([guess(), guess(), guess(), guess()])).toEqual([303, 303, 303, 429])
    for (const _ of [1, 2, 3]) expect((await ask('/v1/me', '192.0.2.9', 'tw_no')).status).toBe(401)
    expect((await ask('/v1/me', '192.0.2.9')).status).toBe(429)
    expect((await ask('/v1/me', '192.0.2.8')).status).toBe(200)
  })

  it('keep nobody out for what others of their address bring along', async () => {
    const ask = limited({ sign_in: 2 })
    const from = '192.0.2.1'
    const expired = `tw_${randomToken()}`
    for (const _ of [1, 2, 3]) expect((await ask('/v1/me', from, expired)).status).toBe(401)
    expect((await ask('/v1/me', from)).status).toBe(200)
    for (const _ of [1, 2]) expect((await ask('/v1/me', from, 'a wrong one')).status).toBe(401)
    expect((await ask('/v1/me', from)).status).toBe(429)
    const { sessions } = server.deps.authentication
    const subject = { userId: server.ownerId, workspaceId: server.workspaceId }
    const cookie = `talkwright_session=${await sessions.issue(subject, new Date())}`
    expect((await ask('/v1/me', from, null, { headers: { cookie } })).status).toBe(200)
  })

  it('hold for whoever is not known, on everything that takes work', async () => {
    const ask = limited({ address: 1 })
    const paths = ['/v1/live', '/openapi.json', '/docs']
    for (const [n, path] of paths.entries()) {
      expect((await ask(path, `192.0.2.${n}`, null)).status).not.toBe(429)
      expect((await ask(path, `192.0.2.${n}`, null)).status).toBe(429)
    }
  })

  it('lose no webhook', async () => {
    const ask = limited({ address: 1, sign_in: 1, key: 1, user: 1 })
    const send = (n: number) =>
      ask(`/webhooks/tavus/${tavusToken}`, '192.0.2.1', null, {
        method: 'POST',
        body: JSON.stringify({ event_type: 'system.replica_joined', conversation_id: `c${n}` }),
      })
    const answers = await Promise.all([1, 2, 3, 4, 5].map(send))
    expect(answers.filter(({ status }) => status === 429)).toEqual([])
  })

  it('believe no address that a caller writes down themselves', () => {
    const c = (forwarded: string) =>
      ({
        req: { header: () => forwarded },
        env: { incoming: { socket: { remoteAddress: '10.0.0.1', remotePort: 1 } } },
      }) as unknown as Context
    expect(addressOf(0)(c('203.0.113.9'))).toBe('10.0.0.1')
    expect(addressOf(1)(c('6.6.6.6, 203.0.113.9'))).toBe('203.0.113.9')
    expect(addressOf(2)(c('6.6.6.6, 203.0.113.9, 10.0.0.2'))).toBe('203.0.113.9')
    expect(addressOf(1)(c(''))).toBe('10.0.0.1')
  })

  it('leave alone what has no limit', async () => {
    const ask = limited({})
    const answer = await ask('/v1/me', '192.0.2.1')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('ratelimit')).toBeNull()
  })

  const missing = redis === undefined
  describe.skipIf(missing)(`over a Redis${missing ? ' (not installed)' : ''}`, () => {
    it('are those of all servers together, and of each one while it is away', async () => {
      if (redis === undefined) throw new Error('There is no Redis on this machine.')
      const running = await startRedis(redis)
      const connections = [1, 2].map(() =>
        openRedis(`redis://127.0.0.1:${running.port}`, silentLog),
      )
      try {
        await Promise.all(connections.map(({ connected }) => connected))
        const rates = { key: 3, sign_in: 2 }
        const [one, other] = connections.map(({ client }) =>
          limitedBy(createRateLimits(rates, countInRedis(client))),
        )
        if (one === undefined || other === undefined) throw new Error('There are two apps.')
        const first = await one('/v1/me', '192.0.2.1')
        expect(first.headers.get('ratelimit')).toMatch(/^"key";r=2;t=\d+$/)
        expect((await other('/v1/me', '192.0.2.1')).headers.get('ratelimit')).toMatch(/;r=1;/)
        expect((await one('/v1/me', '192.0.2.1')).status).toBe(200)
        expect((await other('/v1/me', '192.0.2.1')).status).toBe(429)
        for (const app of [one, other]) {
          expect((await app('/v1/me', '192.0.2.9', 'a wrong one')).status).toBe(401)
        }
        expect((await one('/v1/me', '192.0.2.9', 'a wrong one')).status).toBe(429)

        await running.stop()
        const asked = [1, 2, 3, 4].map(() => other('/v1/me', '192.0.2.1'))
        expect(await statuses(asked)).toEqual([200, 200, 200, 429])
      } finally {
        await Promise.all(connections.map((one) => one.close()))
        await running.stop()
      }
    })
  })
})
