-- What model calls took and cost, in full, with sums that stay quick however many calls there are,
-- and the budgets that they are held to.

alter table public.api_usage
  add column answered_by text,
  add column prompt text not null default '',
  add column cached_input_tokens integer not null default 0,
  add column cache_write_tokens integer not null default 0,
  add column reasoning_tokens integer not null default 0,
  add column ms integer not null default 0,
  add column outcome text not null default 'used'
    check (outcome in ('used', 'invalid', 'refused', 'cut_off', 'empty', 'failed')),
  add column request_id text,
  -- Null where nobody knew the price of the model; never zero for that.
  alter column cost_micros drop default,
  alter column cost_micros drop not null,
  alter column cost_micros type bigint,
  -- A cursor of the list carries milliseconds; finer values would be passed over at a page's end.
  alter column created_at type timestamptz(3);
drop index public.api_usage_project;
create index api_usage_project on public.api_usage (project_id, created_at desc, id desc);

-- Sums of api_usage, written by the statement that writes a call.
create table public.usage_by_day (
  workspace_id uuid not null references public.workspaces on delete cascade,
  -- In UTC.
  day date not null,
  stage text not null,
  provider text not null,
  model text not null,
  calls bigint not null,
  -- Those whose cost is not known; the cost is then a lower bound.
  unknown_calls bigint not null,
  input_tokens bigint not null,
  cached_input_tokens bigint not null,
  output_tokens bigint not null,
  cost_micros bigint not null,
  primary key (workspace_id, day, stage, provider, model)
);

create table public.usage_by_project (
  project_id uuid primary key references public.projects on delete cascade,
  workspace_id uuid not null,
  first_at timestamptz(3) not null,
  calls bigint not null,
  unknown_calls bigint not null,
  input_tokens bigint not null,
  cached_input_tokens bigint not null,
  output_tokens bigint not null,
  cost_micros bigint not null
);
create index usage_by_project_list
  on public.usage_by_project (workspace_id, first_at desc, project_id desc);

create table public.budgets (
  -- The project's id, or the workspace's.
  scope_id uuid primary key,
  workspace_id uuid not null references public.workspaces on delete cascade,
  -- Null for the workspace's own, which holds for each calendar month in UTC.
  project_id uuid references public.projects on delete cascade,
  amount_micros bigint not null check (amount_micros >= 0),
  -- The period that people were warned in that it runs out; null again when the amount changes.
  warned_for text,
  updated_at timestamptz not null default now(),
  check (scope_id = coalesce(project_id, workspace_id))
);
create index budgets_workspace on public.budgets (workspace_id);
create index budgets_project on public.budgets (project_id) where project_id is not null;

do $$
declare
  name text;
begin
  foreach name in array array['usage_by_day', 'usage_by_project', 'budgets'] loop
    execute format('alter table public.%I enable row level security', name);
    execute format('revoke all on public.%I from public, anon, authenticated', name);
    execute format('grant all on public.%I to service_role', name);
    execute format('grant select on public.%I to authenticated', name);
    execute format('create policy members_read on public.%I for select to authenticated
      using (workspace_id in (select talkwright.my_workspaces()))', name);
  end loop;
end $$;
