import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { onEveryDatabase } from '../../test/support/databases.ts'
import { startTestServer, type TestServer } from '../../test/support/server.ts'
import { makeWorkspace } from '../ops/testing/aged.ts'
import { askForMissingTranscripts, maxAsked } from '../pipeline/fetch-transcript.ts'
import { createTavusClient, type TavusClient } from '../sources/tavus/client.ts'
import { startTavusServer, type TavusServer } from '../sources/testing/tavus-server.ts'
import { listAudit } from '../store/audit.ts'
import { insertConversation } from '../store/conversations.ts'
import { insertDeadLetter } from '../store/dead-letters.ts'
import type { ConversationCreatedView } from './views.ts'
import type { ConversationStateView, WaitingListView } from './waiting-conversations.ts'

const hourMs = 60 * 60 * 1_000
const dayMs = 24 * hourMs

onEveryDatabase('conversations that have no project yet', (database) => {
  let api: TavusServer
  let tavus: TavusClient
  let server: TestServer
  let now = new Date()
  beforeAll(async () => {
    const clock = () => now
    api = await startTavusServer('tavus-key', { concurrent: 10 })
    tavus = createTavusClient({ apiKey: 'tavus-key', baseUrl: api.baseUrl, fetch, clock })
    server = await startTestServer(database(), { tavus, clock })
  })
  afterAll(async () => {
    await server.stop()
    await api[Symbol.asyncDispose]()
  })

  async function get<T>(path: string): Promise<T> {
    const answer = await server.call('GET', path)
    expect([path, answer.status]).toEqual([path, 200])
    return (await answer.json()) as T
  }
  const stateOf = (id: string) => get<ConversationStateView>(`/v1/conversations/${id}`)
  const listed = async () => (await get<WaitingListView>('/v1/conversations?limit=200')).items

  /** A conversation has no log of its own: it is asked until it is as wanted. */
  async function until(id: string, wanted: (state: ConversationStateView) => boolean) {
    for (;;) {
      const state = await stateOf(id)
      if (wanted(state)) return state
      await new Promise((next) => setTimeout(next, 20))
    }
  }

  const begunAt = (id: string, at: Date) =>
    database()
      .db.updateTable('conversations')
      .set({ created_at: at })
      .where('id', '=', id)
      .execute()

  async function insert(wishes: { workspaceId?: string; title?: string } = {}): Promise<string> {
    const id = randomUUID()
    await insertConversation(database().db, {
      id,
      workspaceId: wishes.workspaceId ?? server.workspaceId,
      source: 'tavus',
      externalId: id,
      title: wishes.title ?? null,
      approval: 'manual',
    })
    return id
  }

  it('are followed from the call to the project', async () => {
    const created = await server.call('POST', '/v1/conversations', {
      tavus: { palId: 'pal-1' },
      title: 'A call',
    })
    const { conversationId: id } = (await created.json()) as ConversationCreatedView
    expect(await stateOf(id)).toMatchObject({
      title: 'A call',
      state: 'live',
      failure: null,
      createdBy: server.ownerId,
      projectId: null,
    })
    expect((await listed()).map((one) => one.id)).toContain(id)

    const externalId = api.calls().at(-1) ?? ''
    await tavus.endConversation(externalId)
    await server.tavus({
      event_type: 'system.shutdown',
      conversation_id: externalId,
      properties: { shutdown_reason: 'participant_left' },
    })
    const ended = await until(id, ({ state }) => state === 'awaiting_transcript')
    expect(ended).toMatchObject({ endReason: 'participant_left', projectId: null })
    expect(Date.parse(ended.asksAt ?? '') - Date.parse(ended.endedAt ?? '')).toBe(90_000)

    now = new Date(now.getTime() + 2 * hourMs)
    await askForMissingTranscripts(server.pipeline)
    const { projectId } = await until(id, ({ state }) => state === 'transcribed')
    expect(projectId).not.toBeNull()
    expect((await listed()).map((one) => one.id)).not.toContain(id)
    const continued = await server.call('POST', '/v1/conversations', {
      tavus: { palId: 'pal-1' },
      project: projectId,
    })
    const { conversationId: further } = (await continued.json()) as ConversationCreatedView
    expect(await stateOf(further)).toMatchObject({ state: 'live', projectId })
    expect((await listed()).map((one) => one.id)).not.toContain(further)
  })

  it('say what stands in the way, with a code and what to do', async () => {
    const { db } = database()
    const { workspaceId } = server
    const [lost, given, silent] = [await insert(), await insert(), await insert()]
    const failed = { code: 'tavus_not_found', message: 'Tavus knows no such conversation.' }
    const letter = { id: randomUUID(), workspaceId, projectId: null, stage: 'fetch' } as const
    await db
      .transaction()
      .execute((tx) =>
        insertDeadLetter(tx, { ...letter, data: { conversationId: lost }, attempts: 1, ...failed }),
      )
    const change = (id: string, values: object) =>
      db.updateTable('conversations').set(values).where('id', '=', id).execute()
    await change(given, { status: 'ended', asked_count: maxAsked })
    await change(silent, { status: 'no_dialogue' })
    expect(await stateOf(lost)).toMatchObject({ state: 'live', failure: failed })
    expect(await stateOf(given)).toMatchObject({
      state: 'given_up',
      failure: { code: 'transcript_never_came' },
      asksAt: null,
    })
    expect(await stateOf(silent)).toMatchObject({
      state: 'no_dialogue',
      failure: { code: 'no_dialogue' },
    })
    await db.updateTable('dead_letters').set({ resolved_at: now }).execute()
    expect(await stateOf(lost)).toMatchObject({ state: 'live', failure: null })
  })

  it('leave the list when somebody dismisses them, and begin a project all the same', async () => {
    const id = await insert({ title: 'Nobody came' })
    const dismissal = () => server.call('POST', `/v1/conversations/${id}/dismiss`)
    expect((await dismissal()).status).toBe(200)
    expect((await dismissal()).status).toBe(200)
    expect((await listed()).map((one) => one.id)).not.toContain(id)
    expect((await stateOf(id)).dismissedAt).not.toBeNull()
    const lines = await listAudit(database().db, server.workspaceId, 50)
    const told = lines.filter(({ target }) => target === id)
    expect(told).toMatchObject([{ action: 'conversation.dismiss', actor: server.ownerId }])

    await server.tavus({
      event_type: 'application.transcription_ready',
      conversation_id: id,
      properties: { transcript: [{ role: 'user', content: 'We need a page that lists rooms.' }] },
    })
    expect(await until(id, ({ state }) => state === 'transcribed')).toMatchObject({
      projectId: expect.any(String),
    })
    const late = await dismissal()
    expect([late.status, await late.json()]).toMatchObject([409, { code: 'has_project' }])
  })

  it('are told of to those who follow the workspace', async () => {
    const told = { here: 0, elsewhere: 0 }
    const { news } = server.deps.live
    const unwatch = [
      news.watch(server.workspaceId, () => (told.here += 1)),
      news.watch(await makeWorkspace(database().db), () => (told.elsewhere += 1)),
    ]
    const more = async (change: () => Promise<unknown>) => {
      const before = told.here
      await change()
      await expect.poll(() => told.here).toBeGreaterThan(before)
    }
    const call = { tavus: { palId: 'pal-1' }, title: 'Told of' }
    await more(() => server.call('POST', '/v1/conversations', call))
    const externalId = api.calls().at(-1) ?? ''
    const properties = { shutdown_reason: 'participant_left' }
    const end = { event_type: 'system.shutdown', conversation_id: externalId, properties }
    await more(() => server.tavus(end))
    await more(() => server.call('PATCH', '/v1/workspace', { name: 'Renamed' }))
    for (const one of unwatch) one()
    expect(told.elsewhere).toBe(0)
  })

  it('are listed page by page, the newest first, of the caller’s workspace and of 14 days', async () => {
    const { db } = database()
    await db.deleteFrom('conversations').where('continues', 'is', null).execute()
    const ids: string[] = []
    for (let n = 1; n <= 5; n += 1) {
      const id = await insert({ title: `Call ${n}` })
      // Two of one time, which their ids part.
      await begunAt(id, new Date(now.getTime() + Math.floor(n / 2) * 1_000))
      ids.push(id)
    }
    const [first = '', ...pairs] = ids
    const newest = [pairs.slice(2), pairs.slice(0, 2)].flatMap((pair) =>
      pair.toSorted().toReversed(),
    )
    await insert({ workspaceId: await makeWorkspace(db) })
    const old = await insert()
    await begunAt(old, new Date(now.getTime() - 15 * dayMs))
    const seen: string[] = []
    let cursor = ''
    do {
      const page = await get<WaitingListView>(`/v1/conversations?limit=2${cursor}`)
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`
    } while (cursor !== '')
    expect(seen).toEqual([...newest, first])
    expect((await stateOf(old)).state).toBe('live')
    const nowhere = await server.call('GET', `/v1/conversations/${randomUUID()}`)
    expect(nowhere.status).toBe(404)
  })
})
