-- What keeps the hot queries and the retention sweep quick on a database of millions of rows, and
-- where the events of projects go that came to rest long ago.

-- When a project came to rest; null while work may be under way. Unlike updated_at it stays as it
-- is when events are added, so its index leaves those updates within their page (HOT).
alter table public.projects
  add column settled_at timestamptz,
  -- When the last of its events went to the archive; null again as soon as it gets another one.
  add column archived_at timestamptz,
  -- A cursor of the list carries milliseconds; finer values would be passed over at a page's end.
  alter column created_at type timestamptz(3);
update public.projects set settled_at = updated_at
  where status in ('completed', 'failed', 'cancelled');
create index projects_to_archive on public.projects (settled_at)
  where settled_at is not null and archived_at is null;

create table public.event_archive (
  project_id uuid not null references public.projects on delete cascade,
  first_seq integer not null,
  last_seq integer not null check (last_seq >= first_seq),
  workspace_id uuid not null,
  -- JSON lines in gzip, an event in each: seq, at, body.
  lines bytea not null,
  archived_at timestamptz not null default now(),
  primary key (project_id, last_seq)
);
-- The lines are compressed already.
alter table public.event_archive alter column lines set storage external;
alter table public.event_archive enable row level security;
revoke all on public.event_archive from public, anon, authenticated;
grant all on public.event_archive to service_role;
grant select on public.event_archive to authenticated;
create policy members_read on public.event_archive for select to authenticated
  using (workspace_id in (select talkwright.my_workspaces()));

-- The few events that a project's page shows of its stages, among many lines of build logs.
create index project_events_stages on public.project_events (project_id, seq)
  where type in ('stage.started', 'stage.finished', 'stage.failed', 'build.completed',
    'build.failed', 'build.cancelled');

alter table public.builds
  -- When the last of its build events was removed; they live on as project events.
  add column events_removed_at timestamptz;
create index builds_to_clear on public.builds (finished_at)
  where finished_at is not null and events_removed_at is null;
drop index public.builds_project;
create index builds_project on public.builds (project_id, created_at desc, id desc);
-- A build that never reached a builder is never asked about, so it must not pile up in here.
drop index public.builds_open;
create index builds_open on public.builds (heard_at)
  where finished_at is null and external_id is not null;

-- A conversation that was given up (see maxAsked) leaves the index, or they would pile up at its head.
drop index public.conversations_waiting;
create index conversations_waiting on public.conversations (source, created_at)
  where status in ('ended', 'live') and asked_count < 72;

-- Null once the body was removed; the row itself stays, so that a repeat still does nothing.
alter table public.webhook_inbox alter column body drop not null;
create index webhook_inbox_bodies on public.webhook_inbox (handled_at)
  where handled_at is not null and body is not null;

create index idempotency_keys_age on public.idempotency_keys (created_at);
create index sign_in_links_age on public.sign_in_links (expires_at);
create index api_keys_workspace on public.api_keys (workspace_id, created_at);
create index workspaces_oldest on public.workspaces (created_at, id);

alter table public.audit_log alter column at type timestamptz(3);
drop index public.audit_log_workspace;
create index audit_log_workspace on public.audit_log (workspace_id, at desc, id desc);
