// What Talkwright's stages write, statement by statement, for the peers: a conversation with its
// turns, a project, its events with a gap-free seq, a brief, a plan and every status between. The
// pipeline bench compares the outcome, so a change of the stages that is missing here is found.
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { Brief } from '../../src/domain/brief.ts'
import { PlanDraft, planHash } from '../../src/domain/plan.ts'
import { Turn } from '../../src/domain/turn.ts'
import { lintSpec } from '../../src/kiro/lint.ts'
import { parseRequirements } from '../../src/kiro/requirements.ts'
import { parseTasks } from '../../src/kiro/tasks.ts'
import { keepableTavusBody } from '../../src/sources/tavus/redact.ts'
import { identifyTavusBody, parseTavusBody } from '../../src/sources/tavus/webhook.ts'
import { instantBrief, instantPlan } from '../support/instant.ts'
import { type Connection, one, rows, run } from './statements.ts'

const Id = z.object({ id: z.string() })
const Project = z.object({
  id: z.string(),
  workspace_id: z.string(),
  conversation_id: z.string(),
  status: z.string(),
})

/** Keeps a webhook's body, as Talkwright's endpoint does, and gives its id. */
export async function keepWebhook(on: Connection, raw: unknown): Promise<string> {
  const id = randomUUID()
  const { kind, conversationId: externalId = null } = identifyTavusBody(raw)
  const { dedupeKey, json } = keepableTavusBody(raw)
  await run(
    on,
    'inbox_insert',
    `insert into webhook_inbox (id, source, dedupe_key, external_id, event_type, body)
     values ($1, 'tavus', $2, $3, $4, $5::text::jsonb)
     on conflict (source, dedupe_key) do nothing returning id`,
    [id, dedupeKey, externalId, kind, json],
  )
  return id
}

async function appendEvents(
  on: Connection,
  projectId: string,
  events: readonly object[],
): Promise<void> {
  await run(
    on,
    'events_append',
    `with bumped as (
       update projects set last_seq = last_seq + $2::int, updated_at = clock_timestamp()
       where id = $1::uuid returning id, workspace_id, last_seq
     )
     insert into project_events (project_id, seq, workspace_id, type, body)
     select bumped.id, bumped.last_seq - $2::int + added.ord, bumped.workspace_id,
       added.body ->> 'type', added.body
     from bumped, jsonb_array_elements($3::text::jsonb) with ordinality as added (body, ord)
     order by added.ord
     returning seq`,
    [projectId, events.length, JSON.stringify(events)],
  )
}

async function lockProject(on: Connection, id: string) {
  return one(on, Project, 'project_lock', 'select * from projects where id = $1 for update', [id])
}

async function setStatus(on: Connection, id: string, from: string, to: string): Promise<object[]> {
  if (from === to) return []
  await run(
    on,
    'project_status',
    'update projects set status = $1, status_reason = null where id = $2',
    [to, id],
  )
  return [{ type: 'project.status', from, to }]
}

async function ensureConversation(on: Connection, externalId: string) {
  const workspace = await one(
    on,
    Id,
    'workspace_first',
    'select id, name from workspaces order by created_at, id limit 1',
    [],
  )
  await run(
    on,
    'conversation_insert',
    `insert into conversations (id, workspace_id, source, external_id, title, status, approval)
     values ($1, $2, 'tavus', $3, null, 'live', 'manual')
     on conflict (source, external_id) do nothing`,
    [randomUUID(), workspace.id, externalId],
  )
  const conversation = await one(
    on,
    Id,
    'conversation_lock',
    `select * from conversations where source = 'tavus' and external_id = $1 for update`,
    [externalId],
  )
  return { id: conversation.id, workspaceId: workspace.id }
}

/** The first stage: from the kept body to a project. Gives the project's id; call it in a transaction. */
export async function ingest(on: Connection, inboxId: string): Promise<string> {
  const message = await one(
    on,
    z.object({ body: z.unknown() }),
    'inbox_get',
    'select body, handled_at from webhook_inbox where id = $1',
    [inboxId],
  )
  const body = parseTavusBody(message.body)
  if (body.kind !== 'transcript') throw new Error('The benches send transcripts alone.')
  const conversation = await ensureConversation(on, body.conversationId)
  await run(
    on,
    'conversation_turns',
    `update conversations set turns = $1::text::jsonb, status = 'transcribed' where id = $2`,
    [JSON.stringify(body.turns), conversation.id],
  )
  const project = await one(
    on,
    Id,
    'project_insert',
    `insert into projects (id, workspace_id, conversation_id, title, status, approval, spec_id)
     values ($1, $2, $3, 'Untitled conversation', 'received', 'manual', $4)
     on conflict (conversation_id) do nothing returning id`,
    [randomUUID(), conversation.workspaceId, conversation.id, randomUUID()],
  )
  await appendEvents(on, project.id, [
    { type: 'conversation.received', source: 'tavus', turns: body.turns.length },
    { type: 'project.status', from: null, to: 'received' },
  ])
  await run(
    on,
    'inbox_handled',
    `update webhook_inbox set handled_at = $1, outcome = 'project' where id = $2`,
    [new Date(), inboxId],
  )
  return project.id
}

