-- What the list of projects shows and is ordered by.

alter table public.projects
  -- Since when it has its status. It changes with the status alone, so that its index leaves the
  -- updates of added events within their page (HOT). In milliseconds, as a cursor carries them.
  add column status_since timestamptz(3) not null default now();
update public.projects set status_since = coalesce(settled_at, updated_at);
create index projects_by_change on public.projects (workspace_id, status_since desc, id desc);

alter table public.conversations
  -- The person who uploaded it or created the call; null when it came by itself.
  add column created_by text;
