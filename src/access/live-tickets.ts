import type { Principal } from '../domain/principal.ts'
import type { Queryable } from '../store/database.ts'
import { lostGrants } from '../store/live.ts'
import { insertLiveTicket, useLiveTicket } from '../store/live-tickets.ts'
import { randomToken, tokenHash } from './random-token.ts'

/** How long a ticket waits for its connection. */
const ticketSeconds = 30

/** Makes the ticket that opens one live connection for whoever asks. */
export async function makeLiveTicket(
  db: Queryable,
  principal: Principal,
  now: Date,
): Promise<{ ticket: string; expiresAt: Date }> {
  const ticket = randomToken()
  const expiresAt = new Date(now.getTime() + ticketSeconds * 1_000)
  await insertLiveTicket(db, { hash: await tokenHash(ticket), principal, expiresAt }, now)
  return { ticket, expiresAt }
}

/** Uses a ticket up; undefined when it does not hold, or whom it was made for has lost the right. */
export async function redeemLiveTicket(
  db: Queryable,
  ticket: string,
  now: Date,
): Promise<Principal | undefined> {
  const principal = await useLiveTicket(db, await tokenHash(ticket), now)
  if (principal === undefined) return undefined
  const lost = await lostGrants(db, [principal], now)
  return lost.length === 0 ? principal : undefined
}
