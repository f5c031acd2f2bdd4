-- A call of a model is written before it is made and settled after it, so that one whose process ends
-- meanwhile stays on the books: its cost is unknown, and budgets count what it may have cost at most.
alter table public.api_usage
  -- As estimated before it was made; null where nobody knew the price of the model.
  add column most_micros bigint,
  drop constraint api_usage_outcome_check,
  add constraint api_usage_outcome_check
    check (outcome in ('open', 'used', 'invalid', 'refused', 'cut_off', 'empty', 'failed'));

alter table public.usage_by_day
  -- Of the calls of unknown cost: what they may have cost, and how many of them nobody can price.
  add column unknown_micros bigint not null default 0,
  add column unpriced_calls bigint not null default 0;
alter table public.usage_by_project
  add column unknown_micros bigint not null default 0,
  add column unpriced_calls bigint not null default 0;
update public.usage_by_day set unpriced_calls = unknown_calls where unknown_calls > 0;
update public.usage_by_project set unpriced_calls = unknown_calls where unknown_calls > 0;
