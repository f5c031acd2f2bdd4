import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { DeadLetterListView } from '../../src/http/queue-views.ts'
import { chromiumPath } from '../support/browser.ts'
import { violations } from './axe.ts'
import { openSite, type Site, type Visitor } from './site.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const talk = 'Client: We need an app where members book rooms. Each room has a name.'

describe.skipIf(chromiumPath === undefined)('a workspace in the browser of its owner', () => {
  let models: Server
  let site: Site
  let who: Visitor
  const ids: string[] = []
  beforeAll(async () => {
    // A model server that knows nobody: what it is asked of is given up at once.
    models = createServer((_request, response) => {
      response.writeHead(401, { 'content-type': 'application/json' })
      response.end('{"error": {"message": "no such key"}}')
    })
    models.listen(0, '127.0.0.1')
    await once(models, 'listening')
    const { port } = models.address() as AddressInfo
    site = await openSite({
      TALKWRIGHT_MODELS: 'compatible/m1',
      COMPATIBLE_BASE_URL: `http://127.0.0.1:${port}/v1`,
      TALKWRIGHT_PRICES: JSON.stringify([{ model: 'compatible/*', input: '0', output: '0' }]),
    })
    for (let n = 0; n < 3; n += 1) {
      const made = await site.call<{ projectId: string }>('/v1/conversations', { transcript: talk })
      ids.push(made.projectId)
      await site.reached(made.projectId, 'failed')
    }
  })
  afterAll(async () => {
    await site.close()
    models.close()
  })
  beforeEach(async () => {
    who = await site.person()
  })
  afterEach(async () => {
    await who.leave()
  })

  const part = (name: string) => who.page.getByRole('region', { name, exact: true })

  describe('how the system runs', () => {
    beforeEach(async () => {
      await who.page.goto(`${site.url}/operate`)
      await who.page.getByRole('heading', { name: 'Recent errors' }).waitFor()
    })

    it('shows the queue, the models, who works and what went wrong', async () => {
      const { page } = who
      await part('Models')
        .getByRole('row', { name: /compatible\/m1/ })
        .waitFor()
      await part('Processes').getByText('Live').first().waitFor()
      await part('Builders').getByText('Ready').waitFor()
      await part('Recent errors').getByText('model_unauthorised').first().waitFor()
      await page.getByRole('button', { name: 'Table' }).click()
      await part('The queue by stage')
        .getByRole('row', { name: /^analyse 0 0/ })
        .waitFor()
      expect(new URL(page.url()).search).toBe('?queue=table')
    })

    it('shows an admin who does not look after the machine no names of it', async () => {
      const admin = await site.invited('Ben', 'admin')
      await admin.page.goto(`${site.url}/operate`)
      await admin.page.getByText(/^1 at work/).waitFor()
      await admin.page.getByText('model_unauthorised').first().waitFor()
      expect(await admin.page.getByRole('region', { name: 'Processes' }).count()).toBe(0)
      expect(await admin.page.getByRole('region', { name: 'Builders' }).count()).toBe(0)
      await admin.leave()
    })

    for (const colorScheme of ['light', 'dark'] as const) {
      it(`has no violation that axe knows of, ${colorScheme}`, async () => {
        const one = await site.person({ colorScheme, reducedMotion: 'reduce' })
        await one.page.goto(`${site.url}/operate`)
        await one.page.getByText('model_unauthorised').first().waitFor()
        await one.page.getByText('Ready', { exact: true }).last().waitFor()
        expect(await violations(one.page)).toEqual([])
        await one.leave()
      })
    }

    it('needs no scrolling sideways on a narrow screen', async () => {
      await who.page.setViewportSize({ width: 320, height: 640 })
      await part('Builders').getByText('Ready').waitFor()
      expect(await who.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(
        320,
      )
    })

    it('sends given up work again, dismisses it, and asks before it does so with all', async () => {
      const { page } = who
      const letters = part('Dead letters').getByRole('listitem')
      await letters.nth(2).waitFor()
      await letters
        .first()
        .getByRole('button', { name: /Dismiss/ })
        .click()
      await letters.nth(2).waitFor({ state: 'detached' })
      const sent = new Date().toISOString()
      await letters
        .first()
        .getByRole('button', { name: /Send again/ })
        .click()
      // It fails as before, and is given up anew.
      await vi.waitUntil(
        async () => {
          const { items } = await site.call<DeadLetterListView>('/v1/queue/dead-letters')
          return items.length === 2 && (items[0]?.createdAt ?? '') > sent
        },
        { timeout: 60_000 },
      )
      await letters.nth(1).waitFor()
      await page.getByRole('button', { name: 'Dismiss all' }).click()
      await page.getByRole('button', { name: 'Keep them' }).click()
      await page.getByRole('button', { name: 'Dismiss all' }).click()
      await page.getByRole('button', { name: 'Yes, dismiss all' }).click()
      await part('Dead letters').getByText('No work was given up.').waitFor()
      const { items } = await site.call<DeadLetterListView>('/v1/queue/dead-letters')
      expect(items).toEqual([])
    })
  })

  describe('its settings', () => {
    beforeEach(async () => {
      await who.page.goto(`${site.url}/settings`)
      await part('Members').getByRole('listitem').first().waitFor()
    })

    const dialog = () => who.page.getByRole('dialog')
    const focused = (words: string) => who.page.getByText(words).and(who.page.locator(':focus'))
    /** What is shown this once; it is gone afterwards. */
    async function takeSecret(title: string): Promise<string> {
      const once = who.page.getByRole('region', { name: title })
      const secret = (await once.getByRole('code').first().textContent()) ?? ''
      await once.getByRole('button', { name: 'I have it' }).click()
      await once.waitFor({ state: 'detached' })
      await who.page.reload()
      await part('Members').getByRole('listitem').first().waitFor()
      expect(await who.page.content()).not.toContain(secret)
      return secret
    }

    it('let somebody in by a link, change what they may do, and end it', async () => {
      const { page } = who
      await page.getByRole('textbox', { name: /For whom/ }).fill('Grace')
      await page.getByRole('button', { name: 'Make a link' }).click()
      const grace = await site.joined(await takeSecret('The link for Grace'))
      await grace.page.goto(`${site.url}/settings`)
      await grace.page.getByRole('button', { name: 'Make a key' }).waitFor()
      await part('Members').getByText('Grace').waitFor()
      await part('Invitations').getByText('No open invitations.').waitFor()
      await page.getByRole('button', { name: 'Change role: Grace' }).click()
      await dialog()
        .getByRole('radio', { name: /^viewer/ })
        .check()
      expect(await violations(page)).toEqual([])
      await dialog().getByRole('button', { name: 'Change the role' }).click()
      await focused('Grace has the role viewer now.').waitFor()
      // Her own page follows, and offers her nothing that she may not do.
      await grace.page.getByRole('button', { name: 'Make a key' }).waitFor({ state: 'detached' })
      expect(await grace.page.getByRole('region', { name: 'Invitations' }).count()).toBe(0)
      expect(await grace.page.getByRole('button', { name: /Change|Remove|^Save$/ }).count()).toBe(0)
      const leave = grace.page.getByRole('button', { name: 'Leave the workspace' })
      expect(await leave.count()).toBe(1)
      await page.getByRole('button', { name: 'Remove Grace' }).click()
      await page.keyboard.press('Escape')
      await dialog().waitFor({ state: 'detached' })
      await page.getByRole('button', { name: 'Remove Grace' }).and(page.locator(':focus')).click()
      await dialog().getByRole('button', { name: 'Remove' }).click()
      await focused('Grace is a member no more.').waitFor()
      await grace.page.getByRole('heading', { name: 'You are signed out' }).waitFor()
      await grace.leave()
    })

    it('withdraw a link', async () => {
      const { page } = who
      await page.getByRole('textbox', { name: /For whom/ }).fill('Eve')
      await page.getByRole('button', { name: 'Make a link' }).click()
      const link = await takeSecret('The link for Eve')
      await page.getByRole('button', { name: 'Withdraw the invitation for Eve' }).click()
      await dialog().getByRole('button', { name: 'Withdraw' }).click()
      await focused('The link for Eve lets nobody in any more.').waitFor()
      expect((await fetch(link)).status).toBe(404)
    })

    it('make a key that holds until it is revoked, and tell when it was used', async () => {
      const { page } = who
      await page.getByRole('textbox', { name: 'What it is for' }).fill('Reports')
      await page.getByRole('combobox', { name: 'Holds for' }).selectOption('30 days')
      await page.getByRole('button', { name: 'Make a key' }).click()
      const key = await takeSecret('The key “Reports”')
      const ask = async () =>
        fetch(`${site.url}/v1/projects`, { headers: { authorization: `Bearer ${key}` } })
      const line = part('API keys').getByRole('listitem').filter({ hasText: 'Reports' })
      await line.getByText('never used').waitFor()
      expect((await ask()).status).toBe(200)
      await line.getByText('last used just now').waitFor()
      await page.getByRole('button', { name: 'Revoke the key Reports' }).click()
      await dialog().getByRole('button', { name: 'Keep it' }).click()
      expect((await ask()).status).toBe(200)
      await page.getByRole('button', { name: 'Revoke the key Reports' }).click()
      await dialog().getByRole('button', { name: 'Revoke' }).click()
      await focused('The key “Reports” holds no more.').waitFor()
      expect((await ask()).status).toBe(401)
      await page.getByText('1 key that ended').click()
      await line.getByText('revoked').waitFor()
    })

    it('hold for all, and say what cannot be done and why', async () => {
      const { page } = who
      await part('Workspace').getByRole('textbox', { name: 'Name' }).fill('Reading room')
      await page.getByRole('checkbox', { name: /Second factor/ }).check()
      await part('Workspace').getByRole('button', { name: 'Save' }).click()
      await part('Workspace').getByRole('alert').getByText('second_factor_not_shown').waitFor()
      await page.getByRole('checkbox', { name: /Second factor/ }).uncheck()
      await part('Workspace').getByRole('button', { name: 'Save' }).click()
      await part('Workspace').getByText('Saved.').waitFor()
      await page.getByRole('banner').getByText('Reading room').waitFor()
      const leave = page.getByRole('button', { name: 'Leave the workspace' })
      expect(await leave.getAttribute('aria-disabled')).toBe('true')
      const why = (await leave.getAttribute('aria-describedby')) ?? ''
      expect(await page.locator(`[id="${why}"]`).textContent()).toContain('The only owner')
      await leave.click({ force: true })
      expect(await dialog().count()).toBe(0)
    })

    it('set a budget and take it away', async () => {
      const amount = part('Budget').getByRole('textbox', { name: /US dollars a month/ })
      const set = part('Budget').getByRole('button', { name: 'Set the budget' })
      await amount.fill('much')
      await set.click()
      await part('Budget').getByRole('alert').getByText('invalid_request').waitFor()
      await amount.fill('25')
      await set.click()
      await focused('The budget is $25.00 a month now.').waitFor()
      await part('Budget').getByText('$25.00 left of $25.00').waitFor()
      await part('Budget').getByRole('button', { name: 'Take it away' }).click()
      await dialog().getByRole('button', { name: 'Take it away' }).click()
      await focused('There is no budget any more.').waitFor()
      expect(await site.call('/v1/budget')).toMatchObject({ limitUsd: null })
    })

    it('give their reader a name that the others see', async () => {
      const { page } = who
      const grace = await site.invited('Grace', 'viewer')
      await grace.page.goto(`${site.url}/settings`)
      const seen = grace.page.getByRole('region', { name: 'Members', exact: true })
      await seen.getByText(/^user [0-9a-f]{8}/).waitFor()
      await page.getByRole('textbox', { name: /Your name/ }).fill('Ada <i>L.</i>')
      await page.getByRole('button', { name: 'Save the name' }).click()
      await part('You').getByText('Saved.').waitFor()
      await seen.getByText('Ada <i>L.</i>').waitFor()
      expect(await seen.getByText(/^user /).count()).toBe(0)
      await grace.leave()
    })

    it('are left by signing out', async () => {
      const { page } = who
      await page.getByRole('button', { name: 'Sign out everywhere' }).click()
      await dialog().getByRole('button', { name: 'Stay signed in' }).click()
      const grace = await site.invited('Grace', 'member')
      await grace.page.goto(`${site.url}/settings`)
      await grace.page.getByRole('button', { name: 'Sign out', exact: true }).click()
      await grace.page.getByRole('heading', { name: 'You are signed out' }).waitFor()
      expect((await grace.page.request.get(`${site.url}/v1/me`)).status()).toBe(401)
      await grace.leave()
    })

    for (const colorScheme of ['light', 'dark'] as const) {
      it(`have no violation that axe knows of, ${colorScheme}`, async () => {
        const one = await site.person({ colorScheme, reducedMotion: 'reduce' })
        await one.page.goto(`${site.url}/settings`)
        await one.page.getByText('No open invitations.').waitFor()
        await one.page.getByText('no budget').waitFor()
        expect(await violations(one.page)).toEqual([])
        await one.page.getByRole('textbox', { name: /For whom/ }).fill('Eve')
        await one.page.getByRole('button', { name: 'Make a link' }).click()
        await one.page.getByRole('region', { name: 'The link for Eve' }).waitFor()
        await one.page.getByRole('button', { name: /Withdraw/ }).click()
        expect(await violations(one.page)).toEqual([])
        await one.page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click()
        await one.page.getByText('No open invitations.').waitFor()
        await one.leave()
      })
    }

    it('need no scrolling sideways on a narrow screen', async () => {
      const { page } = who
      await page.setViewportSize({ width: 320, height: 640 })
      await page.getByRole('textbox', { name: 'What it is for' }).fill('Reports')
      await page.getByRole('button', { name: 'Make a key' }).click()
      await page.getByRole('region', { name: 'The key “Reports”' }).waitFor()
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320)
    })
  })
})
