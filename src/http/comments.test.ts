import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { onEveryDatabase } from '../../test/support/databases.ts'
import { adminKey } from '../../test/support/server.ts'
import { asCaller } from '../store/caller.ts'
import { listAudit } from '../store/audit.ts'
import { listPlanComments } from '../store/plan-comments.ts'
import type { CommentListView, CommentView } from './comment-views.ts'
import { fileOf, startVersionRig, type VersionRig } from './testing/version-rig.ts'
import type { PlanView } from './views.ts'

onEveryDatabase('comments on a plan', (database) => {
  let rig: VersionRig
  beforeAll(async () => {
    rig = await startVersionRig(database())
  })
  afterAll(async () => {
    await rig.stop()
  })

  const pathOf = (id: string) => `/v1/projects/${id}/comments`
  const onFirst = { document: 'requirements.md', ref: '1.1', body: 'Who may do this?' } as const

  it('stand with their line over all versions, and everybody hears of them', async () => {
    const { id, first } = await rig.started()
    const path = pathOf(id)
    const made = await rig.send<CommentView>('POST', path, onFirst)
    expect(made).toMatchObject({
      ...onFirst,
      planVersion: 1,
      author: rig.server.ownerId,
      resolved: null,
    })
    expect(fileOf(first, 'requirements.md')).toContain(made.quote)
    const heard = await rig.server.until(id, ({ body }) => body.type === 'comment.added')
    expect(heard.body).toEqual({
      type: 'comment.added',
      comment: made.id,
      document: 'requirements.md',
      ref: '1.1',
      by: rig.server.ownerId,
    })
    const design = `${fileOf(first, 'design.md')}\nMore.\n`
    const edit = { planHash: first.hash, documents: { 'design.md': design } }
    await rig.send<PlanView>('PUT', `/v1/projects/${id}/plan`, edit)
    expect(await rig.get<CommentListView>(path)).toEqual({ items: [made] })
  })

  it('are resolved once, and stay to be read', async () => {
    const { id } = await rig.started()
    const task = { document: 'tasks.md', ref: '1', body: 'Is this needed?' }
    const made = await rig.send<CommentView>('POST', pathOf(id), task)
    const resolve = `${pathOf(id)}/${made.id}/resolve`
    const resolved = await rig.send<CommentView>('POST', resolve, {})
    expect(resolved.resolved).toMatchObject({ by: rig.server.ownerId })
    expect(await rig.send<CommentView>('POST', resolve, {})).toEqual(resolved)
    expect(await rig.get<CommentListView>(pathOf(id))).toEqual({ items: [resolved] })
    const { workspaceId, pipeline } = rig.server
    const lines = await listAudit(pipeline.database.db, workspaceId, 2)
    expect(lines.map(({ action, target }) => [action, target])).toEqual([
      ['comment.resolve', id],
      ['comment.add', id],
    ])
  })

  it('are refused on a line that the plan does not have, and without words', async () => {
    const { id } = await rig.started()
    const nowhere = { ...onFirst, ref: '99.9' }
    expect(await rig.refused('POST', pathOf(id), nowhere)).toMatchObject({
      status: 422,
      code: 'unknown_line',
      version: 1,
    })
    for (const wrong of [
      { ...onFirst, body: ' \u0000 ' },
      { ...onFirst, document: '../plan.md' },
      { ...onFirst, body: 'x'.repeat(4_001) },
    ]) {
      expect(await rig.refused('POST', pathOf(id), wrong)).toMatchObject({
        code: 'invalid_request',
      })
    }
    const unknown = `${pathOf(id)}/${randomUUID()}/resolve`
    expect(await rig.refused('POST', unknown, {})).toMatchObject({ code: 'not_found' })
  })

  it('keep hostile words as they are', async () => {
    const { id } = await rig.started()
    const body = '<img src=x onerror=alert(1)> \ud83d\ude00 \ud800 `rm -rf /`'
    const made = await rig.send<CommentView>('POST', pathOf(id), { ...onFirst, body })
    expect(made.body).toBe('<img src=x onerror=alert(1)> \ud83d\ude00 \ufffd `rm -rf /`')
  })

  it('are made once by a request that comes twice', async () => {
    const { id } = await rig.started()
    const headers = {
      authorization: `Bearer ${adminKey}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    }
    const ask = () =>
      rig.server.app.request(pathOf(id), {
        method: 'POST',
        headers,
        body: JSON.stringify(onFirst),
      })
    const [first, second] = [await (await ask()).json(), await (await ask()).json()]
    expect(second).toEqual(first)
    expect((await rig.get<CommentListView>(pathOf(id))).items).toHaveLength(1)
  })

  it('are seen by nobody of another workspace', async () => {
    const { id } = await rig.started()
    await rig.send('POST', pathOf(id), onFirst)
    const { db } = rig.server.pipeline.database
    const { workspaceId } = rig.server
    const stranger = { userId: randomUUID(), workspaceId, role: 'owner', via: 'session' } as const
    expect(await asCaller(db, stranger, (tx) => listPlanComments(tx, id))).toEqual([])
  })
})
