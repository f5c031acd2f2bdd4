-- What Supabase brings along and other databases lack: its roles and the functions that read who is
-- asking. Nothing here replaces what is already there.
do $$
begin
  if not exists (select from pg_roles where rolname = 'anon') then create role anon nologin; end if;
  if not exists (select from pg_roles where rolname = 'authenticated') then create role authenticated nologin; end if;
  if not exists (select from pg_roles where rolname = 'service_role') then
    -- Only a superuser may hand out bypassrls; the server itself works as the tables' owner.
    begin
      create role service_role nologin bypassrls;
    exception when insufficient_privilege then
      create role service_role nologin;
    end;
  end if;
exception
  -- Two servers may start on a new database at once; roles belong to the whole cluster.
  when duplicate_object or unique_violation then null;
end $$;

do $$
begin
  if to_regnamespace('auth') is null then
    create schema auth;
    grant usage on schema auth to anon, authenticated, service_role;
  end if;
  if to_regprocedure('auth.jwt()') is null then
    create function auth.jwt() returns jsonb language sql stable
      as 'select coalesce(nullif(current_setting(''request.jwt.claims'', true), ''''), ''{}'')::jsonb';
  end if;
  if to_regprocedure('auth.uid()') is null then
    create function auth.uid() returns uuid language sql stable
      as 'select nullif(auth.jwt() ->> ''sub'', '''')::uuid';
  end if;
end $$;

grant usage on schema public to anon, authenticated, service_role;
grant authenticated to current_user;
