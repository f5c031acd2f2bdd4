-- What is urgent goes first: a project's jobs inherit its conversation's priority.
alter table public.conversations add column priority smallint not null default 0
  check (priority between -100 and 100);
alter table public.projects add column priority smallint not null default 0
  check (priority between -100 and 100);

-- Jobs that were given up, with what an operator needs to know to send them again.
create table public.dead_letters (
  id uuid primary key,
  workspace_id uuid not null references public.workspaces on delete cascade,
  project_id uuid references public.projects on delete cascade,
  stage text not null,
  data jsonb not null,
  code text not null,
  message text not null,
  attempts integer not null,
  created_at timestamptz not null default clock_timestamp(),
  resolved_at timestamptz,
  -- redriven: sent again; retried: its project was retried otherwise; dismissed: by a person.
  resolution text check (resolution in ('redriven', 'retried', 'dismissed'))
);
create index dead_letters_open on public.dead_letters (workspace_id, created_at desc, id desc)
  where resolved_at is null;
create index dead_letters_resolved on public.dead_letters (resolved_at)
  where resolved_at is not null;
create index dead_letters_project on public.dead_letters (project_id) where resolved_at is null;

alter table public.dead_letters enable row level security;
revoke all on public.dead_letters from public, anon, authenticated;
grant all on public.dead_letters to service_role;
grant select on public.dead_letters to authenticated;
create policy members_read on public.dead_letters for select to authenticated
  using (workspace_id in (select talkwright.my_workspaces()));

drop view public.processing_queue;
drop function talkwright.queue_jobs();

-- Reads through a function, because a view on pg-boss's table would block pg-boss's own migrations.
create function talkwright.queue_jobs()
returns table (id uuid, stage text, state text, priority integer, attempts integer,
  project_id text, created_at timestamptz, start_after timestamptz, started_at timestamptz,
  completed_at timestamptz, wait interval, run_time interval, error jsonb)
language plpgsql stable set search_path = ''
as $$
begin
  if to_regclass('pgboss.job') is not null then
    return query execute
      'select id, name, case
           when state::text in (''created'', ''retry'') and start_after > now() then ''delayed''
           when state::text in (''created'', ''retry'') then ''waiting''
           else state::text end,
         priority, case when started_on is null then 0 else retry_count + 1 end,
         data->>''projectId'', created_on, start_after, started_on, completed_on,
         coalesce(started_on, now()) - least(start_after, coalesce(started_on, now())),
         coalesce(completed_on, now()) - started_on, output
       from pgboss.job
       where name not like ''\_\_pgboss%'' and name <> ''dead_letter'' and state::text <> ''failed''';
  end if;
  return query select l.id, l.stage, 'failed', 0, l.attempts, l.project_id::text, l.created_at,
    l.created_at, null::timestamptz, l.created_at, null::interval, null::interval,
    jsonb_build_object('code', l.code, 'message', l.message)
    from public.dead_letters l where l.resolved_at is null;
end $$;
revoke all on function talkwright.queue_jobs() from public;
grant execute on function talkwright.queue_jobs() to service_role;

create view public.processing_queue with (security_invoker = true) as
  select * from talkwright.queue_jobs();
revoke all on public.processing_queue from public, anon, authenticated;
grant select on public.processing_queue to service_role;
