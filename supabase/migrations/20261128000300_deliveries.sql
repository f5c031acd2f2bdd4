alter table public.builds
  -- Where the builder has delivered the build, or why it could not; null before it has told.
  add column delivery jsonb;
