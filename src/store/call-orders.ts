import { type Selectable } from 'kysely'
import type { Queryable, Tx } from './database.ts'
import type { CallOrdersTable } from './schema.ts'

export type CallOrderRow = Selectable<CallOrdersTable>

/**
 * Notes that a call is asked for at its source. Gives the order that was noted before under the same
 * id, undefined when there was none.
 */
export async function noteCallOrder(
  db: Queryable,
  order: { id: string; workspaceId: string; askedAt: Date },
): Promise<CallOrderRow | undefined> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('call_orders')
    .values({ id: order.id, workspace_id: order.workspaceId, asked_at: order.askedAt })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows !== 0n) return undefined
  return db
    .selectFrom('call_orders')
    .selectAll()
    .where('id', '=', order.id)
    .executeTakeFirstOrThrow()
}

/**
 * Notes that a call, of which the source knew nothing, is asked for once more; false when somebody
 * else asks for it since, or it has become something.
 */
export async function renewCallOrder(
  db: Queryable,
  id: string,
  asked: { before: Date; now: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('call_orders')
    .set({ asked_at: asked.now })
    .where('id', '=', id)
    .where('asked_at', '=', asked.before)
    .where('conversation_id', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Notes what became of an order. */
export async function settleCallOrder(
  tx: Tx,
  id: string,
  made: { conversationId: string; joinUrl: string },
): Promise<void> {
  await tx
    .updateTable('call_orders')
    .set({ conversation_id: made.conversationId, join_url: made.joinUrl })
    .where('id', '=', id)
    .execute()
}

/** Forgets an order that the source refused. */
export async function forgetCallOrder(db: Queryable, id: string): Promise<void> {
  await db.deleteFrom('call_orders').where('id', '=', id).execute()
}
