import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { chromiumPath } from '../support/browser.ts'
import { violations } from './axe.ts'
import { openSite, type Site, type Visitor } from './site.ts'

// A whole server and a browser work in here, on whatever machine; this only ends what hangs.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

describe.skipIf(chromiumPath === undefined)('a project in the browser', () => {
  let site: Site
  let one: Visitor
  beforeAll(async () => {
    site = await openSite()
  })
  afterAll(async () => {
    await site.close()
  })
  beforeEach(async () => {
    one = await site.person()
  })
  afterEach(async () => {
    await one.leave()
  })

  const editor = ({ page }: Visitor, name: string) =>
    page.getByRole('textbox', { name: `Text of ${name}` })
  const save = ({ page }: Visitor) => page.getByRole('button', { name: 'Save as a new version' })

  it('has its plan edited with the checks as one types, and shows what changed', async () => {
    const id = await site.planned()
    const { page } = one
    await one.open(id, 'plan?doc=tasks.md')
    await page.getByRole('link', { name: 'Edit', exact: true }).click()
    const area = editor(one, 'tasks.md')
    const text = await area.inputValue()
    await area.fill(text.replace(/_Requirements: [^_]*_/, '_Requirements: 99.1_'))
    const finding = page.getByRole('button', { name: /error.*99\.1/s }).first()
    await finding.waitFor()
    await finding.click()
    await area.and(page.locator(':focus')).waitFor()
    await area.fill(text.replace('## Notes', '## Notes\n\n- Written by a person'))
    await page.getByText('No errors', { exact: false }).waitFor()
    await save(one).click()
    await area.waitFor({ state: 'detached' })
    await page.getByText('Written by a person').waitFor()
    const versions = page.getByRole('navigation', { name: 'Versions of the plan' })
    await versions.getByRole('link', { name: /Version 2.*edited by you/s }).waitFor()
    await page.getByRole('link', { name: 'What changed' }).click()
    await page.getByRole('cell', { name: /Added: - Written by a person/ }).waitFor()
    await versions.getByRole('link', { name: /Version 1/ }).click()
    await page.getByText('This is version 1.').waitFor()
    await page.goBack()
    await page.getByRole('heading', { name: 'What version 2 changed' }).waitFor()
    expect(new URL(page.url()).search).toBe('?doc=changes')
  })

  it('keeps what was typed when the page is loaded anew', async () => {
    const id = await site.planned()
    await one.open(id, 'plan?doc=design.md&edit=')
    const area = editor(one, 'design.md')
    const text = await area.inputValue()
    await area.fill(`${text}\nNot saved yet.\n`)
    await one.page.reload()
    expect(await editor(one, 'design.md').inputValue()).toContain('Not saved yet.')
    await one.page.getByRole('button', { name: 'Discard what I typed' }).click()
    await one.page.getByRole('link', { name: 'Edit', exact: true }).click()
    expect(await editor(one, 'design.md').inputValue()).toBe(text)
  })

  it('loses no word of two people who write at once', async () => {
    const id = await site.planned()
    const two = await site.invited('Grace', 'member')
    for (const who of [one, two]) await who.open(id, 'plan?doc=design.md&edit=')
    const text = await editor(one, 'design.md').inputValue()
    await editor(one, 'design.md').fill(text.replace('## Overview', '## Overview\n\nFrom one.'))
    await editor(two, 'design.md').fill(`${text.trimEnd()}\n\nFrom two.\n`)
    await save(two).click()
    await one.page.getByText('Version 2 was made meanwhile by Grace.').waitFor()
    const put = one.page.getByRole('button', { name: 'Put my changes on version 2' })
    await put.waitFor()
    expect(await editor(one, 'design.md').inputValue()).toContain('From one.')
    await put.click()
    await save(one).click()
    await editor(one, 'design.md').waitFor({ state: 'detached' })
    await one.page.getByText('From two.').waitFor()
    const saved = await site.plan(id)
    expect(saved.version).toBe(3)
    const design = saved.plan.files.find(({ path }) => path.endsWith('/design.md'))?.content
    expect(design).toContain('From one.')
    expect(design).toContain('From two.')
    await two.leave()
  })

  it('lets each of two people choose for the lines that both have changed', async () => {
    const id = await site.planned()
    const two = await site.invited('Ben', 'member')
    for (const who of [one, two]) await who.open(id, 'plan?doc=design.md&edit=')
    const text = await editor(one, 'design.md').inputValue()
    const { page } = one
    const saying = (words: string) => text.replace('## Overview', `## Overview\n\n${words}`)
    await editor(one, 'design.md').fill(`${saying('From one.')}\nMore.\n`)
    await editor(two, 'design.md').fill(saying('From two.'))
    await save(two).click()
    const put = page.getByRole('button', { name: 'Put my changes on version 2' })
    await put.waitFor()
    expect(await put.isDisabled()).toBe(true)
    const place = page.getByRole('group', { name: '1 of 1 place that both have changed' })
    expect(await violations(page)).toEqual([])
    await place.getByRole('radio', { name: /^Version 2\s*From two/ }).check()
    await put.click()
    const merged = await editor(one, 'design.md').inputValue()
    expect(merged).toBe(`${saying('From two.')}\nMore.\n`)
    await two.leave()
  })

  it('shows a comment to everybody who looks, and takes it away when it is resolved', async () => {
    const id = await site.planned()
    const two = await site.invited('Ada', 'member')
    for (const who of [one, two]) await who.open(id, 'plan?doc=requirements.md')
    await one.page.getByRole('button', { name: 'Comment on 1.1', exact: true }).click()
    await one.page.getByRole('textbox', { name: 'Comment on 1.1' }).fill('Who may <b>borrow</b>?')
    await one.page.getByRole('button', { name: 'Comment', exact: true }).click()
    await two.page.getByText('Who may <b>borrow</b>?').waitFor()
    await two.page.getByRole('button', { name: 'Resolve' }).click()
    const resolved = one.page.getByRole('button', { name: 'Show 1 resolved comment' })
    await resolved.waitFor()
    expect(await one.page.getByText('Who may <b>borrow</b>?').isVisible()).toBe(false)
    await resolved.click()
    await one.page.getByText('resolved by Ada').waitFor()
    await two.leave()
  })

  it('has its open questions answered where it waits for approval', async () => {
    const id = await site.planned()
    const { page } = one
    await one.open(id, 'plan')
    await page.getByRole('textbox', { name: 'Answer to O1' }).fill('Three weeks.')
    await page.getByRole('radio', { name: /Members cannot cancel a loan/ }).check()
    await page.getByRole('button', { name: 'Answer and plan anew' }).click()
    await page.getByText('the files of version 2 are built').waitFor()
    expect((await site.plan(id)).version).toBe(2)
    expect(await page.getByText('No question was left open.').isVisible()).toBe(true)
  })

  it('ends with the reason when its plan is rejected', async () => {
    const id = await site.planned()
    const { page } = one
    await one.open(id, 'plan')
    await page.getByRole('button', { name: 'Reject' }).click()
    await page.getByRole('textbox', { name: 'What is wrong' }).fill('Too little.')
    await page.getByRole('button', { name: 'Reject the plan' }).click()
    await page.getByText('The plan was rejected: Too little.').waitFor()
    expect(await page.getByText('Cancelled').first().isVisible()).toBe(true)
  })

  it('refuses to approve what was not read, with the code and what to do', async () => {
    const id = await site.planned()
    const { page } = one
    await one.open(id, 'plan')
    await page.route('**/approve', async (route) => {
      const body = { ...(route.request().postDataJSON() as object), planHash: 'ab'.repeat(32) }
      await route.continue({ postData: JSON.stringify(body) })
    })
    await page.getByRole('button', { name: 'Approve and build' }).click()
    const alert = page.getByRole('alert')
    await alert.getByText('plan_changed').waitFor()
    expect(await alert.textContent()).toContain('Read the new version and approve that one.')
  })

  it('is built once it is approved, and tells who approved it', async () => {
    const id = await site.planned()
    const { page } = one
    await one.open(id, 'plan')
    await page.getByText('the built-in builder uses no model').waitFor()
    await page.getByRole('button', { name: 'Approve and build' }).click()
    await page.getByText('Completed').first().waitFor()
    await page.getByRole('link', { name: 'History' }).click()
    await page.getByRole('searchbox', { name: 'Words to look for' }).fill('approved')
    await page.getByText(/Plan [0-9a-f]{12} approved, by you/).waitFor()
    await page.getByRole('link', { name: 'Who did what' }).click()
    await page.getByText('plan.approve').waitFor()
    await page.reload()
    await page.getByText('plan.approve').waitFor()
    expect((await site.plan(id)).approved).toMatchObject({ how: 'person' })
  })

  it('is approved by somebody else where the workspace wants four eyes', async () => {
    const two = await site.invited('Joan', 'member')
    const setFourEyes = (fourEyes: boolean) => site.call('/v1/workspace', { fourEyes }, 'PATCH')
    const press = ({ page }: Visitor) => page.getByRole('button', { name: 'Approve and build' })
    const id = await site.planned()
    for (const who of [one, two]) await who.open(id, 'plan')
    await press(one).waitFor()
    await setFourEyes(true)
    try {
      // The setting came while they looked: they are told at once.
      await one.page.getByText('waits for the approval of somebody else').waitFor()
      expect(await press(one).getAttribute('aria-disabled')).toBe('true')
      const why = (await press(one).getAttribute('aria-describedby')) ?? ''
      const reason = (await one.page.locator(`[id="${why}"]`).textContent()) ?? ''
      expect(reason).toMatch(/Ask another member\..*four_eyes/)
      await press(one).focus()
      await one.page.keyboard.press('Enter')
      expect(await one.page.getByRole('alert').count()).toBe(0)
      expect(await violations(one.page)).toEqual([])
      await press(two).click()
      await site.reached(id, 'building')
      await one.page.getByRole('link', { name: 'History' }).click()
      await one.page.getByText(/approved, by Joan/).waitFor()
      expect((await site.plan(id)).approved).toMatchObject({ how: 'person' })
    } finally {
      await setFourEyes(false)
    }
    await two.leave()
  })

  it('is read, and neither written nor decided, by who may look alone', async () => {
    const id = await site.planned()
    const viewer = await site.invited('Mary', 'viewer')
    const { page } = viewer
    await viewer.open(id, 'plan?doc=requirements.md&edit=')
    await page.getByText('You may look; a member of the workspace decides.').waitFor()
    await page.getByText('How long may a member keep a book?').first().waitFor()
    for (const name of ['Edit', 'Approve and build', 'Cancel project', 'Comment on 1.1']) {
      expect(await page.getByRole('button', { name, exact: true }).count()).toBe(0)
    }
    await viewer.leave()
  })

  it('is left as files', async () => {
    const id = await site.planned()
    const { page } = one
    await one.open(id, 'export')
    for (const [name, file] of [
      ['The .kiro pack', /\.kiro\.zip$/],
      ['The plan to read', /\.pdf$/],
      ['The trace', /^trace\.json$/],
      ['The brief', /\.brief\.md$/],
    ] as const) {
      const started = page.waitForEvent('download')
      await page.getByRole('link', { name: `Download ${name}` }).click()
      expect((await started).suggestedFilename()).toMatch(file)
    }
  })

  it('lights the words of a requirement, and tells of a turn what it became', async () => {
    const id = await site.planned()
    const { page } = one
    await one.open(id, 'talk')
    await page
      .getByRole('button', { name: /Members can borrow books/ })
      .first()
      .focus()
    await page.locator('mark').first().waitFor()
    await page.getByRole('button', { name: /Left open 1/ }).click()
    const turns = page.getByRole('region', { name: 'The talk' }).locator('[data-turn]')
    await expect.poll(() => turns.count()).toBeLessThan(4)
    const unsure = turns.filter({ hasText: 'not sure yet' })
    await unsure.click()
    await unsure.getByText(/Left open: O1/).waitFor()
  })

  it('is read, commented and approved with the keyboard alone', async () => {
    const id = await site.planned()
    const { page } = one
    await one.open(id, 'plan?doc=requirements.md')
    const press = async (role: 'link' | 'button', name: string) => {
      const wanted = page.getByRole(role, { name, exact: true }).first()
      await wanted.waitFor()
      const focused = wanted.and(page.locator(':focus'))
      const isThere = async () => (await focused.count()) > 0
      for (let steps = 0; steps < 200 && !(await isThere()); steps += 1) {
        await page.keyboard.press('Tab')
      }
      expect(await isThere()).toBe(true)
      await page.keyboard.press('Enter')
    }
    await press('button', 'Comment on 1')
    await page.keyboard.type('By keyboard.')
    await press('button', 'Comment')
    await page.getByText('By keyboard.').waitFor()
    await press('link', 'What changed')
    await page.getByText('This is the first version').waitFor()
    await page.keyboard.press('Alt+ArrowLeft')
    await page.reload()
    await press('button', 'Approve and build')
    await site.reached(id, 'building')
  })
})
