alter table public.builds
  -- What carries it out, as its builder told when it began: `scaffolder`, `claude`.
  add column agent text;

update public.builds b set agent = left(e.body #>> '{data,event,agent}', 120)
from public.build_events e
where e.build_id = b.id and e.sequence = 1 and e.body #>> '{data,event,type}' = 'build.started';

-- What a build will cost is estimated from the newest ones that tell what they cost.
create index builds_by_cost on public.builds (workspace_id, agent, finished_at desc)
  where state = 'completed' and (progress -> 'cost') is not null;
