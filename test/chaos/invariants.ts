import type { Ask } from './ask.ts'

/** What a round knows of what it sent. */
export interface Sent {
  /** Every message that was answered with a 2xx. */
  acknowledged: readonly { conversation: string; eventType: string }[]
  conversations: readonly { id: string; kind: 'plan' | 'build' }[]
  /** Every further talk and answer that was taken, with the id of the conversation that it became. */
  said: readonly { conversation: string; does: 'talk' | 'answer'; id: string }[]
  /** Codes of failures that a fault of the round explains; none as a rule. */
  explained: readonly string[]
}

/** One thing that must hold when everything has come to rest; gives what contradicts it. */
export type Invariant = (ask: Ask, sent: Sent) => Promise<string[]>

async function faults(ask: Ask, sql: string, values: readonly unknown[] = []): Promise<string[]> {
  return (await ask(sql, values)).map((row) => String(row['fault']))
}

const acknowledgedIsKept: Invariant = (ask, { acknowledged }) =>
  faults(
    ask,
    `select a.conversation || ' ' || a.event as fault
     from unnest($1::text[], $2::text[]) as a (conversation, event)
     where not exists (select 1 from webhook_inbox i where i.source = 'tavus'
       and i.external_id = a.conversation and i.body ->> 'event_type' = a.event)`,
    [acknowledged.map((one) => one.conversation), acknowledged.map((one) => one.eventType)],
  )

const keptOnceAndHandled: Invariant = (ask) =>
  faults(
    ask,
    `select external_id || ' ' || (body ->> 'event_type') || ': kept ' || count(*) || ' times, '
       || count(handled_at) || ' handled' as fault
     from webhook_inbox group by external_id, body ->> 'event_type'
     having count(*) <> 1 or count(handled_at) <> 1`,
  )

const oneProjectEach: Invariant = (ask, { conversations }) =>
  faults(
    ask,
    `select coalesce(wanted.id, c.external_id) || ': ' || count(distinct c.id)
       || ' conversations, ' || count(p.id) || ' projects' as fault
     from unnest($1::text[]) as wanted (id)
     full join (select * from conversations where continues is null) c on c.external_id = wanted.id
     left join projects p on p.conversation_id = c.id
     group by wanted.id, c.external_id
     having wanted.id is null or count(distinct c.id) <> 1 or count(p.id) <> 1`,
    [conversations.map(({ id }) => id)],
  )

const arrived: Invariant = (ask, { conversations }) =>
  faults(
    ask,
    `select wanted.id || ' is ' || coalesce(p.status, 'nowhere') ||
       coalesce(': ' || p.status_reason, '') as fault
     from unnest($1::text[], $2::text[]) as wanted (id, status)
     left join conversations c on c.external_id = wanted.id
     left join projects p on p.conversation_id = c.id
     where p.status is distinct from wanted.status`,
    [
      conversations.map(({ id }) => id),
      conversations.map(({ kind }) => (kind === 'build' ? 'completed' : 'awaiting_approval')),
    ],
  )

const saidIsKeptOnce: Invariant = (ask, { said }) =>
  faults(
    ask,
    `select coalesce(said.conversation, 'nobody') || ' said ' || coalesce(said.id, 'nothing')
       || ', kept ' || coalesce(c.id::text, 'nowhere') || ' in ' || coalesce(first.external_id, 'none')
       || ' with ' || coalesce(jsonb_array_length(c.turns), 0) || ' turns and '
       || (select count(*) from answers a where a.conversation_id = c.id) || ' answers' as fault
     from unnest($1::text[], $2::text[], $3::text[]) as said (conversation, does, id)
     full join (select * from conversations where continues is not null) c on c.id::text = said.id
     left join projects p on p.id = c.continues
     left join conversations first on first.id = p.conversation_id
     where said.conversation is distinct from first.external_id or coalesce(jsonb_array_length(c.turns), 0) = 0
       or (select count(*) from answers a where a.conversation_id = c.id)
         <> (said.does = 'answer')::int`,
    [said.map((one) => one.conversation), said.map(({ does }) => does), said.map(({ id }) => id)],
  )

/** The conversations of each project, in order. */
const parts = `
  select p.id, c.turns, c.turns_before, c.awaits_build,
    coalesce(sum(jsonb_array_length(c.turns)) over (partition by p.id order by c.turns_before
      rows between unbounded preceding and 1 preceding), 0) as before
  from projects p join conversations c on c.id = p.conversation_id or c.continues = p.id`

const turnsWithoutGap: Invariant = (ask) =>
  faults(
    ask,
    `select id || ': a part begins after ' || turns_before || ' turns, and ' || before
       || ' were said; its first is ' || coalesce(turns -> 0 ->> 'id', 'none') as fault
     from (${parts}) as parts
     where turns_before <> before or turns -> 0 ->> 'id' is distinct from 't' || (before + 1)
       or turns -> -1 ->> 'id' is distinct from 't' || (before + jsonb_array_length(turns))
       or awaits_build`,
  )

