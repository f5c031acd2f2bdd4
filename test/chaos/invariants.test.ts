import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { onPostgres } from '../support/databases.ts'
import type { Ask } from './ask.ts'
import { badEndings, connectionsLeft } from './at-rest.ts'
import { checkDatabase, type invariants, type Sent } from './invariants.ts'
import { messagesOf } from './talk.ts'

const hash = 'a'.repeat(64)
const conversations = [
  { id: 'c-0', kind: 'build' },
  { id: 'c-1', kind: 'plan' },
] as const
const messages = conversations.flatMap(({ id, kind }, n) => messagesOf(id, n, kind))
const further = { conversation: 'c-1', does: 'answer', id: randomUUID() } as const
const sent: Sent = { acknowledged: messages, conversations, said: [further], explained: [] }

/** What the log of a project tells that went the whole way, or as far as its approval. */
function log(kind: 'plan' | 'build', build: string): object[] {
  const status = (from: string | null, to: string) => ({ type: 'project.status', from, to })
  const stage = (name: string, told: string) => [
    { type: 'stage.started', stage: name, attempt: 1 },
    { type: 'stage.finished', stage: name, ms: 1 },
    { type: told },
  ]
  const analysed = [
    ...stage('analyse', 'brief.ready'),
    status('analysing', 'planning'),
    ...stage('plan', 'plan.ready'),
    status('planning', 'awaiting_approval'),
  ]
  const received = { type: 'conversation.received' }
  const planned = [received, status(null, 'received'), status('received', 'analysing'), ...analysed]
  // What it left open was answered.
  if (kind === 'plan') {
    return [...planned, received, status('awaiting_approval', 'analysing'), ...analysed]
  }
  return [
    ...planned,
    status('awaiting_approval', 'building'),
    ...stage('build', 'build.queued'),
    { type: 'build.started', build },
    { type: 'build.completed', build },
    status('building', 'completed'),
  ]
}

/** A database as a round without any fault leaves it; the queue's view is a table that can be filled. */
async function seed(ask: Ask): Promise<void> {
  const workspace = randomUUID()
  await ask(`drop view processing_queue`)
  await ask(`create table processing_queue (id uuid default gen_random_uuid(), stage text,
    state text, project_id text, error jsonb)`)
  await ask(`drop table if exists dead_letters`)
  await ask(`insert into workspaces (id, name) values ($1, 'w')`, [workspace])
  for (const message of messages) {
    await ask(
      `insert into webhook_inbox (id, source, dedupe_key, external_id, body, handled_at)
       values (gen_random_uuid(), 'tavus', gen_random_uuid(), $1, $2, now())`,
      [message.conversation, message.body],
    )
  }
  for (const { id, kind } of conversations) await seedProject(ask, workspace, id, kind)
}

async function seedProject(ask: Ask, workspace: string, id: string, kind: 'plan' | 'build') {
  const [conversation, project, build] = [randomUUID(), randomUUID(), randomUUID()]
  const events = log(kind, build)
  await ask(
    `insert into conversations (id, workspace_id, source, external_id, status, approval, turns)
     values ($1, $2, 'tavus', $3, 'transcribed', 'manual', '[{"id": "t1"}, {"id": "t2"}]')`,
    [conversation, workspace, id],
  )
  await ask(
    `insert into projects (id, workspace_id, conversation_id, title, status, approval, spec_id, last_seq)
     values ($1, $2, $3, 't', $4, 'manual', gen_random_uuid(), $5)`,
    [
      project,
      workspace,
      conversation,
      kind === 'build' ? 'completed' : 'awaiting_approval',
      events.length,
    ],
  )
  await ask(
    `insert into project_events (project_id, seq, workspace_id, type, body)
     select $1, ord, $2, body ->> 'type', body
     from jsonb_array_elements($3::jsonb) with ordinality as e (body, ord)`,
    [project, workspace, JSON.stringify(events)],
  )
  await seedDocuments(ask, workspace, project, { version: 1, approved: kind === 'build' })
  if (kind === 'plan') return seedAnswer(ask, workspace, project)
  await ask(
    `insert into builds (id, workspace_id, project_id, plan_version, plan_hash, state, finished_at)
     values ($1, $2, $3, 1, $4, 'completed', now())`,
    [build, workspace, project, hash],
  )
}

async function seedDocuments(
  ask: Ask,
  workspace: string,
  project: string,
  { version, approved, body = {} }: { version: number; approved: boolean; body?: object },
): Promise<void> {
  await ask(
    `insert into briefs (project_id, version, workspace_id, body) values ($1, $2, $3, $4)`,
    [project, version, workspace, body],
  )
  await ask(
    `insert into plans (project_id, version, workspace_id, hash, body, lint, approved_at, brief_version)
     values ($1, $2, $3, $4, '{}', '[]', $5, $2)`,
    [project, version, workspace, hash, approved ? new Date() : null],
  )
}

