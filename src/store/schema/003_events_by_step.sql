-- A row of `event` now holds consecutive events of one step, packed, under the number of the last;
-- `events` says how many. Rows from before hold one event as it is, and say 0.
alter table event add column events integer not null default 0;

-- What the queue's counts are summed from.
create index order_exception_open_by_owner
  on order_exception (tenant_id, owner, reason, review_by_ms) where resolved_at_ms = 0;
