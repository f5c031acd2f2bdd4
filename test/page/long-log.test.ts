import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createFakeApi } from '../../web/dev/fake-api.ts'
import { makeWorld } from '../../web/dev/fake-world.ts'
import { chromiumPath, openBrowser } from '../support/browser.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

/** A made-up build with a log of 10,000 lines, served by the page's own stand-in for the API. */
describe.skipIf(chromiumPath === undefined)('a log of 10,000 lines', () => {
  let api: Server
  let browser: Browser
  let page: Page
  beforeAll(async () => {
    api = createFakeApi({ world: makeWorld(1_000), stepMs: 1_000 })
    api.listen(0, '127.0.0.1')
    await once(api, 'listening')
    browser = await openBrowser()
    page = await browser.newPage()
    const { port } = api.address() as AddressInfo
    await page.goto(`http://127.0.0.1:${port}/projects/long/build`)
    await page.getByText('10,000 lines').waitFor()
  })
  afterAll(async () => {
    await browser.close()
    api.closeAllConnections()
    api.close()
  })

  const lines = () => page.getByRole('region', { name: 'Lines of the log' })
  const place = (place: number) => lines().locator(`[aria-posinset="${place}"]`)

  it('lays out only the lines in sight, and begins at the end', async () => {
    await place(10_000).waitFor()
    expect(await lines().getByRole('listitem').count()).toBeLessThan(200)
    expect(await place(1).count()).toBe(0)
  })

  it('lets go of the end when somebody scrolls up, and takes hold of it again', async () => {
    const follow = page.getByRole('button', { name: /Follow/ })
    await lines().hover()
    await page.mouse.wheel(0, -4_000)
    await follow.getByText('Follow the end').waitFor()
    await place(10_000).waitFor({ state: 'detached' })
    await follow.click()
    await place(10_000).waitFor()
    await follow.getByText('Following').waitFor()
    expect(await follow.getAttribute('aria-pressed')).toBe('true')
  })

  it('is read from its first line by keyboard', async () => {
    await lines().focus()
    await page.keyboard.press('Home')
    await place(1).waitFor()
    await page.getByRole('button', { name: 'Follow the end' }).waitFor()
    expect(await place(10_000).count()).toBe(0)
  })
})
