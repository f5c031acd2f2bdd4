import { readFile, rm } from 'node:fs/promises'
import type { Browser, WebSocket } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { chromiumPath, openBrowser } from '../support/browser.ts'
import { type RunningCommand, startCommand } from '../support/command.ts'
import { makeDataFolder } from '../support/data-folder.ts'

const adminKey = 'the-admin-key-of-this-test'
const transcript = new URL(
  '../../examples/sample/04-application.transcription_ready.json',
  import.meta.url,
)

interface Server {
  running: RunningCommand
  url: string
  signIn: string
}

describe.skipIf(chromiumPath === undefined)('the page in a browser', () => {
  let folder: string
  let server: Server | undefined
  let browser: Browser
  beforeEach(async () => {
    folder = await makeDataFolder('page')
    server = await start('0')
    browser = await openBrowser()
  })
  afterEach(async () => {
    await browser.close()
    await stop()
    await rm(folder, { recursive: true, force: true })
  })

  async function start(port: string): Promise<Server> {
    const settings = { TALKWRIGHT_DATA: folder, PORT: port, TALKWRIGHT_ADMIN_KEY: adminKey }
    const running = startCommand(['serve', '--no-runner'], settings)
    for await (const { event, url, signIn } of running.lines) {
      if (event === 'ready') return { running, url: String(url), signIn: String(signIn) }
    }
    throw new Error(`The server ended: ${running.stderr()}`)
  }

  async function stop(): Promise<void> {
    server?.running.child.kill('SIGTERM')
    await server?.running.ended
    server = undefined
  }

  async function upload(url: string, title: string): Promise<void> {
    const response = await fetch(`${url}/v1/conversations`, {
      method: 'POST',
      headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ title, transcript: await readFile(transcript, 'utf8') }),
    })
    expect(response.status).toBe(201)
  }

  it('follows over one WebSocket, and goes on when the server was started again', async () => {
    if (server === undefined) throw new Error('There is no server.')
    const { url, signIn } = server
    const page = await browser.newPage()
    const faults: string[] = []
    const sockets: WebSocket[] = []
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('websocket', (socket) => sockets.push(socket))
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) faults.push(message.text())
    })
    await page.goto(signIn)
    await expect.poll(() => sockets.length).toBe(1)
    await upload(url, 'A studio by the sea')
    await page
      .getByRole('link', { name: /studio|yoga/i })
      .first()
      .click()
    await page.getByText('Live', { exact: true }).waitFor()
    expect(new Set(sockets.map((socket) => socket.url()))).toEqual(
      new Set([`${url.replace('http', 'ws')}/v1/live`]),
    )
    await stop()
    await page.getByText('Connection lost, trying again').waitFor()
    server = await start(new URL(url).port)
    await page.getByText('Live', { exact: true }).waitFor()
    expect(faults).toEqual([])
  }, 180_000)
})
