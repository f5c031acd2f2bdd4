import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { chromiumPath } from '../support/browser.ts'
import { openSite, type Site, type Visitor } from './site.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

/** Tavus on this machine: its API, and the room that a call is held in. */
function tavus(calls: unknown[], elsewhere: () => string | undefined) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { host } = request.headers
    if (request.method === 'POST') {
      let text = ''
      for await (const chunk of request) text += String(chunk)
      calls.push(JSON.parse(text))
      const room = elsewhere() ?? `http://${host}/room`
      const made = { conversation_id: `c${calls.length}`, conversation_url: room, status: 'active' }
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(made))
    } else {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>The room</h1>')
    }
  }
}

describe.skipIf(chromiumPath === undefined)('a Tavus call in the browser', () => {
  let room: Server
  let site: Site
  let who: Visitor
  let elsewhere: string | undefined
  const calls: unknown[] = []
  beforeAll(async () => {
    const answer = tavus(calls, () => elsewhere)
    room = createServer((request, response) => void answer(request, response))
    room.listen(0, '127.0.0.1')
    await once(room, 'listening')
    const url = `http://127.0.0.1:${(room.address() as AddressInfo).port}`
    site = await openSite({
      TAVUS_API_KEY: 'a key for tests',
      TAVUS_BASE_URL: url,
      TAVUS_CALL_URL: url,
      TAVUS_PAL_ID: 'pal-1',
    })
  })
  afterAll(async () => {
    await site.close()
    room.close()
  })
  beforeEach(async () => {
    who = await site.person()
    await who.page.goto(site.url)
  })
  afterEach(async () => {
    await who.leave()
  })

  async function begin(title: string): Promise<void> {
    const { page } = who
    await page.getByRole('button', { name: 'Start a Tavus call' }).click()
    const dialog = page.getByRole('dialog', { name: 'Start a Tavus call' })
    await dialog.getByRole('textbox', { name: /Title/ }).fill(title)
    await dialog.getByRole('button', { name: 'Start the call' }).click()
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
  }

  it('is held in the page, also after a reload', async () => {
    await begin('A call')
    const { page } = who
    const held = page.frameLocator('iframe').getByRole('heading', { name: 'The room' })
    await held.waitFor()
    expect(calls).toMatchObject([{ pal_id: 'pal-1', conversation_name: 'A call' }])
    await page.reload()
    await held.waitFor()
    expect(calls).toHaveLength(1)
    await page.getByRole('button', { name: 'Leave the call' }).click()
    await page.getByRole('heading', { name: 'Projects' }).waitFor()
  })

  it('is not shown from anywhere but the place that the server allows', async () => {
    elsewhere = 'https://calls.example.org/room'
    await begin('Elsewhere')
    const link = who.page.getByRole('link', { name: 'Open the call in a new tab' })
    expect(await link.getAttribute('href')).toBe(elsewhere)
    expect(await who.page.locator('iframe').count()).toBe(0)
  })
})
