import { insertSignInLink } from '../store/credentials.ts'
import type { Queryable } from '../store/database.ts'
import { randomToken, tokenHash } from './random-token.ts'

const linkMinutes = 30

/** A one-time link's token for a person; it works once, for half an hour. */
export async function makeSignInLink(
  db: Queryable,
  subject: { workspaceId: string; userId: string },
  now: Date,
): Promise<string> {
  const token = randomToken()
  await insertSignInLink(db, {
    hash: await tokenHash(token),
    ...subject,
    expiresAt: new Date(now.getTime() + linkMinutes * 60_000),
  })
  return token
}
