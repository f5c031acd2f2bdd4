import { once } from 'node:events'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { conflict } from '../domain/errors.ts'
import { silentLog } from '../domain/log.ts'
import { problem } from './problem.ts'

it.each(['/webhooks/tavus/the-token', '/webhooks/tavus/the-token/more', '/sign-in/the-token'])(
  'keeps the token of %s out of the server log when the server fails',
  async (path) => {
    const lines: string[] = []
    const log = {
      ...silentLog,
      error: (facts: object, event: string) => {
        lines.push(JSON.stringify({ ...facts, event }))
      },
    }
    const app = new Hono()
    app.onError((error, c) => problem(c, error, log))
    app.all('*', () => {
      throw new Error('The database is gone.')
    })
    expect((await app.request(path)).status).toBe(500)
    expect(lines).toHaveLength(1)
    expect(lines.join()).toContain('The database is gone.')
    expect(lines.join()).not.toContain('the-token')
  },
)

it('lets no detail of an error take the place of a standard member', async () => {
  const app = new Hono()
  app.onError((error, c) => problem(c, error, silentLog))
  app.all('*', () => {
    throw conflict('busy', 'Not now.', { status: 'building', code: 'other', seat: 7 })
  })
  const answer: unknown = await (await app.request('/')).json()
  expect(answer).toMatchObject({ status: 409, code: 'busy', seat: 7 })
})

it('takes a sender that leaves in the middle for no fault of the server', async () => {
  const faults: object[] = []
  const log = { ...silentLog, error: (facts: object) => void faults.push(facts) }
  const answered = Promise.withResolvers<Response>()
  const reading = Promise.withResolvers<void>()
  const app = new Hono()
  app.onError((error, c) => {
    const answer = problem(c, error, log)
    answered.resolve(answer)
    return answer
  })
  app.post('*', async (c) => {
    reading.resolve()
    return c.text(await c.req.text())
  })
  const server = createAdaptorServer({ fetch: app.fetch }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const sent = request({ port, method: 'POST', headers: { 'content-length': '100' } })
  sent.on('error', () => undefined)
  sent.write('a part')
  await reading.promise
  sent.destroy()
  expect((await answered.promise).status).toBe(500)
  expect(faults).toEqual([])
  server.close()
})
