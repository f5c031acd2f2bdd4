-- Calls whose end was never told are looked for by their age.
create index conversations_live on public.conversations (created_at) where status = 'live';
