import { type MadeCall, openCall, settleCall } from '../bookings.ts'
import type { Queryable } from '../database.ts'

/** Books a call from its beginning to its end. */
export async function book(db: Queryable, call: MadeCall): Promise<boolean> {
  await openCall(db, call)
  return settleCall(db, call)
}
