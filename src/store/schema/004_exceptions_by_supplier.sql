-- Whose goods a case is about, "" for nobody's; `store rebuild` fills it in rows from before.
alter table order_exception add column supplier text not null default '';

-- A supplier's open cases, in the queue's order.
create index order_exception_open_by_supplier
  on order_exception (tenant_id, supplier, review_by_ms, stream_id, number)
  where resolved_at_ms = 0;
