-- What people say about lines of a plan. A comment hangs on the number of a requirement, a criterion or
-- a task, or on a heading of design.md, so that it stays with its line over all versions.
create table public.plan_comments (
  id uuid primary key,
  workspace_id uuid not null references public.workspaces on delete cascade,
  project_id uuid not null references public.projects on delete cascade,
  document text not null
    check (document in ('requirements.md', 'bugfix.md', 'design.md', 'tasks.md')),
  ref text not null check (length(ref) between 1 and 300),
  -- The version that it was said of, and the line as it stood there.
  plan_version integer not null,
  quote text not null check (length(quote) <= 2000),
  body text not null check (length(body) between 1 and 4000),
  author text not null,
  created_at timestamptz not null default now(),
  resolved_by text,
  resolved_at timestamptz,
  check ((resolved_by is null) = (resolved_at is null))
);
create index plan_comments_project on public.plan_comments (project_id, created_at, id);
alter table public.plan_comments enable row level security;
revoke all on public.plan_comments from public, anon, authenticated;
grant all on public.plan_comments to service_role;
grant select on public.plan_comments to authenticated;
create policy members_read on public.plan_comments for select to authenticated
  using (workspace_id in (select talkwright.my_workspaces()));

-- A project's page shows who did what to it.
create index audit_log_target on public.audit_log (target, at desc, id desc);
