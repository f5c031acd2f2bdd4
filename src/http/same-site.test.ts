import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { AppError } from '../domain/errors.ts'
import { sameSite } from './same-site.ts'

const app = new Hono()
app.onError((error, c) => c.text(error instanceof AppError ? error.code : 'fault', 403))
app.use(sameSite('http://localhost:4870'))
app.post('/', (c) => c.text('done'))

async function post(headers: Record<string, string>): Promise<string> {
  return (await app.request('http://localhost:4870/', { method: 'POST', headers })).text()
}

it('takes the word of the browser for the site: a form of ours names no origin', async () => {
  expect(await post({ 'sec-fetch-site': 'same-origin', origin: 'null' })).toBe('done')
  const foreign = { 'sec-fetch-site': 'cross-site', origin: 'http://localhost:4870' }
  expect(await post(foreign)).toBe('foreign_origin')
})

it('goes by the origin where a browser says nothing of the site', async () => {
  expect(await post({ origin: 'http://localhost:4870' })).toBe('done')
  expect(await post({ origin: 'https://evil.example' })).toBe('foreign_origin')
  expect(await post({ origin: 'null' })).toBe('foreign_origin')
  expect(await post({})).toBe('done')
})
