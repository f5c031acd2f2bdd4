import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { chromiumPath } from '../support/browser.ts'
import { violations } from './axe.ts'
import { openSite, type Site } from './site.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

/** Each view, and words that are there once it is. */
const views = [
  ['talk', 'We need an app for our library'],
  ['plan', 'Requirements Document'],
  ['plan?doc=tasks.md', 'Implementation Plan'],
  ['plan?doc=trace', 'Words it rests on'],
  ['plan?doc=changes', 'This is the first version'],
  ['plan?doc=requirements.md&edit=', 'Save as a new version'],
  ['build', 'No build yet'],
  ['cost', 'Nothing was built yet'],
  ['history', 'plan.ready'],
  ['history?doc=people', 'Nobody has done anything yet'],
  ['export', 'The .kiro pack'],
] as const

describe.skipIf(chromiumPath === undefined)('a project for everybody', () => {
  let site: Site
  let id: string
  beforeAll(async () => {
    site = await openSite()
    id = await site.planned()
  })
  afterAll(async () => {
    await site.close()
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has no violation that axe knows of on any view, ${colorScheme}`, async () => {
      const who = await site.person({ colorScheme, reducedMotion: 'reduce' })
      for (const [view, words] of views) {
        await who.open(id, view)
        await who.page.getByText(words).first().waitFor()
        expect({ view, found: await violations(who.page) }).toEqual({ view, found: [] })
      }
      await who.leave()
    })
  }

  it('needs no scrolling sideways on a narrow screen', async () => {
    const who = await site.person({ viewport: { width: 320, height: 640 } })
    const { projectId: long } = await site.call<{ projectId: string }>('/v1/conversations', {
      transcript: 'Client: Members can book rooms.',
      title: 'W'.repeat(100),
    })
    await site.reached(long, 'awaiting_approval')
    for (const [view, words, project = id] of [...views, ['plan', views[1][1], long] as const]) {
      await who.open(project, view)
      await who.page.getByText(words).first().waitFor()
      const width = await who.page.evaluate('document.documentElement.scrollWidth')
      expect({ view, fits: Number(width) <= 320 }).toEqual({ view, fits: true })
    }
    await who.leave()
  })
})
