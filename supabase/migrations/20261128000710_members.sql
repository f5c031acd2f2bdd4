-- Members, invitations and keys are written by the caller themselves: row-level security decides who
-- may, and triggers note who did, whatever road the statement came by.

create table public.people (
  id uuid primary key,
  name text check (length(name) between 1 and 200),
  email text check (length(email) between 3 and 320),
  created_at timestamptz not null default now()
);

alter table public.workspaces
  -- Whoever asked for a plan may not be the one who approves it.
  add column four_eyes boolean not null default false,
  -- What admins do takes a sign-in with a second factor.
  add column second_factor boolean not null default false;

create table public.invitations (
  id uuid primary key,
  workspace_id uuid not null references public.workspaces on delete cascade,
  -- For whom, in the words of who invited them.
  name text not null check (length(name) between 1 and 120),
  role text not null check (role in ('viewer', 'member', 'admin', 'owner')),
  -- Of the token in the link; the link itself is shown once and never stored.
  hash text not null unique,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by uuid,
  revoked_at timestamptz
);
create index invitations_workspace on public.invitations (workspace_id, created_at);
create index invitations_age on public.invitations (expires_at);
-- The keys of somebody who leaves are revoked with their membership.
create index api_keys_maker on public.api_keys (created_by);

create function talkwright.rank(role text) returns integer
language sql immutable set search_path = ''
as $$ select array_position(array['viewer', 'member', 'admin', 'owner'], role) $$;

