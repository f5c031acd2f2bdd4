import { expect, it } from 'vitest'
import { onEveryDatabase } from '../../test/support/databases.ts'
import { startTestServer } from '../../test/support/server.ts'
import { AppError } from '../domain/errors.ts'
import type { TavusClient } from '../sources/tavus/client.ts'
import { getConversation, insertConversation } from '../store/conversations.ts'
import { createCall } from './create-call.ts'
import { tavusSource } from './tavus-webhooks.ts'

onEveryDatabase('a call that is created', (database) => {
  it('is the conversation that its first webhook has made already, with what was wished for it', async () => {
    const refuse = async (): Promise<never> => {
      throw new AppError('not_asked', 'The test asks for no such thing.')
    }
    const tavus: TavusClient = {
      createConversation: async () => {
        const { workspaceId } = server
        const joined = { id: joinedId, workspaceId, source: tavusSource, externalId: 'c-quick' }
        await insertConversation(database().db, { ...joined, title: null, approval: 'manual' })
        const conversationUrl = 'https://tavus.daily.co/c-quick'
        return { conversationId: 'c-quick', conversationUrl, status: 'active' }
      },
      getConversation: refuse,
      endConversation: refuse,
    }
    const joinedId = crypto.randomUUID()
    const server = await startTestServer(database(), { tavus, worker: false })
    try {
      const { conversationId } = await createCall(server.pipeline, {
        workspaceId: server.workspaceId,
        palId: 'pal-1',
        title: 'A call',
        approval: 'auto',
        callbackUrl: 'http://localhost/x',
      })
      expect(conversationId).toBe(joinedId)
      const row = await getConversation(database().db, joinedId)
      expect(row).toMatchObject({ title: 'A call', approval: 'auto' })
    } finally {
      await server.stop()
    }
  })
})
