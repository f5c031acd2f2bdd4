import type { Pool, PoolClient } from 'pg'
import { SendTalks } from '../support/settings.ts'
import { conversationId, transcriptBody } from '../support/talks.ts'
import { inTransaction, withClient } from './statements.ts'

/** Keeps webhook bodies and queues their handling, each in one transaction, a few at a time. */
export async function seedTalks(
  pool: Pool,
  argument: unknown,
  keep: (client: PoolClient, body: unknown) => Promise<void>,
): Promise<void> {
  const { prefix, count, bytes } = SendTalks.parse(argument)
  let next = 0
  const lane = async () => {
    await withClient(pool, async (client) => {
      while (next < count) {
        const id = conversationId(prefix, (next += 1))
        const body: unknown = JSON.parse(transcriptBody(id, bytes))
        await inTransaction(client, () => keep(client, body))
      }
    })
  }
  await Promise.all(Array.from({ length: 8 }, lane))
}
