import { readFile } from 'node:fs/promises'
import { Client } from 'pg'
import { silentLog } from '../../src/domain/log.ts'
import { startQueue } from '../../src/pipeline/queue/start-queue.ts'
import type { Database } from '../../src/store/database.ts'

const filling = new URL('./large-database.sql', import.meta.url)

/** The tables that grow for as long as a server runs. */
export const bigTables: ReadonlySet<string> = new Set([
  'api_keys',
  'api_usage',
  'audit_log',
  'briefs',
  'budgets',
  'build_events',
  'builds',
  'call_orders',
  'conversations',
  'dead_letters',
  'event_archive',
  'idempotency_keys',
  'job_common',
  'memberships',
  'plans',
  'project_events',
  'projects',
  'sign_in_links',
  'usage_by_day',
  'usage_by_project',
  'webhook_inbox',
  'workspaces',
])

const jobs = `insert into pgboss.job (name, policy, state, singleton_key, data, created_on, started_on, completed_on)
  select (array['ingest', 'analyse', 'plan', 'build'])[1 + n % 4], 'singleton',
    (case when n % 10 = 0 then 'created' else 'completed' end)::pgboss.job_state, project,
    jsonb_build_object('projectId', project), now() - n * interval '1 second',
    case when n % 10 > 0 then now() - n * interval '1 second' end,
    case when n % 10 > 0 then now() - n * interval '1 second' end
  from generate_series(1, 60000) n, concat('00000004-0000-4000-8000-', lpad(to_hex(n), 12, '0')) project;
  -- Not due for a long time: a backlog that nobody works off during the test.
  update pgboss.job set start_after = now() + interval '1 year' where state = 'created';`

/** Fills a database as years of use would, and tells the planner about it. */
export async function fillLargeDatabase(database: Database, url: string): Promise<void> {
  const { workers } = await startQueue({ database, log: silentLog })
  await workers.stop(5_000)
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(await readFile(filling, 'utf8'))
    await client.query(jobs)
    // As autovacuum has done in all those years: what needs the visibility map, as an index-only scan
    // does, would otherwise be left to how the sample of the statistics happens to come out.
    await client.query('vacuum (analyze)')
  } finally {
    await client.end()
  }
}
