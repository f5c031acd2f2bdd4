-- Calls that were asked for at Tavus under an idempotency key. Tavus knows no such key: a repeat
-- finds here whether the call was asked for before, and looks for it at Tavus when its answer was lost.
create table public.call_orders (
  -- Of the idempotency key; it stands in the call's callback URL.
  id uuid primary key,
  workspace_id uuid not null references public.workspaces on delete cascade,
  asked_at timestamptz(3) not null,
  -- What the call became here, once that is known.
  conversation_id uuid,
  join_url text,
  check ((conversation_id is null) = (join_url is null))
);
create index call_orders_age on public.call_orders (asked_at);

alter table public.call_orders enable row level security;
revoke all on public.call_orders from public, anon, authenticated;
grant all on public.call_orders to service_role;
