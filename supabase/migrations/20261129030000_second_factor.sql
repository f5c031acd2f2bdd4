-- A token of Supabase Auth reaches the database by other roads than our server, so that it is here
-- that an admin without a second factor is no more than a member where the workspace wants one. The
-- server says by `aal` what a sign-in has shown; keys, which it marks, are exempt.
create or replace function talkwright.my_rank(workspace uuid) returns integer
language sql stable security definer set search_path = ''
as $$
  select least(talkwright.rank(m.role), talkwright.rank(auth.jwt() #>> '{talkwright,role}'),
      case when w.second_factor and auth.jwt() -> 'talkwright' is null
        and coalesce(auth.jwt() ->> 'aal', '') <> 'aal2' then talkwright.rank('member') end)
    from public.memberships m
    join public.workspaces w on w.id = m.workspace_id
    where m.workspace_id = workspace and m.user_id = auth.uid()
      and workspace = coalesce((auth.jwt() #>> '{talkwright,workspace}')::uuid, workspace)
$$;
