-- More may be said about a project than in its first talk: further conversations and answers to what
-- was left open. Each makes a new version of the brief and of the plan.
alter table public.conversations
  -- The project that it goes on with; null for one that begins a project of its own.
  add column continues uuid references public.projects on delete cascade,
  -- How many turns of the project's talk come before its own: ids of turns are unique in a project.
  add column turns_before integer not null default 0 check (turns_before >= 0),
  -- It came while the project was built; it is analysed when the build has ended.
  add column awaits_build boolean not null default false;
create index conversations_continuing on public.conversations (continues, turns_before)
  where continues is not null;
create index conversations_awaiting_build on public.conversations (continues) where awaits_build;

-- What people answered to a brief's open questions and contradictions. The words themselves are
-- turns of a conversation, so that they are cited like all others.
create table public.answers (
  id uuid primary key,
  workspace_id uuid not null references public.workspaces on delete cascade,
  project_id uuid not null references public.projects on delete cascade,
  conversation_id uuid not null references public.conversations on delete cascade,
  -- Which brief asked, and its id for the question: O1, K1.
  brief_version integer not null,
  item text not null check (item ~ '^[OK][0-9]{1,4}$'),
  -- What was asked, with the words that left it open.
  asked text not null,
  citations jsonb not null,
  -- Of a contradiction: the turn whose statement holds.
  holds text,
  -- The turns that ask and answer it now.
  asked_in text not null,
  said_in text not null,
  answered_by text not null,
  created_at timestamptz not null default now(),
  unique (project_id, brief_version, item)
);
alter table public.answers enable row level security;
revoke all on public.answers from public, anon, authenticated;
grant all on public.answers to service_role;
grant select on public.answers to authenticated;
create policy members_read on public.answers for select to authenticated
  using (workspace_id in (select talkwright.my_workspaces()));

alter table public.plans
  -- The brief that it was made from.
  add column brief_version integer,
  -- The person who wrote this version; null when a planner did.
  add column edited_by text;
update public.plans set brief_version = (select max(b.version) from public.briefs b
  where b.project_id = plans.project_id and b.created_at <= plans.created_at);