-- How high the caller stands in a workspace: 1 to 4, null when they do not belong to it. A key stands
-- no higher than it was made to, nor than its maker stands now.
create function talkwright.my_rank(workspace uuid) returns integer
language sql stable security definer set search_path = ''
as $$
  select least(talkwright.rank(m.role), talkwright.rank(auth.jwt() #>> '{talkwright,role}'))
    from public.memberships m
    where m.workspace_id = workspace and m.user_id = auth.uid()
      and workspace = coalesce((auth.jwt() #>> '{talkwright,workspace}')::uuid, workspace)
$$;

create function talkwright.my_colleagues() returns setof uuid
language sql stable security definer set search_path = ''
as $$
  select user_id from public.memberships
    where workspace_id in (select talkwright.my_workspaces())
$$;

create function talkwright.note(workspace uuid, action text, target text, details jsonb)
returns void language sql security definer set search_path = ''
as $$
  insert into public.audit_log (id, workspace_id, actor, action, target, details)
    values (gen_random_uuid(), workspace, coalesce(auth.uid()::text, 'system'), action, target, details)
$$;

-- A workspace without an owner could never be changed again. The lock lets two owners who remove each
-- other at the same moment see what the other did; where the workspace itself goes, nobody is kept.
create function talkwright.keep_an_owner() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if old.role <> 'owner' or (tg_op = 'UPDATE' and new.role = 'owner') then
    return coalesce(new, old);
  end if;
  perform from public.workspaces where id = old.workspace_id for update;
  if found and not exists (select from public.memberships m
    where m.workspace_id = old.workspace_id and m.role = 'owner' and m.user_id <> old.user_id) then
    raise exception 'a workspace keeps an owner' using errcode = 'TW001';
  end if;
  return coalesce(new, old);
end $$;
create trigger keep_an_owner before update or delete on public.memberships
  for each row execute function talkwright.keep_an_owner();

create function talkwright.note_membership() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  case tg_op
    when 'INSERT' then
      -- Whoever begins a workspace joins nobody.
      if exists (select from public.memberships m
        where m.workspace_id = new.workspace_id and m.user_id <> new.user_id) then
        perform talkwright.note(new.workspace_id, 'member.join', new.user_id::text,
          jsonb_build_object('role', new.role));
      end if;
    when 'UPDATE' then
      perform talkwright.note(new.workspace_id, 'member.role', new.user_id::text,
        jsonb_build_object('role', new.role, 'before', old.role));
    else
      update public.api_keys set revoked_at = now()
        where workspace_id = old.workspace_id and created_by = old.user_id and revoked_at is null;
      perform talkwright.note(old.workspace_id, 'member.remove', old.user_id::text,
        jsonb_build_object('role', old.role));
  end case;
  return null;
end $$;
create trigger note_membership after insert or update of role or delete on public.memberships
  for each row execute function talkwright.note_membership();

-- For keys and invitations: made, and revoked.
create function talkwright.note_grant() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    perform talkwright.note(new.workspace_id, tg_argv[0] || '.create', new.id::text,
      jsonb_build_object('name', new.name, 'role', new.role, 'expiresAt', new.expires_at));
  elsif old.revoked_at is null and new.revoked_at is not null then
    perform talkwright.note(new.workspace_id, tg_argv[0] || '.revoke', new.id::text, '{}');
  end if;
  return null;
end $$;
create trigger note_key after insert or update of revoked_at on public.api_keys
  for each row execute function talkwright.note_grant('key');
create trigger note_invitation after insert or update of revoked_at on public.invitations
  for each row execute function talkwright.note_grant('invitation');

create function talkwright.note_workspace() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform talkwright.note(new.id, 'workspace.change', new.id::text, jsonb_build_object(
    'name', new.name, 'fourEyes', new.four_eyes, 'secondFactor', new.second_factor));
  return null;
end $$;
create trigger note_workspace after update of name, four_eyes, second_factor on public.workspaces
  for each row when (old is distinct from new) execute function talkwright.note_workspace();

do $$
declare
  name text;
  inner_ones text[] := array['rank(text)', 'my_rank(uuid)', 'my_colleagues()',
    'note(uuid, text, text, jsonb)', 'keep_an_owner()', 'note_membership()', 'note_grant()',
    'note_workspace()'];
begin
  foreach name in array inner_ones loop
    execute format('revoke all on function talkwright.%s from public', name);
  end loop;
  foreach name in array array['people', 'invitations'] loop
    execute format('alter table public.%I enable row level security', name);
    execute format('revoke all on public.%I from public, anon, authenticated', name);
    execute format('grant all on public.%I to service_role', name);
  end loop;
end $$;
grant execute on function talkwright.rank(text), talkwright.my_rank(uuid),
  talkwright.my_colleagues() to authenticated, service_role;

grant select, update (name) on public.people to authenticated;
create policy colleagues_read on public.people for select to authenticated
  using (id = auth.uid() or id in (select talkwright.my_colleagues()));
create policy oneself_changes on public.people for update to authenticated
  using (id = auth.uid()) with check (id = auth.uid());

grant update (name, four_eyes, second_factor) on public.workspaces to authenticated;
create policy admins_change on public.workspaces for update to authenticated
  using (talkwright.my_rank(id) >= 3) with check (talkwright.my_rank(id) >= 3);

-- Nobody changes, removes or hands out more than they are themselves; everybody may leave.
grant update (role), delete on public.memberships to authenticated;
create policy admins_change on public.memberships for update to authenticated
  using (talkwright.my_rank(workspace_id) >= greatest(3, talkwright.rank(role)))
  with check (talkwright.my_rank(workspace_id) >= greatest(3, talkwright.rank(role)));
create policy admins_remove on public.memberships for delete to authenticated
  using (talkwright.my_rank(workspace_id) >= greatest(3, talkwright.rank(role)));
create policy members_leave on public.memberships for delete to authenticated
  using (user_id = auth.uid() and talkwright.my_rank(workspace_id) >= talkwright.rank(role));

-- Without the hashes. Members see and revoke their own keys, admins all.
grant select (id, workspace_id, name, prefix, role, created_by, created_at, expires_at, revoked_at,
  last_used_at), insert, update (revoked_at) on public.api_keys to authenticated;
create policy makers_read on public.api_keys for select to authenticated
  using (talkwright.my_rank(workspace_id) >= case when created_by = auth.uid() then 1 else 3 end);
create policy makers_add on public.api_keys for insert to authenticated
  with check (created_by = auth.uid() and revoked_at is null
    and talkwright.my_rank(workspace_id) >= greatest(2, talkwright.rank(role)));
create policy makers_revoke on public.api_keys for update to authenticated
  using (talkwright.my_rank(workspace_id) >= case when created_by = auth.uid() then 2 else 3 end)
  with check (revoked_at is not null);

grant select (id, workspace_id, name, role, created_by, created_at, expires_at, accepted_at,
  accepted_by, revoked_at), insert, update (revoked_at) on public.invitations to authenticated;
create policy admins_read on public.invitations for select to authenticated
  using (talkwright.my_rank(workspace_id) >= 3);
create policy admins_invite on public.invitations for insert to authenticated
  with check (created_by = auth.uid() and accepted_at is null and revoked_at is null
    and talkwright.my_rank(workspace_id) >= greatest(3, talkwright.rank(role)));
create policy admins_revoke on public.invitations for update to authenticated
  using (talkwright.my_rank(workspace_id) >= 3) with check (revoked_at is not null);
