import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { silentLog } from '../domain/log.ts'
import { limitBody } from './limit-body.ts'
import { problem } from './problem.ts'

it.each([
  [64 * 1024, '64 KiB'],
  [2 * 1024 * 1024, '2 MiB'],
])('says how much a body of more than %i bytes may hold', async (bytes, words) => {
  const app = new Hono()
  app.onError((error, c) => problem(c, error, silentLog))
  app.use(limitBody(bytes))
  app.post('/', async (c) => c.text(String((await c.req.text()).length)))
  const post = (body: string, headers = {}) => app.request('/', { method: 'POST', body, headers })
  expect(await (await post('x'.repeat(bytes))).text()).toBe(String(bytes))
  const refusals = [
    await post('x'.repeat(bytes + 1)),
    await post('', { 'content-length': `${bytes + 1}` }),
  ]
  for (const refused of refusals) {
    expect(await refused.json()).toMatchObject({
      status: 413,
      code: 'too_large',
      detail: `The body is larger than ${words}.`,
    })
  }
})
