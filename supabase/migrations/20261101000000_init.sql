-- The whole schema. It runs as it is on Supabase, on PostgreSQL 15 or newer and on the embedded
-- database; elsewhere than on Supabase, src/store/bootstrap.sql makes the roles and auth functions first.

create schema if not exists talkwright;
grant usage on schema talkwright to authenticated, service_role;

create table public.workspaces (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  created_at timestamptz not null default now()
);

create table public.memberships (
  workspace_id uuid not null references public.workspaces on delete cascade,
  user_id uuid not null,
  role text not null check (role in ('viewer', 'member', 'admin', 'owner')),
  created_at timestamptz not null default now(),
  primary key (workspace_id, user_id)
);
create index memberships_user on public.memberships (user_id);

-- Security definer, so that the policy on memberships itself does not call itself without end.
create function talkwright.my_workspaces() returns setof uuid
language sql stable security definer set search_path = ''
as $$ select workspace_id from public.memberships where user_id = auth.uid() $$;
revoke all on function talkwright.my_workspaces() from public;
grant execute on function talkwright.my_workspaces() to authenticated, service_role;

create table public.conversations (
  id uuid primary key,
  workspace_id uuid not null references public.workspaces on delete cascade,
  source text not null check (length(source) between 1 and 40),
  -- The id that the source gives it; an upload has none.
  external_id text,
  title text,
  status text not null check (status in ('live', 'ended', 'transcribed', 'no_dialogue')),
  end_reason text,
  approval text not null check (approval in ('auto', 'manual')),
  turns jsonb not null default '[]',
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  -- When the reconciler last asked the source for a transcript that did not come, and how often.
  asked_at timestamptz,
  asked_count integer not null default 0,
  unique (source, external_id)
);
create index conversations_workspace on public.conversations (workspace_id, created_at desc);
create index conversations_waiting on public.conversations (ended_at) where status = 'ended';

