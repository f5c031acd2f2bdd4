alter table public.builds
  -- What the builder asks and waits for: a list of {input_id, question, options, accepts_text, expires_at}.
  add column questions jsonb not null default '[]';
