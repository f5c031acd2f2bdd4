import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { EventBody } from '../../domain/event.ts'
import type { ProjectStatus } from '../../domain/status.ts'
import type { Queryable } from '../../store/database.ts'
import { insertProjects } from '../../store/projects.ts'
import { insertConversation } from '../../store/conversations.ts'
import { insertWorkspace } from '../../store/workspaces.ts'

/** A line of a build's log. */
export function line(text: string): EventBody {
  return { type: 'build.log', kind: 'runner', text, build: 'b' }
}

export async function makeWorkspace(db: Queryable): Promise<string> {
  const id = randomUUID()
  await db.transaction().execute((tx) => insertWorkspace(tx, { id, name: 'Studio' }, randomUUID()))
  return id
}

/** A project with a number of events that has been in its status since `at`. */
export async function agedProject(
  db: Queryable,
  workspaceId: string,
  project: { status: ProjectStatus; at: Date; events: number },
): Promise<string> {
  const id = randomUUID()
  const conversationId = randomUUID()
  await insertConversation(db, {
    id: conversationId,
    workspaceId,
    source: 'upload',
    externalId: null,
    title: null,
    approval: 'auto',
  })
  const bodies = Array.from({ length: project.events }, (_, index) => line(`line ${index + 1}`))
  await db.transaction().execute(async (tx) => {
    const specId = randomUUID()
    const title = 'A talk'
    const wishes = { title, approval: 'auto', priority: 0 } as const
    const project = { id, workspaceId, conversationId, specId, ...wishes }
    await insertProjects(tx, [{ project, turns: [], events: bodies }])
  })
  const settled = ['completed', 'failed', 'cancelled'].includes(project.status) ? project.at : null
  await sql`update projects set status = ${project.status}, updated_at = ${project.at},
    settled_at = ${settled}::timestamptz where id = ${id}::uuid`.execute(db)
  return id
}

/** A build that finished at `at`, or is still running, with its first `applied` events applied. */
export async function agedBuild(
  db: Queryable,
  workspaceId: string,
  build: { projectId: string; finishedAt: Date | null; events: number; applied: number },
): Promise<string> {
  const id = randomUUID()
  await sql`insert into builds (id, workspace_id, project_id, plan_version, plan_hash, state,
      applied_sequence, finished_at)
    values (${id}::uuid, ${workspaceId}::uuid, ${build.projectId}::uuid, 1, ${'a'.repeat(64)},
      ${build.finishedAt === null ? 'running' : 'completed'}, ${build.applied}::int,
      ${build.finishedAt}::timestamptz)`.execute(db)
  await sql`insert into build_events (build_id, sequence, workspace_id, body)
    select ${id}::uuid, n, ${workspaceId}::uuid, '{}' from generate_series(1, ${build.events}::int) n`.execute(
    db,
  )
  return id
}

/** The kinds whose rows go by a time of their own, in the order of their names. */
export const simpleKinds = [
  'call_orders',
  'idempotency_keys',
  'inbox_bodies',
  'invitations',
  'live_tickets',
  'sessions',
  'sign_in_links',
] as const
type SimpleKind = (typeof simpleKinds)[number]

/** Rows of the simple kinds, one of each, as old as `at` says of all or of each; gives the key to find them by. */
export async function agedRows(
  db: Queryable,
  workspaceId: string,
  at: Date | ((kind: SimpleKind) => Date),
): Promise<string> {
  const key = randomUUID()
  const of = (kind: SimpleKind) => (at instanceof Date ? at : at(kind))
  await sql`insert into webhook_inbox (id, source, dedupe_key, body, handled_at, outcome)
    values (${key}::uuid, 'tavus', ${key}, '{"said": "words"}', ${of('inbox_bodies')}, 'project')`.execute(
    db,
  )
  await sql`insert into idempotency_keys (workspace_id, key, request_hash, status, created_at)
    values (${workspaceId}::uuid, ${key}, 'h', 200, ${of('idempotency_keys')})`.execute(db)
  await sql`insert into call_orders (id, workspace_id, asked_at)
    values (${key}::uuid, ${workspaceId}::uuid, ${of('call_orders')})`.execute(db)
  await sql`insert into sign_in_links (hash, workspace_id, user_id, expires_at)
    values (${key}, ${workspaceId}::uuid, ${randomUUID()}::uuid, ${of('sign_in_links')})`.execute(
    db,
  )
  await sql`insert into sessions (hash, user_id, workspace_id, expires_at)
    values (${key}, ${randomUUID()}::uuid, ${workspaceId}::uuid, ${of('sessions')})`.execute(db)
  await sql`insert into invitations (id, workspace_id, name, role, hash, created_by, expires_at)
    values (${key}::uuid, ${workspaceId}::uuid, 'Ada', 'viewer', ${key}, ${randomUUID()}::uuid,
      ${of('invitations')})`.execute(db)
  await sql`insert into live_tickets (hash, workspace_id, user_id, role, via, expires_at)
    values (${key}, ${workspaceId}::uuid, ${randomUUID()}::uuid, 'viewer', 'session',
      ${of('live_tickets')})`.execute(db)
  return key
}

/** Which of the rows with a key are still there; an inbox body counts while it is not removed. */
export async function rowsLeft(db: Queryable, key: string): Promise<string[]> {
  const { rows } = await sql<{ kind: string }>`
    select 'inbox_bodies' as kind from webhook_inbox where dedupe_key = ${key} and body is not null
    union all select 'idempotency_keys' from idempotency_keys where key = ${key}
    union all select 'call_orders' from call_orders where id = ${key}::uuid
    union all select 'sign_in_links' from sign_in_links where hash = ${key}
    union all select 'sessions' from sessions where hash = ${key}
    union all select 'invitations' from invitations where id = ${key}::uuid
    union all select 'live_tickets' from live_tickets where hash = ${key}`.execute(db)
  return rows.map((row) => row.kind).sort()
}