/** What the first brief asked was answered, and the second one has heard it. */
async function seedAnswer(ask: Ask, workspace: string, project: string): Promise<void> {
  await ask(
    `insert into conversations (id, workspace_id, source, status, approval, continues, turns_before, turns)
     values ($1, $2, 'answers', 'transcribed', 'manual', $3, 2, '[{"id": "t3"}, {"id": "t4"}]')`,
    [further.id, workspace, project],
  )
  await ask(
    `insert into answers (id, workspace_id, project_id, conversation_id, brief_version, item, asked,
       citations, asked_in, said_in, answered_by)
     values (gen_random_uuid(), $1, $2, $3, 1, 'O1', 'How long?', '[]', 't3', 't4', 'u')`,
    [workspace, project, further.id],
  )
  const body = { openQuestions: [{ question: 'How many?' }], items: [{ turn: 't4' }] }
  await seedDocuments(ask, workspace, project, { version: 2, approved: false, body })
}

const project = (id: string) =>
  `(select p.id from projects p join conversations c on c.id = p.conversation_id
    where c.external_id = '${id}')`

/** For each invariant, what makes a sound database contradict it. */
const doctored: Readonly<Record<keyof typeof invariants, readonly string[]>> = {
  'every acknowledged message is in the inbox': [
    `delete from webhook_inbox where external_id = 'c-1' and body ->> 'event_type' = 'system.shutdown'`,
  ],
  'every message is kept once and was handled': [
    `update webhook_inbox set handled_at = null where external_id = 'c-0'`,
    `insert into webhook_inbox (id, source, dedupe_key, external_id, body, handled_at)
     select gen_random_uuid(), source, 'another', external_id, body, now()
     from webhook_inbox limit 1`,
  ],
  'each conversation has exactly one project': [
    `delete from projects where id = ${project('c-1')}`,
    `alter table projects drop constraint projects_conversation_id_key;
     insert into projects (id, workspace_id, conversation_id, title, status, approval, spec_id)
     select gen_random_uuid(), workspace_id, conversation_id, title, status, approval, spec_id
     from projects limit 1`,
    `update conversations set external_id = 'nobody sent this' where external_id = 'c-1'`,
    `alter table conversations drop constraint conversations_source_external_id_key;
     insert into conversations (id, workspace_id, source, external_id, status, approval)
     select gen_random_uuid(), workspace_id, source, external_id, status, approval
     from conversations limit 1`,
  ],
  'each conversation has come as far as it can': [
    `update projects set status = 'planning' where id = ${project('c-1')}`,
    `update projects set status = 'building' where id = ${project('c-0')}`,
  ],
  'everything that was said later is kept once, where it belongs': [
    `delete from conversations where continues is not null`,
    `delete from answers`,
    `update conversations set turns = '[]' where continues is not null`,
    `update conversations set continues = ${project('c-0')} where continues is not null`,
    `insert into conversations (id, workspace_id, source, status, approval, continues, turns_before, turns)
     select gen_random_uuid(), workspace_id, source, status, approval, continues, 4,
       '[{"id": "t5"}]' from conversations where continues is not null`,
  ],
  "each project's turns are numbered on without a gap": [
    `update conversations set turns_before = 3 where continues is not null`,
    `update conversations set turns = '[{"id": "t2"}, {"id": "t3"}]' where continues is not null`,
    `update conversations set awaits_build = true where continues is not null`,
  ],
  'the newest brief and plan come after the last words': [
    `update plans set brief_version = 1 where version = 2`,
    `update project_events set type = 'noted' where type = 'brief.ready'
       and seq > (select max(seq) from project_events where type = 'conversation.received')`,
    `update project_events set type = 'noted' where type = 'plan.ready'
       and seq > (select max(seq) from project_events where type = 'conversation.received')`,
  ],
  'what was answered is heard and asked no more': [
    `update answers set asked = 'How many?'`,
    `update answers set said_in = 't5'`,
  ],
  'each stage took effect once': [
    `insert into briefs select project_id, 2, workspace_id, body from briefs limit 1`,
    `delete from plans where project_id = ${project('c-1')}`,
    `update project_events set body = body || '{"stage": "plan"}'
     where type = 'stage.finished' and body ->> 'stage' = 'analyse'`,
    `update project_events set type = 'plan.ready' where type = 'brief.ready'`,
    `insert into builds (id, workspace_id, project_id, plan_version, plan_hash, state, finished_at)
     select gen_random_uuid(), workspace_id, project_id, 1, plan_hash, state, now() from builds`,
    `insert into audit_log (id, workspace_id, actor, action, target, details)
     select gen_random_uuid(), workspace_id, 'a', 'project.retry', id, '{"from": "plan"}'
     from projects`,
  ],
  'each attempt at a build started once, and each build ended once': [
    `update project_events set body = body || '{"attempt": 2}' where type = 'build.started'`,
    `update builds set finished_at = null`,
    `update project_events set type = 'build.started' where type = 'build.completed'`,
    `update project_events set type = 'build.failed', body = body ||
       jsonb_build_object('build', (select id from builds)) where type = 'build.queued'`,
  ],
  "each project's log counts without a gap": [
    `delete from project_events where seq = 3`,
    `delete from project_events where seq = 1`,
    `update projects set last_seq = last_seq + 1`,
    `delete from project_events where project_id = ${project('c-1')}`,
  ],
  "each project's log tells how it got its status": [
    `update projects set status = 'failed', status_reason = 'r' where id = ${project('c-1')}`,
    `update project_events set body = body || '{"from": "building"}'
     where type = 'project.status' and body ->> 'to' = 'planning'`,
  ],
  'no job is left in the queue': [
    `insert into processing_queue (stage, state) values ('plan', 'waiting')`,
    `insert into processing_queue (stage, state) values ('ingest', 'active')`,
    `insert into processing_queue (stage, state) values ('build', 'delayed')`,
  ],
  'no project failed without a fault that explains it': [
    `update projects set status = 'failed', status_reason = null where id = ${project('c-1')}`,
    `update projects set status = 'failed', status_reason = 'It did.' where id = ${project('c-1')}`,
  ],
  'no dead letter is left without a fault that explains it': [
    `insert into processing_queue (stage, state) values ('dead_letter', 'waiting')`,
    `insert into processing_queue (stage, state) values ('plan', 'failed')`,
    `create table dead_letters (id int, stage text, code text, message text, resolved_at timestamptz);
     insert into dead_letters values (1, 'plan', 'internal', 'm', null)`,
  ],
}

