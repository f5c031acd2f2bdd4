import { afterAll, beforeAll, expect, it } from 'vitest'
import { onEveryDatabase } from '../../test/support/databases.ts'
import { startVersionRig, type VersionRig } from './testing/version-rig.ts'
import type { AuditListView } from './audit-views.ts'

onEveryDatabase('what can be taken away of a project', (database) => {
  let rig: VersionRig
  beforeAll(async () => {
    rig = await startVersionRig(database())
  })
  afterAll(async () => {
    await rig.stop()
  })

  it('is the plan as a PDF, of any version', async () => {
    const { id } = await rig.started()
    const { plan } = await rig.plan(id)
    const response = await rig.server.call('GET', `/v1/projects/${id}/plan.pdf?version=1`)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/pdf')
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="${plan.feature}.pdf"`,
    )
    const bytes = Buffer.from(await response.arrayBuffer()).toString('latin1')
    expect(bytes.slice(0, 8)).toMatch(/^%PDF-1\.\d/)
    expect(bytes.trimEnd()).toMatch(/%%EOF$/)
    expect((await rig.server.call('GET', `/v1/projects/${id}/plan.pdf?version=9`)).status).toBe(404)
  })

  it('is the brief as Markdown', async () => {
    const { id } = await rig.started()
    const { brief } = await rig.brief(id)
    const response = await rig.server.call('GET', `/v1/projects/${id}/brief.md`)
    expect(response.headers.get('content-type')).toBe('text/markdown; charset=utf-8')
    const text = await response.text()
    for (const item of brief.items) expect(text).toContain(`**${item.id}**`)
    expect(text).toContain(`**${brief.openQuestions[0]?.id}**`)
  })

  it('tells who did what to it, page by page', async () => {
    const { id } = await rig.started()
    const path = `/v1/projects/${id}/comments`
    for (const ref of ['1', '1.1']) {
      await rig.send('POST', path, { document: 'requirements.md', ref, body: 'Why?' })
    }
    const first = await rig.get<AuditListView>(`/v1/projects/${id}/audit?limit=1`)
    expect(first.items).toMatchObject([
      { actor: rig.server.ownerId, action: 'comment.add', details: { ref: '1.1' } },
    ])
    const cursor = encodeURIComponent(first.nextCursor ?? '')
    const rest = await rig.get<AuditListView>(`/v1/projects/${id}/audit?limit=9&cursor=${cursor}`)
    expect(rest.items.map(({ details }) => details['ref'])).toContain('1')
    expect(rest.items.map((line) => line.id)).not.toContain(first.items[0]?.id)
    expect(rest.nextCursor).toBeNull()
  })
})
