import { fileURLToPath } from 'node:url'
import type { Locator } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { BuildListView } from '../../src/http/views.ts'
import { ownFiles } from '../../src/runner/testing/rig.ts'
import { chromiumPath } from '../support/browser.ts'
import { startFaultProxy } from '../support/fault-proxy.ts'
import { violations } from './axe.ts'
import { openSite, type Site, type Visitor } from './site.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

/** Asks a person before it begins with its first task, whenever it builds. */
const agent = {
  agent: 'scripted',
  command: process.execPath,
  args: [
    fileURLToPath(new URL('../../src/runner/testing/task-agent.ts', import.meta.url)),
    JSON.stringify({ '1.1': ['asks'] }),
  ],
  readable: ownFiles,
  permissions: { rules: [], otherwise: 'ask' },
}

describe.skipIf(chromiumPath === undefined)('a build in the browser', () => {
  let site: Site
  let who: Visitor
  beforeAll(async () => {
    site = await openSite({ TALKWRIGHT_AGENT: JSON.stringify(agent), TALKWRIGHT_SANDBOX: 'off' })
  })
  afterAll(async () => {
    await site.close()
  })
  beforeEach(async () => {
    who = await site.person()
  })
  afterEach(async () => {
    await who.leave()
  })

  /** A project whose build waits for an answer, and the question's name. */
  async function asking(): Promise<{ id: string; answer: () => Promise<unknown> }> {
    const id = await site.planned()
    const { hash } = await site.plan(id)
    await site.call(`/v1/projects/${id}/approve`, { planHash: hash })
    await site.told(id, 'build.needs_input')
    return {
      id,
      answer: async () => {
        const { items } = await site.call<BuildListView>(`/v1/projects/${id}/builds`)
        const [build] = items
        const question = build?.questions[0]
        if (build === undefined || question === undefined) throw new Error('It asks nothing.')
        const body = { question: question.input_id, option: question.options[0]?.id }
        return site.call(`/v1/projects/${id}/builds/${build.id}/answer`, body)
      },
    }
  }

  /** What the present place of the history holds. */
  const noted = (part: Locator): Promise<unknown> =>
    part.evaluate((element) => element.ownerDocument.defaultView?.history.state)

  const asked = () => who.page.getByRole('region', { name: 'Question of the agent' })
  const completed = () => who.page.getByRole('region', { name: 'The build' }).getByText('Completed')

  it('goes on when its question is answered with a button, and ticks live', async () => {
    const { id } = await asking()
    const { page } = who
    await who.open(id, 'build?tasks=graph')
    await asked().getByText('npm publish', { exact: false }).waitFor()
    await page.getByText('Waits for an answer').first().waitFor()
    expect(await violations(page)).toEqual([])
    const first = page.getByLabel(/^Done: 1\.1 /)
    expect(await first.count()).toBe(0)
    await asked().getByRole('button').first().click()
    await completed().waitFor()
    await first.waitFor()
    expect(await asked().count()).toBe(0)
    await page.getByRole('button', { name: 'List' }).click()
    await page.getByRole('region', { name: 'List of tasks' }).getByText('1.1').first().waitFor()
    expect(new URL(page.url()).search).toBe('')
  })

  it('shows of its log what is looked for, and keeps that by a reload', async () => {
    const { id, answer } = await asking()
    await answer()
    await site.reached(id, 'completed')
    const { page } = who
    await who.open(id, 'build')
    const log = page.getByRole('region', { name: 'Log', exact: true })
    await log.getByText(/^\d+ lines$/).waitFor()
    await log.getByRole('button', { name: 'runner' }).click()
    await log.getByText(/^\d+ of \d+ lines$/).waitFor()
    const said = await log.locator('.log-text').first().textContent()
    const word = said?.trim().split(/\s/)[0] ?? ''
    await log.getByRole('searchbox').fill(word.toUpperCase())
    const mark = log.locator('mark').getByText(word, { exact: true }).first()
    await mark.waitFor()
    await page.reload()
    await mark.waitFor()
    expect(await log.getByRole('button', { name: 'runner' }).getAttribute('aria-pressed')).toBe(
      'true',
    )
    const lines = page.getByRole('region', { name: 'Lines of the log' })
    await log.getByRole('searchbox').fill('')
    await log.getByRole('button', { name: 'runner' }).click()
    await page.setViewportSize({ width: 1280, height: 420 })
    await lines.evaluate((pane) => pane.scrollTo(0, 150))
    await expect.poll(() => noted(lines)).toMatchObject({ logLine: expect.any(Number) })
    /** The two lines at the top, of which the first may be half out of sight. */
    const onTop = () =>
      lines.evaluate((pane) => {
        const { top } = pane.getBoundingClientRect()
        return [...pane.querySelectorAll('.log-line')]
          .filter((line) => line.getBoundingClientRect().bottom > top)
          .slice(0, 2)
          .map(({ textContent }) => textContent)
      })
    const [before] = await onTop()
    await page.reload()
    await expect.poll(onTop).toContain(before)
    await log.getByRole('button', { name: 'Follow the end' }).waitFor()
    await who.open(id, 'talk')
    const turns = page.getByRole('region', { name: 'The talk' })
    await turns.evaluate((pane) => pane.scrollTo(0, 60))
    await expect.poll(() => noted(turns)).toMatchObject({ turnsScrolledTo: 60 })
    await page.getByRole('link', { name: 'Cost' }).click()
    await page.getByRole('heading', { name: 'Builds' }).waitFor()
    await page.goBack()
    await expect.poll(() => turns.evaluate((pane) => pane.scrollTop)).toBe(60)
    await page.goBack()
    await log.getByRole('searchbox').fill('nothing holds this')
    await log.getByText('No line fits.').waitFor()
    const dark = await site.person({ colorScheme: 'dark', reducedMotion: 'reduce' })
    await dark.open(id, `build?tasks=graph&find=${encodeURIComponent(word)}`)
    await dark.page.locator('mark').first().waitFor()
    expect(await violations(dark.page)).toEqual([])
    await dark.leave()
  })

  it('is cancelled in the middle and run again to its end', async () => {
    const { id } = await asking()
    const { page } = who
    await who.open(id, 'build')
    await asked().waitFor()
    await page.getByRole('button', { name: 'Cancel project' }).click()
    await page.getByRole('button', { name: 'Cancel for good' }).click()
    await page.getByRole('region', { name: 'The build' }).getByText('Cancelled').waitFor()
    await page.getByRole('combobox', { name: 'Run again from' }).selectOption('from the build')
    await page.getByRole('button', { name: 'Run again' }).click()
    await asked().waitFor()
    await asked().getByRole('button').first().click()
    await completed().waitFor()
    const attempt = page.getByRole('combobox', { name: 'Attempt' })
    expect(await attempt.locator('option').allTextContents()).toEqual([
      '2 of 2, completed',
      '1 of 2, cancelled',
    ])
  })

  it('misses nothing of what happened while the network was away', async () => {
    const { id, answer } = await asking()
    const proxy = await startFaultProxy({
      target: { host: '127.0.0.1', port: Number(new URL(site.url).port) },
    })
    const away = await site.personAt(proxy.port)
    const { page } = away
    try {
      await away.open(id, 'build')
      await page.getByRole('region', { name: 'Question of the agent' }).waitFor()
      await page.getByText('Live', { exact: true }).waitFor()
      proxy.set({ kind: 'cut' })
      await page.getByText('Live', { exact: true }).waitFor({ state: 'detached' })
      await answer()
      await site.reached(id, 'completed')
      expect(await page.getByText('Completed').count()).toBe(0)
      proxy.set({ kind: 'pass' })
      await page.getByText('Live', { exact: true }).waitFor()
      await page.getByRole('region', { name: 'The build' }).getByText('Completed').waitFor()
      const seen = await page.getByText(/^[\d,]+ lines$/).textContent()
      await page.reload()
      await page.getByText('Live', { exact: true }).waitFor()
      await page.getByText(seen ?? 'nothing', { exact: true }).waitFor()
    } finally {
      await away.leave()
      await proxy.stop()
    }
  })
})