create table public.projects (
  id uuid primary key,
  workspace_id uuid not null references public.workspaces on delete cascade,
  -- Unique: a conversation has exactly one project, whatever is repeated.
  conversation_id uuid not null unique references public.conversations on delete cascade,
  title text not null,
  status text not null check (status in ('received', 'analysing', 'planning', 'awaiting_approval',
    'building', 'completed', 'failed', 'cancelled', 'paused')),
  status_reason text,
  approval text not null check (approval in ('auto', 'manual')),
  -- The id in .config.kiro, the same over all versions of the plan.
  spec_id uuid not null,
  -- The seq of the last event; taken under the row's lock, so that seq order is commit order.
  last_seq integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index projects_list on public.projects (workspace_id, created_at desc, id desc);

create table public.project_events (
  project_id uuid not null references public.projects on delete cascade,
  seq integer not null,
  workspace_id uuid not null,
  at timestamptz not null default clock_timestamp(),
  type text not null,
  body jsonb not null,
  primary key (project_id, seq)
);

create table public.briefs (
  project_id uuid not null references public.projects on delete cascade,
  version integer not null,
  workspace_id uuid not null,
  body jsonb not null,
  created_at timestamptz not null default now(),
  primary key (project_id, version)
);

create table public.plans (
  project_id uuid not null references public.projects on delete cascade,
  version integer not null,
  workspace_id uuid not null,
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  body jsonb not null,
  lint jsonb not null,
  approved_by text,
  approved_how text check (approved_how in ('auto', 'person')),
  approved_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (project_id, version)
);

create table public.builds (
  id uuid primary key,
  workspace_id uuid not null,
  project_id uuid not null references public.projects on delete cascade,
  plan_version integer not null,
  -- A build carries out this hash and no other.
  plan_hash text not null check (plan_hash ~ '^[0-9a-f]{64}$'),
  include_optional boolean not null default false,
  -- The builder's own id for it, once the builder has answered.
  external_id text unique,
  state text not null check (state in ('queued', 'running', 'waiting', 'completed', 'failed', 'cancelled')),
  tasks jsonb not null default '[]',
  folder text,
  error jsonb,
  -- The sequence of the last build event that became project events; later ones wait for a gap to close.
  applied_sequence integer not null default 0,
  created_at timestamptz not null default now(),
  heard_at timestamptz not null default now(),
  finished_at timestamptz
);
create index builds_project on public.builds (project_id, created_at desc);
create index builds_open on public.builds (heard_at) where finished_at is null;

create table public.build_events (
  build_id uuid not null references public.builds on delete cascade,
  sequence integer not null check (sequence > 0),
  workspace_id uuid not null,
  body jsonb not null,
  received_at timestamptz not null default now(),
  primary key (build_id, sequence)
);

create table public.webhook_inbox (
  id uuid primary key,
  source text not null,
  -- Equal for a repeat of the same message.
  dedupe_key text not null,
  external_id text,
  event_type text,
  body jsonb not null,
  received_at timestamptz not null default now(),
  handled_at timestamptz,
  -- What became of it: project, conversation, repeat, ignored.
  outcome text,
  unique (source, dedupe_key)
);
create index webhook_inbox_open on public.webhook_inbox (received_at) where handled_at is null;

create table public.api_usage (
  id uuid primary key,
  workspace_id uuid not null references public.workspaces on delete cascade,
  project_id uuid references public.projects on delete cascade,
  stage text not null,
  provider text not null,
  model text not null,
  input_tokens integer not null default 0,
  output_tokens integer not null default 0,
  -- Millionths of a US dollar.
  cost_micros integer not null default 0,
  created_at timestamptz not null default now()
);
create index api_usage_project on public.api_usage (project_id, created_at);

create table public.audit_log (
  id uuid primary key,
  workspace_id uuid not null,
  at timestamptz not null default clock_timestamp(),
  actor text not null,
  action text not null,
  target text not null,
  details jsonb not null default '{}'
);
create index audit_log_workspace on public.audit_log (workspace_id, at desc);

create function talkwright.refuse_change() returns trigger
language plpgsql set search_path = ''
as $$ begin raise exception 'audit_log only grows: % is refused', tg_op; end $$;
create trigger audit_log_only_grows before update or delete on public.audit_log
  for each row execute function talkwright.refuse_change();

create table public.api_keys (
  id uuid primary key,
  workspace_id uuid not null references public.workspaces on delete cascade,
  name text not null check (length(name) between 1 and 120),
  -- The first characters, to recognise a key by; the key itself is shown once and never stored.
  prefix text not null,
  hash text not null unique,
  role text not null check (role in ('viewer', 'member', 'admin', 'owner')),
  created_by uuid not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz
);

create table public.sign_in_links (
  hash text primary key,
  workspace_id uuid not null references public.workspaces on delete cascade,
  user_id uuid not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

create table public.idempotency_keys (
  workspace_id uuid not null references public.workspaces on delete cascade,
  key text not null check (length(key) between 1 and 200),
  request_hash text not null,
  status integer,
  response jsonb,
  created_at timestamptz not null default now(),
  primary key (workspace_id, key)
);

-- Reads through a function, because a view on pg-boss's table would block pg-boss's own migrations.
create function talkwright.queue_jobs()
returns table (id uuid, stage text, state text, priority integer, attempts integer,
  project_id text, created_at timestamptz, start_after timestamptz, started_at timestamptz,
  completed_at timestamptz, error jsonb)
language plpgsql stable set search_path = ''
as $$
begin
  if to_regclass('pgboss.job') is null then return; end if;
  return query execute
    'select id, name, state::text, priority, retry_count, data->>''projectId'', created_on,
       start_after, started_on, completed_on, output
     from pgboss.job where name not like ''\_\_pgboss%''';
end $$;
revoke all on function talkwright.queue_jobs() from public;
grant execute on function talkwright.queue_jobs() to service_role;

create view public.processing_queue with (security_invoker = true) as
  select * from talkwright.queue_jobs();

-- Row-level security on every table: a signed-in person reads what their workspaces own, and
-- nothing is written but by the server.
do $$
declare
  owned text[] := array['conversations', 'projects', 'project_events', 'briefs', 'plans', 'builds',
    'build_events', 'api_usage', 'audit_log', 'memberships'];
  hidden text[] := array['webhook_inbox', 'api_keys', 'sign_in_links', 'idempotency_keys'];
  name text;
begin
  foreach name in array owned || hidden || array['workspaces'] loop
    execute format('alter table public.%I enable row level security', name);
    execute format('revoke all on public.%I from public, anon, authenticated', name);
    execute format('grant all on public.%I to service_role', name);
  end loop;
  foreach name in array owned loop
    execute format('grant select on public.%I to authenticated', name);
    execute format('create policy members_read on public.%I for select to authenticated
      using (workspace_id in (select talkwright.my_workspaces()))', name);
  end loop;
end $$;
grant select on public.workspaces to authenticated;
create policy members_read on public.workspaces for select to authenticated
  using (id in (select talkwright.my_workspaces()));
revoke all on public.processing_queue from public, anon, authenticated;
grant select on public.processing_queue to service_role;
