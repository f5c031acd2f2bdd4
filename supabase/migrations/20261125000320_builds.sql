alter table public.builds
  -- When the builder was first asked to take it in; from then on it may be at work on it.
  add column ordered_at timestamptz,
  -- When the builder was last asked what became of it.
  add column asked_at timestamptz,
  -- When the builder must be told, once more, to end it; null when there is nothing to tell.
  add column cancel_due_at timestamptz;

update public.builds set ordered_at = created_at where external_id is not null;
-- Of projects that ended while their build had yet to be ordered.
update public.builds b
  set state = case project.status when 'failed' then 'failed' else 'cancelled' end,
    error = case project.status when 'failed' then
      jsonb_build_object('code', 'build_not_started', 'message', 'The project failed before its build was started.') end,
    finished_at = coalesce(project.settled_at, project.updated_at)
  from public.projects project
  where project.id = b.project_id and project.status in ('completed', 'failed', 'cancelled')
    and b.finished_at is null and b.external_id is null;

drop index public.builds_open;
-- Whoever was asked about goes to the end, so that no build keeps the others from being asked about.
create index builds_open on public.builds ((greatest(heard_at, asked_at))) where finished_at is null;
create index builds_to_cancel on public.builds (cancel_due_at) where cancel_due_at is not null;
