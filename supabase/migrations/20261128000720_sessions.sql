-- Sessions of browsers: the cookie holds a random token, and here stands its hash, so that signing out
-- ends a session wherever its cookie went.
create table public.sessions (
  hash text primary key,
  user_id uuid not null,
  -- The workspace that the person has chosen.
  workspace_id uuid,
  -- Whether the sign-in had one.
  second_factor boolean not null default false,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index sessions_user on public.sessions (user_id, expires_at);

-- Who somebody is at a provider of sign-ins.
create table public.identities (
  issuer text not null check (length(issuer) between 1 and 500),
  subject text not null check (length(subject) between 1 and 255),
  user_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (issuer, subject)
);
create index identities_user on public.identities (user_id);

do $$
declare
  name text;
begin
  foreach name in array array['sessions', 'identities'] loop
    execute format('alter table public.%I enable row level security', name);
    execute format('revoke all on public.%I from public, anon, authenticated', name);
    execute format('grant all on public.%I to service_role', name);
  end loop;
end $$;
