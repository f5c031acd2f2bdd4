alter table public.builds
  -- The builder that was asked to take it in, by the name that the settings give it; null for the first.
  add column builder text;
