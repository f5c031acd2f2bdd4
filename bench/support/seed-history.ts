import type { BenchDatabase } from './database.ts'

/** How much a database holds before anything is measured. */
export interface History {
  projects: number
  eventsEach: number
}

const chunk = 100_000

/** Ids that can be computed: the kind's digit, then the number in hexadecimal. */
function id(kind: number, number: string): string {
  return `('${kind}0000000-0000-4000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`
}

/** Four of five projects are in the first workspace, the others in fifty more. */
const workspace = `case when n % 5 > 0 then (select id from first_workspace) else ${id(1, 'n % 50')} end`
const day = `timestamptz '2026-01-01' + n * interval '20 seconds'`
const statuses = `(array['completed', 'completed', 'awaiting_approval', 'failed', 'cancelled'])[1 + n % 5]`
const types = `(array['conversation.received', 'project.status', 'stage.started', 'stage.finished',
  'brief.ready', 'stage.started', 'stage.finished', 'plan.ready', 'plan.approved', 'build.completed'])`

function statements(from: number, to: number, eventsEach: number): string[] {
  const numbers = `generate_series(${from}, ${to}) n`
  return [
    `insert into webhook_inbox (id, source, dedupe_key, external_id, event_type, body, received_at,
       handled_at, outcome)
     select ${id(2, 'n')}, 'tavus', md5('seed' || n) || md5('key' || n), 'c-seed-' || n, 'transcript',
       '{"event_type": "application.transcription_ready"}', ${day}, ${day}, 'project' from ${numbers}`,
    `insert into conversations (id, workspace_id, source, external_id, status, approval, turns, created_at)
     select ${id(3, 'n')}, ${workspace}, 'tavus', 'c-seed-' || n, 'transcribed', 'manual',
       '[{"id": "t1", "speaker": "user", "role": "client", "text": "We need an app."}]', ${day}
     from ${numbers}`,
    `insert into projects (id, workspace_id, conversation_id, title, status, approval, spec_id,
       last_seq, created_at, updated_at)
     select ${id(4, 'n')}, ${workspace}, ${id(3, 'n')}, 'Project ' || n, ${statuses}, 'manual',
       ${id(5, 'n')}, ${eventsEach}, ${day}, ${day} from ${numbers}`,
    `insert into project_events (project_id, seq, workspace_id, at, type, body)
     select ${id(4, 'n')}, seq, ${workspace}, ${day}, ${types}[1 + (seq - 1) % 10],
       jsonb_build_object('type', ${types}[1 + (seq - 1) % 10], 'stage', 'analyse', 'ms', 12)
     from ${numbers}, generate_series(1, ${eventsEach}) seq`,
    `insert into briefs (project_id, version, workspace_id, body)
     select ${id(4, 'n')}, 1, ${workspace}, '{"title": "Seeded"}' from ${numbers}`,
  ]
}

/**
 * Fills a database as years of use would. Foreign keys are not checked row by row, because every
 * row is made from the same numbers.
 */
export async function seedHistory(database: BenchDatabase, history: History): Promise<void> {
  await database.run(`set session_replication_role = replica`)
  await database.run(
    'create temporary table first_workspace as select id from workspaces order by created_at, id limit 1',
  )
  await database.run(
    `insert into workspaces (id, name) select ${id(1, 'n')}, 'Workspace ' || n
     from generate_series(0, 49) n`,
  )
  for (let from = 1; from <= history.projects; from += chunk) {
    const to = Math.min(history.projects, from + chunk - 1)
    for (const sql of statements(from, to, history.eventsEach)) await database.run(sql)
  }
  await database.run('set session_replication_role = default')
  await database.run('drop table first_workspace')
  await database.run('vacuum analyze')
  await database.run('checkpoint')
}

/** The id of the seeded project with this number. */
export function seededProject(number: number): string {
  return `40000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`
}