const newestSaysAll: Invariant = (ask) =>
  faults(
    ask,
    `select p.id || ': the last words came at seq ' || heard || ', the newest brief at '
       || coalesce(understood, 0) || ', the newest plan at ' || coalesce(planned, 0)
       || ', of brief ' || coalesce(newest.brief_version, 0) || ' of ' || briefs as fault
     from projects p
     cross join lateral (
       select max(seq) filter (where type = 'conversation.received') as heard,
         max(seq) filter (where type = 'brief.ready') as understood,
         max(seq) filter (where type = 'plan.ready') as planned
       from project_events where project_id = p.id
     ) as told
     cross join lateral (select count(*) as briefs from briefs where project_id = p.id) as counted
     left join lateral (
       select brief_version from plans where project_id = p.id order by version desc limit 1
     ) as newest on true
     where p.status in ('awaiting_approval', 'completed') and (coalesce(understood, 0) < heard
       or coalesce(planned, 0) < understood or newest.brief_version is distinct from briefs)`,
  )

const answeredIsClosed: Invariant = (ask) =>
  faults(
    ask,
    `select a.project_id || ' asks again: ' || a.asked as fault
     from answers a
     cross join lateral (
       select body from briefs where project_id = a.project_id order by version desc limit 1
     ) as newest
     where exists (
       select 1 from jsonb_array_elements(newest.body -> 'openQuestions') as open
       where open ->> 'question' = a.asked
     ) or not newest.body::text like '%"' || a.said_in || '"%'`,
  )

/**
 * Of each stage: how often it may take effect (once, and once more for each time that a person
 * started it or one before it again, or said more), how often it must have, what it wrote, and what
 * the log tells of it. What more was said takes back what is under way, so one effect can be enough.
 */
const effects = `
  with again as (
    select target as project, details ->> 'from' as stage from audit_log
    where action = 'project.retry'
    union all select continues::text, 'analyse' from conversations where continues is not null
  ), told as (
    select project_id, type, body ->> 'stage' as stage, count(*) as n
    from project_events group by 1, 2, 3
  )
  select p.id, p.status, c.external_id, s.stage, s.allowed, s.written,
    case when exists (select 1 from conversations more where more.continues = p.id)
      then least(s.allowed, 1) else s.allowed end as needed,
    coalesce((select n from told where project_id = p.id and type = s.told and stage is null), 0)
      as told,
    coalesce((select n from told where project_id = p.id and type = 'stage.finished'
      and stage = s.stage), 0) as finished
  from projects p join conversations c on c.id = p.conversation_id
  cross join lateral (
    select 'analyse' as stage, 'brief.ready' as told,
      1 + (select count(*) from again where project = p.id::text and stage = 'analyse') as allowed,
      (select count(*) from briefs where project_id = p.id) as written
    union all select 'plan', 'plan.ready',
      1 + (select count(*) from again where project = p.id::text and stage in ('analyse', 'plan')),
      (select count(*) from plans where project_id = p.id)
    union all select 'build', 'build.queued',
      (select count(*) from plans where project_id = p.id and approved_at is not null)
        + (select count(*) from again where project = p.id::text and stage = 'build'),
      (select count(*) from builds where project_id = p.id)
  ) s`

const eachStageOnce: Invariant = (ask) =>
  faults(
    ask,
    `select external_id || ' ' || stage || ': may take effect ' || allowed || ' times, wrote '
       || written || ', told ' || told || ', finished ' || finished as fault
     from (${effects}) as e
     where written > allowed or told <> written
       -- A builder may be so quick that the project has ended when the stage would say so.
       or finished > written or (stage <> 'build' and finished <> written)
       or (status in ('awaiting_approval', 'completed') and written < needed)`,
  )

const eachBuildEndsOnce: Invariant = (ask) =>
  faults(
    ask,
    `select b.id || ' is ' || b.state || ', started ' || count(*) filter
       (where e.type = 'build.started') || ' times, ended ' || count(*) filter (where e.type in
       ('build.completed', 'build.failed', 'build.cancelled')) || ' times' as fault
     from builds b left join project_events e
       on e.project_id = b.project_id and e.body ->> 'build' = b.id::text
     group by b.id, b.state
     having b.finished_at is null
       -- A runner that was restarted goes on with the build, and says which attempt it is.
       or count(*) filter (where e.type = 'build.started') <> count(distinct
         coalesce((e.body ->> 'attempt')::int, 1)) filter (where e.type = 'build.started')
       or count(*) filter (where e.type = 'build.started') < coalesce(max(
         (e.body ->> 'attempt')::int) filter (where e.type = 'build.started'), 0)
       or count(*) filter (where e.type in
         ('build.completed', 'build.failed', 'build.cancelled')) <> 1`,
  )

