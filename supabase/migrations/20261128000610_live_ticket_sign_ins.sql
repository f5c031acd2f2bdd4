-- A live connection ends with the session, or at the end of the token, that its ticket was got by.
alter table public.live_tickets
  add column session_hash text,
  add column until timestamptz;
