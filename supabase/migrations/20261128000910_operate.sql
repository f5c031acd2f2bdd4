-- What operators look at: the newest of each kind in a workspace.

create index api_usage_newest on public.api_usage (workspace_id, created_at desc, id desc);
create index dead_letters_newest on public.dead_letters (workspace_id, created_at desc, id desc);
create index builds_failed on public.builds (workspace_id, finished_at desc, id desc)
  where state = 'failed';
