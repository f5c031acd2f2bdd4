import { randomUUID } from 'node:crypto'
import type { PipelineDeps } from '../../src/pipeline/deps.ts'
import { tavusSource } from '../../src/pipeline/tavus-webhooks.ts'
import { transact } from '../../src/pipeline/transact.ts'
import { insertConversation } from '../../src/store/conversations.ts'

/** Queues the fetch of a new conversation's transcript, as the reconciliation does. */
export async function queueFetch(
  deps: Pick<PipelineDeps, 'database' | 'queue'>,
  workspaceId: string,
  externalId: string,
): Promise<void> {
  const id = randomUUID()
  await transact(deps, async (tx) => {
    const wishes = { title: null, approval: 'manual' } as const
    await insertConversation(tx, { id, workspaceId, source: tavusSource, externalId, ...wishes })
    await deps.queue.send(tx, 'fetch', [{ data: { conversationId: id }, key: id }])
  })
}
