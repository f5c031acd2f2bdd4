-- A database of many workspaces and a long past, filled set by set.
-- Keys and checks are skipped while it is filled; the rows keep to them.
set session_replication_role = replica;
set synchronous_commit = off;

create function pg_temp.uid(kind int, n int) returns uuid language sql immutable
  as $$ select (lpad(to_hex(kind), 8, '0') || '-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$;

insert into workspaces (id, name, created_at)
  select pg_temp.uid(1, n), 'Studio ' || n, timestamptz '2020-01-01' + n * interval '1 minute'
  from generate_series(1, 2000) n;
insert into memberships (workspace_id, user_id, role)
  select pg_temp.uid(1, n), pg_temp.uid(2, n), 'owner' from generate_series(1, 2000) n;

-- Half of everything belongs to the first workspace.
insert into conversations (id, workspace_id, source, external_id, status, approval, turns, created_at, ended_at, asked_count, asked_at)
  select pg_temp.uid(3, n), pg_temp.uid(1, case when n % 2 = 0 then 1 else 1 + n % 2000 end),
    case when n % 3 = 0 then 'upload' else 'tavus' end, 'c' || n,
    case when n % 50 = 0 then 'ended' else 'transcribed' end, 'manual', '[]',
    now() - n * interval '5 minutes', now() - n * interval '5 minutes',
    case when n % 50 = 0 then 72 else 0 end, now() - n * interval '1 minute'
  from generate_series(1, 100000) n;
insert into projects (id, workspace_id, conversation_id, title, status, approval, spec_id, last_seq, created_at, updated_at, settled_at)
  select pg_temp.uid(4, n), pg_temp.uid(1, case when n % 2 = 0 then 1 else 1 + n % 2000 end), pg_temp.uid(3, n),
    'A talk', (array['completed', 'failed', 'cancelled', 'completed', 'awaiting_approval'])[1 + n % 5], 'manual',
    pg_temp.uid(5, n), 5, now() - n * interval '5 minutes', now() - n * interval '5 minutes',
    case when n % 5 < 4 then now() - n * interval '5 minutes' end
  from generate_series(1, 100000) n;
insert into project_events (project_id, seq, workspace_id, type, body)
  select pg_temp.uid(4, n), seq, pg_temp.uid(1, case when n % 2 = 0 then 1 else 1 + n % 2000 end),
    case when seq = 1 then 'stage.started' else 'build.log' end, '{"type": "build.log"}'
  from generate_series(1, 100000) n, generate_series(1, 4) seq;
insert into event_archive (project_id, first_seq, last_seq, workspace_id, lines)
  select pg_temp.uid(4, -n), 1, 5, pg_temp.uid(1, 1), '\x00' from generate_series(1, 30000) n;
insert into briefs (project_id, version, workspace_id, body)
  select pg_temp.uid(4, n), 1, pg_temp.uid(1, 1), '{}' from generate_series(1, 40000) n;
insert into plans (project_id, version, workspace_id, hash, body, lint)
  select pg_temp.uid(4, n), 1, pg_temp.uid(1, 1), repeat('a', 64), '{}', '[]' from generate_series(1, 40000) n;
insert into builds (id, workspace_id, project_id, plan_version, plan_hash, external_id, state, applied_sequence, created_at, heard_at, finished_at)
  select pg_temp.uid(6, n), pg_temp.uid(1, 1), pg_temp.uid(4, n), 1, repeat('a', 64),
    case when n % 10 > 0 then 'b' || n end, 'completed', 4, now() - n * interval '5 minutes',
    now() - n * interval '5 minutes', case when n % 10 > 0 then now() - n * interval '5 minutes' end
  from generate_series(1, 40000) n;
insert into build_events (build_id, sequence, workspace_id, body)
  select pg_temp.uid(6, n), seq, pg_temp.uid(1, 1), '{}'
  from generate_series(1, 40000) n, generate_series(1, 4) seq;
insert into webhook_inbox (id, source, dedupe_key, external_id, body, received_at, handled_at, outcome)
  select pg_temp.uid(7, n), 'tavus', 'd' || n, 'c' || n, '{"a": 1}', now() - n * interval '5 minutes',
    now() - n * interval '5 minutes', 'project'
  from generate_series(1, 100000) n;
insert into audit_log (id, workspace_id, at, actor, action, target)
  select pg_temp.uid(8, n), pg_temp.uid(1, case when n % 2 = 0 then 1 else 1 + n % 2000 end),
    now() - n * interval '5 minutes', 'system', 'x', 'y'
  from generate_series(1, 60000) n;
insert into idempotency_keys (workspace_id, key, request_hash, status, created_at)
  select pg_temp.uid(1, 1), 'k' || n, 'h', 200, now() - n * interval '1 minute' from generate_series(1, 40000) n;
insert into call_orders (id, workspace_id, asked_at, conversation_id, join_url)
  select pg_temp.uid(12, n), pg_temp.uid(1, 1), now() - n * interval '1 minute', pg_temp.uid(3, n), 'https://tavus.daily.co/c'
  from generate_series(1, 30000) n;
insert into sign_in_links (hash, workspace_id, user_id, expires_at)
  select 'h' || n, pg_temp.uid(1, 1), pg_temp.uid(2, 1), now() - n * interval '1 minute'
  from generate_series(1, 30000) n;
insert into api_keys (id, workspace_id, name, prefix, hash, role, created_by)
  select pg_temp.uid(9, n), pg_temp.uid(1, 1 + n % 2000), 'key', 'tw_', 'h' || n, 'member', pg_temp.uid(2, 1)
  from generate_series(1, 20000) n;
insert into dead_letters (id, workspace_id, project_id, stage, data, code, message, attempts, created_at, resolved_at, resolution)
  select pg_temp.uid(10, n), pg_temp.uid(1, 1), pg_temp.uid(4, n), 'plan', '{}', 'x', 'y', 1,
    now() - n * interval '5 minutes', case when n % 10 > 0 then now() - n * interval '5 minutes' end,
    case when n % 10 > 0 then 'retried' end
  from generate_series(1, 40000) n;
insert into api_usage (id, workspace_id, project_id, stage, provider, model, input_tokens, output_tokens, cost_micros, created_at)
  select pg_temp.uid(11, n), pg_temp.uid(1, 1), pg_temp.uid(4, 1 + n % 20000), 'analyse', 'openai', 'm' || n % 3,
    1000, 100, 5000, now() - n * interval '5 minutes'
  from generate_series(1, 100000) n;
insert into usage_by_project (project_id, workspace_id, first_at, calls, unknown_calls, input_tokens, cached_input_tokens, output_tokens, cost_micros)
  select pg_temp.uid(4, n), pg_temp.uid(1, case when n % 2 = 0 then 1 else 1 + n % 2000 end), now() - n * interval '5 minutes',
    5, 0, 5000, 0, 500, 25000
  from generate_series(1, 40000) n;
insert into usage_by_day (workspace_id, day, stage, provider, model, calls, unknown_calls, input_tokens, cached_input_tokens, output_tokens, cost_micros)
  select pg_temp.uid(1, w), current_date - d, stage, 'openai', 'm' || m, 9, 0, 9000, 0, 900, 45000
  from generate_series(1, 2000) w, generate_series(0, case when w = 1 then 999 else 4 end) d,
    unnest(array['analyse', 'plan']) stage, generate_series(1, 3) m;
insert into budgets (scope_id, workspace_id, project_id, amount_micros)
  select pg_temp.uid(4, n), pg_temp.uid(1, 1), pg_temp.uid(4, n), 1000000000 from generate_series(1, 20000) n;
insert into sessions (hash, user_id, expires_at)
  select 's' || n, pg_temp.uid(2, 1 + n % 2000), now() + interval '10 days' - n * interval '1 minute'
  from generate_series(1, 40000) n;
insert into invitations (id, workspace_id, name, role, hash, created_by, created_at, expires_at)
  select pg_temp.uid(13, n), pg_temp.uid(1, 1 + n % 2000), 'Somebody', 'member', 'i' || n, pg_temp.uid(2, 1 + n % 2000),
    now() - n * interval '5 minutes', now() + interval '7 days' - n * interval '5 minutes'
  from generate_series(1, 40000) n;
insert into live_tickets (hash, workspace_id, user_id, role, via, expires_at)
  select 't' || n, pg_temp.uid(1, 1 + n % 2000), pg_temp.uid(2, 1 + n % 2000), 'member', 'session', now() - n * interval '1 second'
  from generate_series(1, 40000) n;