const logWithoutGap: Invariant = (ask) =>
  faults(
    ask,
    `select p.id || ': ' || count(e.seq) || ' events, ' || coalesce(min(e.seq), 0) || ' to '
       || coalesce(max(e.seq), 0) || ', last_seq ' || p.last_seq as fault
     from projects p left join project_events e on e.project_id = p.id
     group by p.id, p.last_seq
     having count(e.seq) <> p.last_seq or min(e.seq) <> 1 or max(e.seq) <> p.last_seq
       or count(e.seq) = 0`,
  )

const logTellsStatus: Invariant = (ask) =>
  faults(
    ask,
    `select project_id || ' at seq ' || seq || ': from ' || coalesce("from", 'nothing') || ' to '
       || "to" || ', but it was ' || coalesce(before, 'nothing')
       || ' and is ' || status as fault
     from (
       select e.project_id, e.seq, e.body ->> 'from' as "from", e.body ->> 'to' as "to", p.status,
         lag(e.body ->> 'to') over steps as before,
         lead(e.seq) over steps as next
       from project_events e join projects p on p.id = e.project_id
       where e.type = 'project.status' window steps as (partition by e.project_id order by e.seq)
     ) as changes
     where "from" is distinct from before or (next is null and "to" <> status)`,
  )

const nothingQueued: Invariant = (ask) =>
  faults(
    ask,
    `select stage || ' job ' || id || ' is ' || state || coalesce(' for project ' || project_id, '')
       as fault
     from processing_queue where state in ('waiting', 'delayed', 'active')
       and stage <> 'dead_letter'`,
  )

const failuresAreExplained: Invariant = (ask, { explained }) =>
  faults(
    ask,
    `select p.id || ' failed with ' || coalesce(last.code, 'no code') || ': '
       || coalesce(p.status_reason, 'no reason') as fault
     from projects p left join lateral (
       select e.body ->> 'code' as code from project_events e
       where e.project_id = p.id and e.type in ('stage.failed', 'build.failed')
       order by e.seq desc limit 1
     ) as last on true
     where p.status = 'failed'
       and (coalesce(p.status_reason, '') = '' or not coalesce(last.code = any ($1::text[]), false))`,
    [explained],
  )

const lettersAreExplained: Invariant = async (ask, { explained }) => {
  const left = await faults(
    ask,
    `select stage || ' job ' || id || ': ' || coalesce(error::text, 'no error') as fault
     from processing_queue where (stage = 'dead_letter' or state = 'failed')
       and not coalesce(error ->> 'code' = any ($1::text[]), false)`,
    [explained],
  )
  const [table] = await ask(`select to_regclass('public.dead_letters') is not null as there`)
  if (table?.['there'] !== true) return left
  const letters = await faults(
    ask,
    `select stage || ' letter ' || id || ': ' || code || ', ' || message as fault
     from dead_letters where resolved_at is null and not code = any ($1::text[])`,
    [explained],
  )
  return [...left, ...letters]
}

/** By what they promise; each is shown to be able to fail in the tests beside. */
export const invariants = {
  'every acknowledged message is in the inbox': acknowledgedIsKept,
  'every message is kept once and was handled': keptOnceAndHandled,
  'each conversation has exactly one project': oneProjectEach,
  'each conversation has come as far as it can': arrived,
  'everything that was said later is kept once, where it belongs': saidIsKeptOnce,
  "each project's turns are numbered on without a gap": turnsWithoutGap,
  'the newest brief and plan come after the last words': newestSaysAll,
  'what was answered is heard and asked no more': answeredIsClosed,
  'each stage took effect once': eachStageOnce,
  'each attempt at a build started once, and each build ended once': eachBuildEndsOnce,
  "each project's log counts without a gap": logWithoutGap,
  "each project's log tells how it got its status": logTellsStatus,
  'no job is left in the queue': nothingQueued,
  'no project failed without a fault that explains it': failuresAreExplained,
  'no dead letter is left without a fault that explains it': lettersAreExplained,
} as const satisfies Record<string, Invariant>

export interface Violation {
  invariant: string
  count: number
  /** The first few. */
  examples: readonly string[]
}

/** Sums up what contradicts an invariant; undefined when nothing does. */
export function violation(invariant: string, found: readonly string[]): Violation | undefined {
  if (found.length === 0) return undefined
  return { invariant, count: found.length, examples: found.slice(0, 5) }
}

/** Checks a database that has come to rest. */
export async function checkDatabase(ask: Ask, sent: Sent): Promise<Violation[]> {
  const found: Violation[] = []
  for (const [name, invariant] of Object.entries(invariants)) {
    const broken = violation(name, await invariant(ask, sent))
    if (broken !== undefined) found.push(broken)
  }
  return found
}
