import type { Queryable } from './database.ts'

export interface SessionRow {
  userId: string
  /** The workspace that the person has chosen. */
  workspaceId: string | null
  secondFactor: boolean
}

/** Stores a session by its token's hash, and removes the person's that have ended by themselves. */
export async function insertSession(
  db: Queryable,
  hash: string,
  { userId, workspaceId, secondFactor }: SessionRow,
  times: { now: Date; expiresAt: Date },
): Promise<void> {
  await db
    .deleteFrom('sessions')
    .where('user_id', '=', userId)
    .where('expires_at', '<=', times.now)
    .execute()
  await db
    .insertInto('sessions')
    .values({
      hash,
      user_id: userId,
      workspace_id: workspaceId,
      second_factor: secondFactor,
      created_at: times.now,
      expires_at: times.expiresAt,
    })
    .execute()
}

/** The session with this hash while it lasts. */
export async function findSession(
  db: Queryable,
  hash: string,
  now: Date,
): Promise<SessionRow | undefined> {
  return db
    .selectFrom('sessions')
    .select(['user_id as userId', 'workspace_id as workspaceId', 'second_factor as secondFactor'])
    .where('hash', '=', hash)
    .where('expires_at', '>', now)
    .executeTakeFirst()
}

export async function chooseWorkspace(
  db: Queryable,
  hash: string,
  workspaceId: string,
): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ workspace_id: workspaceId })
    .where('hash', '=', hash)
    .execute()
}

export async function deleteSession(db: Queryable, hash: string): Promise<void> {
  await db.deleteFrom('sessions').where('hash', '=', hash).execute()
}

export async function deleteSessionsOf(db: Queryable, userId: string): Promise<void> {
  await db.deleteFrom('sessions').where('user_id', '=', userId).execute()
}
