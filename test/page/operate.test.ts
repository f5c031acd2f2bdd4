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

describe.skipIf(chromiumPath === undefined)('the operators’ page', () => {
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
    await who.page.goto(`${site.url}/operate`)
    await who.page.getByRole('heading', { name: 'Recent errors' }).waitFor()
  })
  afterEach(async () => {
    await who.leave()
  })

  const part = (name: string) => who.page.getByRole('region', { name, exact: true })

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
    expect(await who.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320)
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
