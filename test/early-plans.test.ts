// A connection keeps the plans that it made, also those from when its tables were small.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { Client } from 'pg'
import { expect, it } from 'vitest'
import type { Database } from '../src/store/database.ts'
import { openPostgres } from '../src/store/open-postgres.ts'
import { onPostgres } from './support/databases.ts'
import { startTestServer, type TestServer } from './support/server.ts'

/** Enough for PostgreSQL to settle on one plan for each statement of each of two connections. */
const warmUp = 30
const grown = 4_000
const measured = 10

/** Has so many conversations planned, of `total` in all. */
async function takeThrough(
  server: TestServer,
  database: Database,
  count: number,
  total = count,
): Promise<void> {
  const run = randomUUID()
  for (let number = 0; number < count; number += 1) {
    const content = 'We need an app where members can book rooms. Each room has a name.'
    const answer = await server.tavus({
      event_type: 'application.transcription_ready',
      conversation_id: `c-${run}-${number}`,
      properties: { transcript: [{ role: 'user', content }] },
    })
    expect(answer.status).toBe(202)
  }
  // Of a table whose reads are not counted.
  const plans = async () => {
    const { rows } = await sql<{ count: number }>`select count(*)::int from plans`.execute(
      database.db,
    )
    return rows[0]?.count
  }
  await expect.poll(plans, { timeout: 30_000 }).toBe(total)
}

/** What a year of use leaves behind, without the statistics that would have plans made anew. */
const grow = [
  `insert into conversations (id, workspace_id, source, external_id, status, approval)
    select gen_random_uuid(), w.id, 'tavus', 'old-' || n, 'transcribed', 'manual'
    from generate_series(1, ${grown}) n, (select id from workspaces limit 1) w`,
  `insert into projects (id, workspace_id, conversation_id, title, status, approval, spec_id)
    select gen_random_uuid(), workspace_id, id, 'Old', 'completed', 'manual', gen_random_uuid()
    from conversations where external_id like 'old-%'`,
  `insert into webhook_inbox (id, source, dedupe_key, external_id, body, handled_at, outcome)
    select gen_random_uuid(), 'tavus', external_id, external_id, '{}', now(), 'project'
    from conversations where external_id like 'old-%'`,
  `insert into pgboss.job_common (name, policy, state, data, singleton_key, completed_on)
    select stage, 'singleton', 'completed', '{}', gen_random_uuid()::text, now()
    from generate_series(1, ${grown}), unnest(array['ingest', 'analyse', 'plan']) stage`,
]

/** The rows that statements have read of each table, by an index or without. */
async function rowsRead(url: string): Promise<Record<string, number>> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ relname: string; read: number }>(
      `select relname, (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as read
       from pg_stat_all_tables
       where relname in ('conversations', 'projects', 'webhook_inbox', 'job_common')`,
    )
    return Object.fromEntries(rows.map(({ relname, read }) => [relname, read]))
  } finally {
    await client.end()
  }
}

async function execute(url: string, statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

onPostgres('plans that were made while there was little', (url) => {
  it('do not read what has come since', async () => {
    const database = await openPostgres({
      connectionString: url(),
      max: 2,
      onError: () => undefined,
    })
    const server = await startTestServer(database)
    await takeThrough(server, database, warmUp)
    await execute(url(), grow)
    // What the connections have read so far is counted when they next have something to count.
    await takeThrough(server, database, measured, warmUp + measured)
    const before = await rowsRead(url())
    await takeThrough(server, database, measured, warmUp + 2 * measured)
    await server.stop()
    // A connection's own count reaches the server's at its end at the latest.
    await database.close()
    const read = Object.entries(await rowsRead(url())).map(
      ([table, rows]) => [table, Math.round((rows - (before[table] ?? 0)) / measured)] as const,
    )
    expect(read).toHaveLength(4)
    expect(read.filter(([, rows]) => rows > grown / 8)).toEqual([])
  })
})
