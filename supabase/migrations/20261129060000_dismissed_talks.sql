-- A talk that waits for its project, and that nobody waits for any more, is taken off the list.
alter table public.conversations
  add column dismissed_at timestamptz,
  add column dismissed_by text,
  add check ((dismissed_at is null) = (dismissed_by is null));

drop index public.conversations_without_project;
create index conversations_without_project on public.conversations
  (workspace_id, created_at desc, id desc)
  where status in ('live', 'ended', 'no_dialogue') and continues is null and dismissed_at is null;
