-- Who may open a live connection, for a few seconds and once. Unlogged: a crash may forget tickets,
-- for then every connection is gone too, and a client asks for another one.
create unlogged table public.live_tickets (
  hash text primary key,
  workspace_id uuid not null references public.workspaces on delete cascade,
  user_id uuid not null,
  role text not null check (role in ('viewer', 'member', 'admin', 'owner')),
  via text not null check (via in ('session', 'api_key', 'admin_key')),
  key_id uuid,
  expires_at timestamptz not null
);
create index live_tickets_age on public.live_tickets (expires_at);
alter table public.live_tickets enable row level security;
revoke all on public.live_tickets from public, anon, authenticated;
grant all on public.live_tickets to service_role;
