import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ProjectListView } from '../../src/http/views.ts'
import { chromiumPath } from '../support/browser.ts'
import { violations } from './axe.ts'
import { openSite, type Site, type Visitor } from './site.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const talk = 'Client: We need an app where members book rooms. Each room has a name.'

/** Lets go of a file over the page, as somebody who drags it there does. */
async function drop(page: Page, name: string, text: string): Promise<void> {
  const [file, content] = [name, text].map((part) => JSON.stringify(part))
  const dataTransfer = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([${content}], ${file}, { type: 'text/plain' }))
    return transfer
  })()`)
  await page.dispatchEvent('main', 'dragover', { dataTransfer })
  await page.getByText('Drop the transcript to upload it').waitFor()
  await page.dispatchEvent('main', 'drop', { dataTransfer })
}

describe.skipIf(chromiumPath === undefined)('an empty workspace in the browser', () => {
  let site: Site
  let who: Visitor
  beforeAll(async () => {
    site = await openSite()
  })
  afterAll(async () => {
    await site.close()
  })
  beforeEach(async () => {
    who = await site.person()
    await who.page.goto(site.url)
  })
  afterEach(async () => {
    await who.leave()
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`says how to begin, for everybody, ${colorScheme}`, async () => {
      const one = await site.person({ colorScheme, reducedMotion: 'reduce' })
      await one.page.goto(site.url)
      await one.page.getByText('No projects yet').waitFor()
      expect(await violations(one.page)).toEqual([])
      // There is no Tavus key here.
      expect(await one.page.getByRole('button', { name: /call/i }).count()).toBe(0)
      await one.leave()
    })
  }

  it('offers nothing to who may look alone', async () => {
    const viewer = await site.invited('Mary', 'viewer')
    await viewer.page.goto(site.url)
    await viewer.page.getByText('A member of the workspace begins one').waitFor()
    expect(await viewer.page.locator('main').locator('button, input').count()).toBe(0)
    await viewer.leave()
  })

  it('begins with the sample, by keyboard alone', async () => {
    const { page } = who
    const start = page.getByRole('button', { name: 'Start the sample' })
    await start.waitFor()
    while (!(await start.and(page.locator(':focus')).count())) await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: /Yoga|Studio/i }).waitFor()
    await page.getByText('Awaiting approval').first().waitFor()
    expect(new URL(page.url()).pathname).toMatch(/^\/projects\/.+\/talk$/)
  })

  it('takes a transcript that is dropped on it', async () => {
    const { page } = who
    await page.getByRole('heading', { name: 'Projects' }).waitFor()
    await drop(page, 'rooms.txt', talk)
    const dialog = page.getByRole('dialog', { name: 'Upload a transcript' })
    await dialog.getByText('rooms.txt').waitFor()
    await dialog.getByRole('textbox', { name: /Title/ }).fill('Rooms')
    await dialog.getByRole('button', { name: 'Start the project' }).click()
    await page.getByRole('heading', { level: 1, name: 'Rooms' }).waitFor()
    await page.getByText('Awaiting approval').first().waitFor()
    expect(new URL(page.url()).pathname).toMatch(/^\/projects\/.+\/talk$/)
    await page.goBack()
    await page
      .getByRole('link', { name: /By: you/ })
      .first()
      .waitFor()
  })

  it('tells how much of a large transcript is sent, and ends the upload when asked to', async () => {
    const { page } = who
    await page.getByRole('heading', { name: 'Projects' }).waitFor()
    const before = await site.call<ProjectListView>('/v1/projects')
    await drop(page, 'long.txt', 'Client: Members can book rooms.\n'.repeat(100_000))
    const line = await page.context().newCDPSession(page)
    const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 500_000 }
    await line.send('Network.enable')
    await line.send('Network.emulateNetworkConditions', slow)
    const dialog = page.getByRole('dialog', { name: 'Upload a transcript' })
    await dialog.getByRole('button', { name: 'Start the project' }).click()
    await dialog.getByText(/^[1-9]\d? % sent$/).waitFor()
    expect(await dialog.getByRole('progressbar').count()).toBe(1)
    await dialog.getByRole('button', { name: 'Cancel the upload' }).click()
    await dialog.getByRole('button', { name: 'Start the project' }).waitFor()
    expect(await dialog.getByRole('alert').count()).toBe(0)
    expect(await site.call<ProjectListView>('/v1/projects')).toEqual(before)
  })

  it('says what is wrong with a file that is no transcript, with the code', async () => {
    const { page } = who
    await page.getByRole('heading', { name: 'Projects' }).waitFor()
    await drop(page, 'empty.txt', ' ')
    await page.getByRole('button', { name: 'Start the project' }).click()
    const alert = page.getByRole('dialog').getByRole('alert')
    await alert.getByText('transcript_empty').waitFor()
    expect(await alert.textContent()).toContain('The file holds no text.')
  })
})

describe.skipIf(chromiumPath === undefined)('a hundred projects in the browser', () => {
  let site: Site
  let who: Visitor
  const ids: string[] = []
  beforeAll(async () => {
    // Nothing is carried out, so that all of them wait.
    site = await openSite({ TALKWRIGHT_SLOTS: 'analyse=0 plan=0 build=0' })
    for (let n = 1; n <= 100; n += 1) {
      const title = n % 10 === 0 ? `Library ${n}` : `Rooms ${n}`
      const made = await site.call<{ projectId: string }>('/v1/conversations', {
        transcript: talk,
        title,
      })
      ids.push(made.projectId)
    }
  })
  afterAll(async () => {
    await site.close()
  })
  beforeEach(async () => {
    who = await site.person()
    await who.page.goto(site.url)
    await row(100).waitFor()
  })
  afterEach(async () => {
    await who.leave()
  })

  const row = (n: number) =>
    who.page.getByRole('link', { name: new RegExp(`^(Rooms|Library) ${n}\\D`) })
  const rows = () => who.page.getByRole('link', { name: /^(Rooms|Library) \d+\D/ })

  it('come page by page, the newest first', async () => {
    expect(await rows().count()).toBe(50)
    await who.page.getByRole('button', { name: 'Show more projects' }).click()
    await row(1).waitFor()
    expect(await rows().count()).toBe(100)
    expect(await who.page.getByRole('button', { name: 'Show more projects' }).count()).toBe(0)
    await row(1).scrollIntoViewIfNeeded()
    const before = await who.page.evaluate('window.scrollY')
    await row(1).click()
    await who.page.getByRole('heading', { level: 1, name: 'Rooms 1' }).waitFor()
    expect(await who.page.evaluate('window.scrollY')).toBe(0)
    await who.page.goBack()
    await row(1).waitFor()
    await who.page.waitForFunction(`window.scrollY === ${String(before)}`)
    const noted = () => who.page.evaluate('window.history.state?.scrolledTo')
    await expect.poll(noted).toBe(before)
    await who.page.reload()
    await row(1).waitFor()
    await expect.poll(() => who.page.evaluate('window.scrollY')).toBe(before)
    expect(await rows().count()).toBe(100)
  })

  it('are searched, ordered and filtered, and the place is kept by reload and back', async () => {
    const { page } = who
    await page.getByRole('searchbox', { name: 'Search by title' }).fill('library')
    await row(99).waitFor({ state: 'detached' })
    expect(await rows().count()).toBe(10)
    await page.getByRole('combobox', { name: 'Order' }).selectOption('Oldest first')
    await rows().first().and(row(10)).waitFor()
    await page.reload()
    await row(10).waitFor()
    expect(await rows().count()).toBe(10)
    expect(new URL(page.url()).search).toBe('?q=library&order=oldest')
    await row(20).click()
    await page.getByRole('heading', { level: 1, name: 'Library 20' }).waitFor()
    await page.goBack()
    await row(20).waitFor()
    expect(await page.getByRole('searchbox').inputValue()).toBe('library')
    await page.getByRole('link', { name: 'Completed' }).click()
    await page.getByText('No project fits').waitFor()
    await page.getByRole('link', { name: 'Show all projects' }).click()
    await row(100).waitFor()
  })

  it('follow what happens elsewhere without being loaded anew', async () => {
    const { page } = who
    await page.evaluate(() => Object.assign(globalThis, { sameDocument: true }))
    await site.call(`/v1/projects/${ids[97]}/cancel`, {})
    await row(98).getByText('Cancelled').first().waitFor()
    expect(await page.evaluate(() => 'sameDocument' in globalThis)).toBe(true)
    await page.getByRole('link', { name: 'Cancelled', exact: true }).click()
    await row(99).waitFor({ state: 'detached' })
    expect(await rows().count()).toBe(1)
  })

  it('are cancelled from their own page after a second press', async () => {
    const { page } = who
    await row(96).click()
    await page.getByRole('button', { name: 'Cancel project' }).click()
    await page.getByRole('button', { name: 'Keep going' }).click()
    await page.getByRole('button', { name: 'Cancel project' }).click()
    await page.getByRole('button', { name: 'Cancel for good' }).click()
    await page.getByRole('button', { name: 'Run again' }).waitFor()
    await page.goBack()
    await row(96).getByText('Cancelled').first().waitFor()
    expect(await row(95).getByText('Received').count()).toBe(1)
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`have no violation that axe knows of, ${colorScheme}`, async () => {
      const one = await site.person({ colorScheme, reducedMotion: 'reduce' })
      await one.page.goto(site.url)
      await one.page.getByRole('link', { name: /^Rooms 99\D/ }).waitFor()
      expect(await violations(one.page)).toEqual([])
      await one.leave()
    })
  }

  it('need no scrolling sideways on a narrow screen', async () => {
    await who.page.setViewportSize({ width: 320, height: 640 })
    const width = await who.page.evaluate('document.documentElement.scrollWidth')
    expect(width).toBeLessThanOrEqual(320)
  })

  it('come by a further page also when news have the list read again meanwhile', async () => {
    const { page } = who
    const asked = Promise.withResolvers<void>()
    const answered = Promise.withResolvers<void>()
    await page.route(/cursor=/, async (route) => {
      asked.resolve()
      await answered.promise
      await route.continue()
    })
    await page.getByRole('button', { name: 'Show more projects' }).click()
    await asked.promise
    const again = page.waitForResponse((response) => response.url().endsWith('limit=50'))
    await site.call('/v1/conversations', { transcript: talk, title: 'Meanwhile' })
    await again
    answered.resolve()
    await row(20).waitFor()
    expect(await rows().count()).toBeGreaterThan(50)
  })
})
