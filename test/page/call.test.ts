import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { chromiumPath } from '../support/browser.ts'
import { violations } from './axe.ts'
import { openSite, type Site, type Visitor } from './site.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const callbackToken = 'the-callback-token-of-the-call-tests'

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
      TAVUS_CALLBACK_TOKEN: callbackToken,
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
    await page.getByRole('button', { name: 'Start a call' }).click()
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

  /** What Tavus tells of the newest call. */
  async function tell(event_type: string, properties: object): Promise<void> {
    const body = { event_type, conversation_id: `c${calls.length}`, properties }
    const answer = await fetch(`${site.url}/webhooks/tavus/${callbackToken}`, {
      method: 'POST',
      body: JSON.stringify(body),
    })
    expect(answer.status).toBe(202)
  }

  it('stands in the list until its transcript is there, and leads to its project', async () => {
    await begin('Rooms')
    const { page } = who
    const other = await site.person()
    await other.page.goto(site.url)
    const row = other.page.getByRole('listitem').filter({ hasText: 'Rooms' })
    await row.getByText('Call under way').waitFor()
    expect(await violations(other.page)).toEqual([])
    await tell('system.shutdown', { shutdown_reason: 'participant_left' })
    await page.getByRole('status').getByText('Transcript awaited').waitFor()
    await row.getByText(/asks for it at \d\d:\d\d/).waitFor()
    const said = 'We need an app where members can book rooms. Each room has a name.'
    await tell('application.transcription_ready', {
      transcript: [
        { role: 'assistant', content: 'What do you need?' },
        { role: 'user', content: said },
      ],
    })
    await page.getByText(said).first().waitFor()
    expect(new URL(page.url()).pathname).toMatch(/^\/projects\/.+\/talk$/)
    await other.page.getByRole('link', { name: /^Rooms\b/ }).waitFor()
    await row.getByText(/Call under way|Transcript awaited/).waitFor({ state: 'detached' })
    await other.leave()
    await page.goBack()
    await page.getByRole('heading', { level: 1, name: 'Projects' }).waitFor()
  })

  it('leaves the list of everybody when somebody dismisses it', async () => {
    await begin('Nobody came')
    const { page } = who
    const other = await site.person()
    for (const one of [page, other.page]) await one.goto(site.url)
    const row = (one: Visitor['page']) =>
      one.getByRole('listitem').filter({ hasText: 'Nobody came' })
    await row(other.page).waitFor()
    await page.getByRole('button', { name: 'Dismiss Nobody came' }).click()
    const dialog = page.getByRole('dialog', { name: 'Dismiss “Nobody came”?' })
    await dialog.waitFor()
    expect(await violations(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Dismiss the talk' }).click()
    for (const one of [page, other.page]) await row(one).waitFor({ state: 'detached' })
    await other.leave()
  })

  it('is not shown from anywhere but the place that the server allows', async () => {
    elsewhere = 'https://calls.example.org/room'
    await begin('Elsewhere')
    const link = who.page.getByRole('link', { name: 'Open the call in a new tab' })
    expect(await link.getAttribute('href')).toBe(elsewhere)
    expect(await who.page.locator('iframe').count()).toBe(0)
  })
})
