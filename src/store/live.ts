import { sql } from 'kysely'
import type { EventBody, ProjectEvent } from '../domain/event.ts'
import type { Principal } from '../domain/principal.ts'
import type { Queryable } from './database.ts'

interface NewsRow {
  project_id: string
  seq: number
  at: Date
  body: EventBody
}

/**
 * The events of several projects above a seq of each, in one statement, at most `limit` of each.
 * Archived ones are not seen: nothing is archived while it is new.
 */
export async function eventsAfterEach(
  db: Queryable,
  positions: readonly { projectId: string; after: number }[],
  limit: number,
): Promise<ProjectEvent[]> {
  const ids = positions.map(({ projectId }) => projectId)
  const seqs = positions.map(({ after }) => after)
  const { rows } =
    await sql<NewsRow>`select wanted.id as project_id, found.seq, found.at, found.body
    from unnest(${ids}::uuid[], ${seqs}::int[]) as wanted (id, after)
    cross join lateral (select seq, at, body from project_events
      where project_id = wanted.id and seq > wanted.after
      order by seq limit ${limit}::int) as found`.execute(db)
  return rows
    .map(({ project_id, seq, at, body }) => ({
      projectId: project_id,
      seq,
      at: at.toISOString(),
      body,
    }))
    .sort((a, b) => a.seq - b.seq)
}

interface HeadRow {
  projectId: string
  workspaceId: string
  seq: number
}

/** Where the logs of projects end. */
export async function headsOf(db: Queryable, ids: readonly string[]): Promise<HeadRow[]> {
  const { rows } = await sql<HeadRow>`
    select id as "projectId", workspace_id as "workspaceId", last_seq as seq
    from projects where id = any(${ids}::uuid[])`.execute(db)
  return rows
}

/**
 * The projects of a workspace that changed later than a time, none when no time is given, and the
 * database's time of this look.
 */
export async function changedProjects(
  db: Queryable,
  workspaceId: string,
  later: Date | undefined,
): Promise<{ at: Date; heads: HeadRow[] }> {
  const { rows } = await sql<{ at: Date } & (HeadRow | { projectId: null })>`
    select looked.at, projects.id as "projectId", projects.workspace_id as "workspaceId",
      projects.last_seq as seq
    from (select clock_timestamp() as at) as looked
    left join projects on projects.workspace_id = ${workspaceId}::uuid
      and projects.updated_at > ${later ?? null}::timestamptz`.execute(db)
  const at = rows[0]?.at
  if (at === undefined) throw new Error('A look always has a time.')
  const heads = rows.flatMap((row) =>
    row.projectId === null
      ? []
      : [{ projectId: row.projectId, workspaceId: row.workspaceId, seq: row.seq }],
  )
  return { at, heads }
}

/** The seq that a project's log had reached at a time. */
export async function seqAt(db: Queryable, projectId: string, at: Date): Promise<number> {
  const { rows } = await sql<{ seq: number }>`select greatest(
      (select max(seq) from project_events where project_id = ${projectId}::uuid and at <= ${at}),
      (select max(last_seq) from event_archive where project_id = ${projectId}::uuid),
      0) as seq`.execute(db)
  return rows[0]?.seq ?? 0
}

/** By what someone follows a workspace. */
export type Grant = Pick<Principal, 'workspaceId' | 'userId' | 'keyId' | 'sessionHash' | 'until'>

/**
 * Which of these hold no more, by their index: the person has left the workspace, the key was
 * revoked or has expired, the session or the token has ended.
 */
export async function lostGrants(
  db: Queryable,
  grants: readonly Grant[],
  now: Date,
): Promise<number[]> {
  const { rows } = await sql<{ index: number }>`select (held.n - 1)::int as index
    from unnest(${grants.map(({ workspaceId }) => workspaceId)}::uuid[],
      ${grants.map(({ userId }) => userId)}::uuid[],
      ${grants.map(({ keyId }) => keyId ?? null)}::uuid[],
      ${grants.map(({ sessionHash }) => sessionHash ?? null)}::text[])
      with ordinality as held (workspace_id, user_id, key_id, session_hash, n)
    where not exists (select from memberships
        where memberships.workspace_id = held.workspace_id and memberships.user_id = held.user_id)
      or (held.key_id is not null and not exists (select from api_keys
        where api_keys.id = held.key_id and revoked_at is null
          and (expires_at is null or expires_at > ${now})))
      or (held.session_hash is not null and not exists (select from sessions
        where sessions.hash = held.session_hash and expires_at > ${now}))`.execute(db)
  const ended = grants.flatMap(({ until }, index) =>
    until !== undefined && until <= now ? [index] : [],
  )
  return [...new Set([...ended, ...rows.map(({ index }) => index)])]
}
