-- An API key holds in its own workspace alone, whatever else its maker belongs to: the server says so
-- in the claims. A token that says nothing of it, as Supabase Auth's, stands for all of a person.
create or replace function talkwright.my_workspaces() returns setof uuid
language sql stable security definer set search_path = ''
as $$
  select workspace_id from public.memberships where user_id = auth.uid()
    and workspace_id = coalesce((auth.jwt() #>> '{talkwright,workspace}')::uuid, workspace_id)
$$;
