import { sql } from 'kysely'
import type { RetentionKind } from '../domain/retention.ts'
import type { Queryable, Tx } from './database.ts'
import type { Schema } from './schema.ts'
import { archiveSomeEvents, countEventsToArchive } from './event-archive.ts'

/** What one batch did: how many rows of which workspace. */
export interface SweptBatch {
  /** Null: rows that no workspace owns. */
  counts: ReadonlyMap<string | null, number>
  /** Whether another batch may find more. */
  more: boolean
}

/** How one kind goes. Every batch is a transaction of its own; rows that another holds are passed over. */
export interface RetentionStep {
  /** Removes or archives at most `limit` rows that are older than `before`. */
  batch(tx: Tx, before: Date, limit: number): Promise<SweptBatch>
  /** How many rows would go. */
  count(db: Queryable, before: Date): Promise<number>
}

interface OwnedRow {
  workspace_id: string | null
}

function counted(rows: readonly OwnedRow[]): Map<string | null, number> {
  const counts = new Map<string | null, number>()
  for (const { workspace_id: id } of rows) counts.set(id, (counts.get(id) ?? 0) + 1)
  return counts
}

async function countOf(db: Queryable, query: ReturnType<typeof sql<{ n: string }>>) {
  const { rows } = await query.execute(db)
  return Number(rows[0]?.n ?? 0)
}

// Rows are chosen by their place (ctid) and locked in the same statement: whatever the planner
// believes about the table, it goes straight to them.

const inboxBodies: RetentionStep = {
  async batch(tx, before, limit) {
    const { rows } = await sql<OwnedRow>`update webhook_inbox set body = null
      where ctid = any(array(select ctid from webhook_inbox
        where handled_at < ${before} and body is not null
        order by handled_at limit ${limit}::int for update skip locked))
      returning null as workspace_id`.execute(tx)
    return { counts: counted(rows), more: rows.length === limit }
  },
  count: (db, before) =>
    countOf(
      db,
      sql`select count(*) as n from webhook_inbox where handled_at < ${before} and body is not null`,
    ),
}

/** Rows that go once a time of theirs is past; those without it stay. */
function removing(
  table: keyof Schema,
  column: string,
  { isOwned = true }: { isOwned?: boolean } = {},
): RetentionStep {
  const rows = sql.table(table)
  const owner = isOwned ? sql`workspace_id` : sql`null as workspace_id`
  const time = sql.ref(column)
  return {
    async batch(tx, before, limit) {
      const { rows: gone } = await sql<OwnedRow>`delete from ${rows}
        where ctid = any(array(select ctid from ${rows} where ${time} < ${before}
          order by ${time} limit ${limit}::int for update skip locked))
        returning ${owner}`.execute(tx)
      return { counts: counted(gone), more: gone.length === limit }
    },
    count: (db, before) =>
      countOf(db, sql`select count(*) as n from ${rows} where ${time} < ${before}`),
  }
}

const events: RetentionStep = {
  async batch(tx, before, limit) {
    const archived = await archiveSomeEvents(tx, before, limit)
    if (archived === undefined) return { counts: new Map(), more: false }
    return { counts: new Map([[archived.workspaceId, archived.count]]), more: true }
  },
  count: countEventsToArchive,
}

/** A build whose events may go: it and its project came to rest long ago. */
const restingBuild = (before: Date) => sql`builds.finished_at < ${before}
  and builds.events_removed_at is null
  and exists (select from projects where projects.id = builds.project_id
    and projects.settled_at < ${before})`

/** What a builder reported, once it became project events; later ones of a gap are kept. */
const buildEvents: RetentionStep = {
  async batch(tx, before, limit) {
    const { rows: builds } = await sql<{ id: string; applied_sequence: number }>`
      select id, applied_sequence from builds where ${restingBuild(before)}
      order by finished_at limit 1 for no key update of builds skip locked`.execute(tx)
    const build = builds[0]
    if (build === undefined) return { counts: new Map(), more: false }
    const { rows } = await sql<OwnedRow>`delete from build_events
      where ctid = any(array(select ctid from build_events
        where build_id = ${build.id}::uuid and sequence <= ${build.applied_sequence}::int
        order by sequence limit ${limit}::int for update))
      returning workspace_id`.execute(tx)
    if (rows.length < limit) {
      await tx
        .updateTable('builds')
        .set({ events_removed_at: sql<Date>`clock_timestamp()` })
        .where('id', '=', build.id)
        .execute()
    }
    return { counts: counted(rows), more: true }
  },
  count: (db, before) =>
    countOf(
      db,
      sql`select count(*) as n from build_events join builds on builds.id = build_events.build_id
        where ${restingBuild(before)} and build_events.sequence <= builds.applied_sequence`,
    ),
}

export const retentionSteps: Readonly<Record<RetentionKind, RetentionStep>> = {
  inbox_bodies: inboxBodies,
  events,
  build_events: buildEvents,
  idempotency_keys: removing('idempotency_keys', 'created_at'),
  call_orders: removing('call_orders', 'asked_at'),
  // The age of a link counts from the end of its time.
  sign_in_links: removing('sign_in_links', 'expires_at'),
  // Only letters that somebody dealt with; the others wait for as long as it takes.
  dead_letters: removing('dead_letters', 'resolved_at'),
  // A session is a person's: the workspace that it names is the one they looked at last.
  sessions: removing('sessions', 'expires_at', { isOwned: false }),
  // Also those that were accepted or withdrawn before their time was over; the audit log has both.
  invitations: removing('invitations', 'expires_at'),
  live_tickets: removing('live_tickets', 'expires_at'),
}
