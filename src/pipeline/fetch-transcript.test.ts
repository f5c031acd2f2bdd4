import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { onEveryDatabase } from '../../test/support/databases.ts'
import { startTestServer } from '../../test/support/server.ts'
import { startTavusServer } from '../sources/testing/tavus-server.ts'
import { createTavusClient } from '../sources/tavus/client.ts'
import type { ConversationCreatedView } from '../http/views.ts'
import { makeWorkspace } from '../ops/testing/aged.ts'
import { listAudit } from '../store/audit.ts'
import { getConversation, insertConversation } from '../store/conversations.ts'
import { askForMissingTranscripts } from './fetch-transcript.ts'
import { transact } from './transact.ts'

const hourMs = 60 * 60 * 1000

onEveryDatabase('a transcript that does not come by itself', (database) => {
  it('is fetched from Tavus after the call has ended, and asked for again later', async () => {
    await using api = await startTavusServer('tavus-key')
    let now = new Date('2026-03-10T14:00:00Z')
    const tavus = createTavusClient({
      apiKey: 'tavus-key',
      baseUrl: api.baseUrl,
      fetch,
      clock: () => now,
    })
    const server = await startTestServer(database(), { tavus, clock: () => now })
    try {
      const created = await server.call('POST', '/v1/conversations', {
        tavus: { palId: 'pal-1' },
        title: 'A call',
      })
      expect(created.status).toBe(201)
      const { conversationId, joinUrl } = (await created.json()) as ConversationCreatedView
      expect(joinUrl).toMatch(/^https:/)
      const [creation] = api.requests
      expect(JSON.parse(creation?.body ?? '{}')).toMatchObject({
        callback_url: 'http://localhost/webhooks/tavus/the-callback-token-of-the-tests',
      })
      const [conversation] = await database()
        .db.selectFrom('conversations')
        .select('external_id')
        .where('id', '=', conversationId)
        .execute()
      const externalId = conversation?.external_id ?? ''
      await tavus.endConversation(externalId)
      const shutdown = await server.tavus({
        event_type: 'system.shutdown',
        conversation_id: externalId,
        properties: { shutdown_reason: 'end_conversation_endpoint_hit' },
      })
      expect(shutdown.status).toBe(202)
      await untilEnded(conversationId)

      now = new Date(now.getTime() + 2 * hourMs)
      expect(await askForMissingTranscripts(server.pipeline)).toBe(1)
      expect(await askForMissingTranscripts(server.pipeline)).toBe(0)
      const projectId = await untilProject(conversationId)
      await server.until(projectId, ({ body }) => body.type === 'conversation.received')
    } finally {
      await server.stop()
    }
  })

  it('is fetched from Tavus although no webhook of the call ever came', async () => {
    await using api = await startTavusServer('tavus-key')
    let now = new Date()
    const clock = () => now
    const tavus = createTavusClient({ apiKey: 'tavus-key', baseUrl: api.baseUrl, fetch, clock })
    const server = await startTestServer(database(), { tavus, clock })
    try {
      // The other test's call has the first id.
      await tavus.endConversation((await tavus.createConversation({ palId: 'p' })).conversationId)
      const created = await server.call('POST', '/v1/conversations', { tavus: { palId: 'pal-1' } })
      const { conversationId } = (await created.json()) as ConversationCreatedView
      expect(await askForMissingTranscripts(server.pipeline)).toBe(0)
      const { external_id: externalId } = await getConversation(database().db, conversationId)
      await tavus.endConversation(externalId ?? '')

      now = new Date(now.getTime() + 2 * hourMs)
      expect(await askForMissingTranscripts(server.pipeline)).toBe(1)
      await untilProject(conversationId)
      expect((await getConversation(database().db, conversationId)).end_reason).toBeTruthy()
    } finally {
      await server.stop()
    }
  })

  it('is asked for every hour for three days, however often Tavus answers without one', async () => {
    await using api = await startTavusServer('tavus-key')
    let now = new Date()
    const clock = () => now
    const tavus = createTavusClient({ apiKey: 'tavus-key', baseUrl: api.baseUrl, fetch, clock })
    const server = await startTestServer(database(), { tavus, clock })
    try {
      const workspaceId = await makeWorkspace(database().db)
      const conversationId = randomUUID()
      const externalId = `silent-${conversationId}`
      const given = { workspaceId, source: 'tavus', title: null, approval: 'manual' } as const
      await insertConversation(database().db, { ...given, id: conversationId, externalId })
      for (let hours = 1; hours <= 2; hours += 1) {
        now = new Date(now.getTime() + 2 * hourMs)
        api.next((response) => response.end(JSON.stringify({ conversation_id: externalId })))
        expect(await askForMissingTranscripts(server.pipeline)).toBe(1)
        await untilRow(() =>
          sql`select from pgboss.job_common where name = 'fetch' and state = 'completed'
            and singleton_key = ${conversationId} offset ${hours - 1}::int`
            .execute(database().db)
            .then(({ rows }) => rows[0]),
        )
      }
      expect(await getConversation(database().db, conversationId)).toMatchObject({
        asked_count: 2,
        asked_at: now,
      })
    } finally {
      await server.stop()
    }
  })

  it('that Tavus knows nothing of becomes a dead letter and an alert of the workspace of its call', async () => {
    await using api = await startTavusServer('tavus-key')
    const clock = () => new Date()
    const tavus = createTavusClient({ apiKey: 'tavus-key', baseUrl: api.baseUrl, fetch, clock })
    const server = await startTestServer(database(), { tavus })
    try {
      const workspaceId = await makeWorkspace(database().db)
      const conversationId = randomUUID()
      await insertConversation(database().db, {
        id: conversationId,
        workspaceId,
        source: 'tavus',
        externalId: `unknown-${conversationId}`,
        title: null,
        approval: 'manual',
      })
      await transact(server.pipeline, (tx) => {
        const job = { data: { conversationId }, key: conversationId }
        return server.pipeline.queue.send(tx, 'fetch', [job])
      })
      const letter = await untilRow(() =>
        database()
          .db.selectFrom('dead_letters')
          .select(['id', 'workspace_id', 'code'])
          .where('stage', '=', 'fetch')
          .executeTakeFirst(),
      )
      expect(letter).toMatchObject({ workspace_id: workspaceId, code: 'tavus_not_found' })
      const [alert] = await listAudit(database().db, workspaceId, 10)
      expect(alert).toMatchObject({
        actor: 'system',
        action: 'alert.raised',
        target: letter.id,
        details: { stage: 'fetch', code: 'tavus_not_found', attempts: 1 },
      })
    } finally {
      await server.stop()
    }
  })

  async function untilEnded(id: string): Promise<void> {
    await untilRow(() =>
      database()
        .db.selectFrom('conversations')
        .select('id')
        .where('id', '=', id)
        .where('status', '=', 'ended')
        .executeTakeFirst(),
    )
  }

  async function untilProject(conversationId: string): Promise<string> {
    const row = await untilRow(() =>
      database()
        .db.selectFrom('projects')
        .select('id')
        .where('conversation_id', '=', conversationId)
        .executeTakeFirst(),
    )
    return row.id
  }

  /** A conversation has no event log of its own: its row is all that tells. */
  async function untilRow<T>(look: () => Promise<T | undefined>): Promise<T> {
    for (;;) {
      const row = await look()
      if (row !== undefined) return row
      await new Promise((next) => setTimeout(next, 20))
    }
  }
})
