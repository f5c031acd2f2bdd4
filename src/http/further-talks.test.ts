import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { onEveryDatabase } from '../../test/support/databases.ts'
import { reconcile } from '../pipeline/worker.ts'
import { startVersionRig, talk, type VersionRig } from './testing/version-rig.ts'
import type { ConversationView, EventListView } from './views.ts'

onEveryDatabase('a further talk of a project', (database) => {
  let rig: VersionRig
  beforeAll(async () => {
    rig = await startVersionRig(database())
  })
  afterAll(async () => {
    await rig.stop()
  })

  const further = `Agent: What has changed?
Client: Actually, members cannot borrow books for themselves, only librarians can lend books.
Client: Members can rate books.`

  it('is analysed with the first, and its turns are numbered on', async () => {
    const { id } = await rig.started()
    expect(await rig.upload(further, id)).toBe(id)
    const second = await rig.planned(id, 2)
    const { turns } = await rig.get<ConversationView>(`/v1/projects/${id}/conversation`)
    expect(turns.map((turn) => turn.id)).toEqual(turns.map((_, index) => `t${index + 1}`))
    expect(turns.at(-1)?.text).toBe('Members can rate books.')
    const { brief: after } = await rig.brief(id)
    expect(after.items).toContainEqual(
      expect.objectContaining({
        statement: 'Members can rate books.',
        citations: [{ turn: 't11', quote: 'Members can rate books.' }],
      }),
    )
    expect(second.plan.feature).toBe((await rig.plan(id, 1)).plan.feature)
  })

  it('waits while the project is built and starts the next version after the build', async () => {
    const { id } = await rig.started()
    const buildId = await rig.build(id)
    await rig.upload(further, id)
    expect(await rig.project(id)).toMatchObject({ status: 'building' })
    const { parts } = await rig.get<ConversationView>(`/v1/projects/${id}/conversation`)
    expect(parts.at(-1)?.awaitsBuild).toBe(true)
    await reconcile(rig.server.pipeline)
    expect(await rig.project(id)).toMatchObject({ status: 'building' })
    await rig.complete(buildId)
    await reconcile(rig.server.pipeline)
    await rig.planned(id, 2)
    const { items } = await rig.get<EventListView>(`/v1/projects/${id}/events`)
    expect(items.filter(({ body }) => body.type === 'conversation.received')).toHaveLength(2)
  })

  it('takes the place of an analysis that is under way', async () => {
    const id = await rig.upload(talk)
    await rig.upload(further, id)
    await rig.upload('Client: Members can lend books to friends.', id)
    await rig.server.until(id, ({ body }) => body.type === 'plan.ready')
    await expect
      .poll(async () => (await rig.brief(id)).brief.items.map(({ statement }) => statement))
      .toContain('Members can lend books to friends.')
    const { turns } = await rig.get<ConversationView>(`/v1/projects/${id}/conversation`)
    expect(turns.at(-1)?.id).toBe('t12')
  })

  it('may be one in which nobody spoke, which changes nothing', async () => {
    const { id } = await rig.started()
    const body = { transcript: 'Agent: Is anybody there?', project: id }
    expect(await rig.send('POST', '/v1/conversations', body)).toMatchObject({ projectId: null })
    expect(await rig.project(id)).toMatchObject({ status: 'awaiting_approval' })
  })

  it('needs a project that is the caller’s', async () => {
    const body = { transcript: further, project: randomUUID() }
    expect(await rig.refused('POST', '/v1/conversations', body)).toMatchObject({ status: 404 })
  })
})