type Stage = 'analyse' | 'plan'

/** Begins a stage, so that whoever watches sees it run; call it in a transaction of its own. */
export async function begin(on: Connection, projectId: string, stage: Stage): Promise<void> {
  const project = await lockProject(on, projectId)
  const to = stage === 'analyse' ? 'analysing' : 'planning'
  const changed = await setStatus(on, projectId, project.status, to)
  await appendEvents(on, projectId, [...changed, { type: 'stage.started', stage, attempt: 1 }])
}

/** The analyst's part, outside of any transaction. */
export async function makeBrief(on: Connection, projectId: string): Promise<Brief> {
  const { turns } = await one(
    on,
    z.object({ turns: z.array(Turn) }),
    'turns_get',
    `select c.* from conversations c join projects p on p.conversation_id = c.id where p.id = $1`,
    [projectId],
  )
  const brief = Brief.parse(instantBrief)
  const byId = new Map(turns.map((turn) => [turn.id, turn.text]))
  for (const item of brief.items) {
    for (const { turn, quote } of item.citations) {
      if (byId.get(turn)?.includes(quote) !== true) throw new Error(`${item.id} has no evidence.`)
    }
  }
  return brief
}

const Version = z.object({ version: z.number() })

/** Ends the analysis; call it in a transaction, with the next job. */
export async function storeBrief(on: Connection, projectId: string, brief: Brief): Promise<void> {
  const project = await lockProject(on, projectId)
  await appendEvents(on, projectId, [{ type: 'stage.finished', stage: 'analyse', ms: 1 }])
  const latest = await rows(
    on,
    Version,
    'brief_latest',
    'select version, body from briefs where project_id = $1 order by version desc limit 1',
    [projectId],
  )
  const version = (latest[0]?.version ?? 0) + 1
  await run(
    on,
    'brief_insert',
    `insert into briefs (project_id, workspace_id, version, body) values ($1, $2, $3, $4::text::jsonb)`,
    [projectId, project.workspace_id, version, JSON.stringify(brief)],
  )
  await run(on, 'project_title', 'update projects set title = $1 where id = $2', [
    brief.title,
    projectId,
  ])
  const changed = await setStatus(on, projectId, project.status, 'planning')
  const counts = { items: brief.items.length, requirements: brief.items.length, entities: 0 }
  await appendEvents(on, projectId, [...changed, { type: 'brief.ready', version, counts }])
}

export interface MadePlan {
  draft: PlanDraft
  hash: string
  lint: unknown[]
  counts: Record<string, number>
}

/** The planner's part, outside of any transaction. */
export async function makePlan(on: Connection, projectId: string): Promise<MadePlan> {
  await one(
    on,
    z.object({ body: Brief }),
    'brief_get',
    'select version, body from briefs where project_id = $1 order by version desc limit 1',
    [projectId],
  )
  const draft = PlanDraft.parse(instantPlan)
  const lint = lintSpec(draft.files, draft.trace)
  const content = (name: string) =>
    draft.files.find((file) => file.path.endsWith(name))?.content ?? ''
  const { requirements } = parseRequirements(content('requirements.md'))
  const { tasks } = parseTasks(content('tasks.md'))
  const counts = { requirements: requirements.length, tasks: tasks.length, warnings: lint.length }
  return { draft, hash: await planHash(draft.files), lint, counts }
}

/** Ends the planning; call it in a transaction. */
export async function storePlan(on: Connection, projectId: string, plan: MadePlan): Promise<void> {
  const project = await lockProject(on, projectId)
  await appendEvents(on, projectId, [{ type: 'stage.finished', stage: 'plan', ms: 1 }])
  const latest = await rows(
    on,
    Version,
    'plan_latest',
    'select * from plans where project_id = $1 order by version desc limit 1',
    [projectId],
  )
  const version = (latest[0]?.version ?? 0) + 1
  const { draft, hash, lint, counts } = plan
  await run(
    on,
    'plan_insert',
    `insert into plans (project_id, workspace_id, version, hash, body, lint)
     values ($1, $2, $3, $4, $5::text::jsonb, $6::text::jsonb)`,
    [projectId, project.workspace_id, version, hash, JSON.stringify(draft), JSON.stringify(lint)],
  )
  const changed = await setStatus(on, projectId, project.status, 'awaiting_approval')
  await appendEvents(on, projectId, [...changed, { type: 'plan.ready', version, hash, counts }])
}
