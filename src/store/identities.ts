import type { Queryable } from './database.ts'

/** Who somebody is at a provider of sign-ins. */
export interface Identity {
  issuer: string
  subject: string
}

/** The person with this identity here. */
export async function personBehind(
  db: Queryable,
  { issuer, subject }: Identity,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('identities')
    .select('user_id')
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .executeTakeFirst()
  return row?.user_id
}

/** Whether a person has a way in at a provider already. */
export async function hasIdentityAt(
  db: Queryable,
  issuer: string,
  userId: string,
): Promise<boolean> {
  const row = await db
    .selectFrom('identities')
    .select('user_id')
    .where('user_id', '=', userId)
    .where('issuer', '=', issuer)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Ties an identity to a person; the one that was tied first stays, and is given. */
export async function tieIdentity(
  db: Queryable,
  { issuer, subject }: Identity,
  userId: string,
): Promise<string> {
  const row = await db
    .insertInto('identities')
    .values({ issuer, subject, user_id: userId })
    .onConflict((oc) => oc.columns(['issuer', 'subject']).doUpdateSet({ issuer }))
    .returning('user_id')
    .executeTakeFirstOrThrow()
  return row.user_id
}
