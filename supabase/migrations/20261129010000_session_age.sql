-- Sessions that ended are found by when they did; invitations and live tickets are already.
create index sessions_age on public.sessions (expires_at);