onPostgres('the check of a round', (url) => {
  let client: Client
  const ask: Ask = async (sql, values) => {
    const result = await client.query<Record<string, unknown>>(sql, values && [...values])
    return result.rows
  }
  const broken = async () => (await checkDatabase(ask, sent)).map(({ invariant }) => invariant)
  // Each case is doctored in a transaction of its own that is rolled back.
  beforeEach(async () => {
    client = new Client({ connectionString: url() })
    await client.connect()
    await client.query('begin')
    await seed(ask)
  })
  afterEach(async () => {
    await client.query('rollback')
    await client.end()
  })

  it('finds nothing in a database that is as it must be', async () => {
    expect(await checkDatabase(ask, sent)).toEqual([])
  })

  for (const [invariant, statements] of Object.entries(doctored)) {
    for (const [index, statement] of statements.entries()) {
      it(`finds it when this does not hold: ${invariant} (${index + 1})`, async () => {
        await ask(statement)
        expect(await broken()).toContain(invariant)
      })
    }
  }

  it('takes a failure that a fault explains for what it is', async () => {
    await ask(`insert into processing_queue (stage, state, error)
      values ('plan', 'failed', '{"code": "of_the_fault"}')`)
    expect(await broken()).toEqual(['no dead letter is left without a fault that explains it'])
    expect(await checkDatabase(ask, { ...sent, explained: ['of_the_fault'] })).toEqual([])
  })

  it('takes a build with which a restarted runner went on for one build', async () => {
    const once = { type: 'build.started', attempt: 2 }
    await ask(
      `insert into project_events (project_id, seq, workspace_id, type, body)
       select project_id, last_seq + 1, b.workspace_id, 'build.started',
         $1::jsonb || jsonb_build_object('build', b.id)
       from builds b join projects p on p.id = b.project_id`,
      [JSON.stringify(once)],
    )
    await ask(`update projects set last_seq = last_seq + 1 where id = ${project('c-0')}`)
    expect(await broken()).toEqual([])
  })

  it('finds a connection that was left open', async () => {
    const other = new Client({ connectionString: url(), application_name: 'left open' })
    await other.connect()
    try {
      expect(await connectionsLeft(ask)).toContainEqual(expect.stringMatching(/^left open/))
    } finally {
      await other.end()
    }
  })
})

describe('the check of how processes ended', () => {
  it('finds one that ended by itself, one with an error and one that was overdue', () => {
    const faults = badEndings([
      { name: 'server', how: 'killed', code: null },
      { name: 'server', how: 'asked', code: 0 },
      { name: 'worker 1', how: 'before_it_was_ready', code: 1, said: 'no database' },
      { name: 'worker 1', how: 'by_itself', code: 1, said: 'read ECONNRESET' },
      { name: 'worker 2', how: 'asked', code: 1 },
      { name: 'worker 2', how: 'overdue', code: null },
    ])
    expect(faults).toEqual([
      'worker 1: by_itself, code 1. read ECONNRESET',
      'worker 2: asked, code 1. ',
      'worker 2: overdue, code null. ',
    ])
  })
})
