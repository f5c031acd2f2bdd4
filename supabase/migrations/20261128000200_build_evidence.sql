alter table public.builds
  -- What tests show of each acceptance criterion, as the builder told it last.
  add column evidence jsonb not null default '[]'::jsonb,
  -- How far the builder last said that it is; null before it has said so.
  add column progress jsonb;
