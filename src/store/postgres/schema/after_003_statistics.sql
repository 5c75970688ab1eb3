-- What the planner believes of tables that are still empty. A server plans a question when it is
-- first asked and keeps the plan; without this it takes every table for a handful of rows, finds
-- all indexes equally good, and goes on walking the wrong one when there are a hundred thousand.
-- So a few rows of the usual shape are looked at and taken away again: one tenant, keys that are
-- unique, few channels and stages. The server's own statistics replace these when there are rows.

insert into event select 1, n, 1, n / 14, n % 14, n - 1, n, 'engine', 'bytes', 'hash', 1
  from generate_series(1, 400) as n;
insert into stream_head select 1, 1, n, n, 14, 'hash' from generate_series(1, 400) as n;
insert into stream_view select 1, 1, n, 'channel ' || n % 4, '#' || n, 'stage ' || n % 12, '{}', n,
  n, case when n % 20 = 0 then 1 else 0 end, case when n % 10 = 0 then 1 else 0 end
  from generate_series(1, 400) as n;
insert into order_exception select 1, 1, n, 1, 'reason ' || n % 20, 'owner ' || n % 10, '', '', '',
  '', '{}', '#' || n, 'channel ' || n % 4, n, n, case when n % 10 = 0 then 0 else n end, ''
  from generate_series(1, 400) as n;
insert into outbox_open select 1, n, 1, 1, n / 14, 'lane ' || n % 10, 'bytes', 'unsent', 0, n, n, ''
  from generate_series(1, 400) as n;
insert into outbox_settled select 1, n, 1, 1, n / 14, 'lane ' || n % 10, 'bytes', 'done', 1, n, n,
  '' from generate_series(1, 400) as n;
insert into timer select 1, 1, n, 'timer ' || n % 10, 'about ' || n, n
  from generate_series(1, 400) as n;
insert into inbox select 1, n, 'account ' || n % 4, 'key ' || n, 'topic ' || n % 10, 'subject ' || n,
  '{}', 'hash', n, case when n % 100 = 0 then 3 when n % 50 = 0 then 1 else 2 end, 1, ''
  from generate_series(1, 400) as n;
insert into inbox_body select 1, n, 'body' from generate_series(1, 400) as n;
insert into delivery_even select 1, 'account ' || n % 4, 'key ' || n, n
  from generate_series(1, 400) as n;
insert into delivery_odd select 1, 'account ' || n % 4, 'key ' || n, n
  from generate_series(1, 400) as n;
insert into reference select 1, 'kind ' || n % 4, 'value ' || n, 1, n
  from generate_series(1, 400) as n;
insert into sealed select 1, 1, n, 'kind ' || n % 4, 'bytes', case when n % 2 = 0 then n else 0 end
  from generate_series(1, 400) as n;
insert into fact select 1, ('hash ' || n)::bytea, 'bytes' from generate_series(1, 400) as n;
insert into record select 1, 'kind ' || n % 10, 'key ' || n, 'bytes',
  case when n % 2 = 0 then n else 0 end from generate_series(1, 400) as n;
insert into search select 1, n / 10, 1, 'token ' || n % 100 || '.' || n % 10
  from generate_series(1, 400) as n;

analyze event, stream_head, stream_view, order_exception, outbox_open, outbox_settled, timer, inbox,
  inbox_body, delivery_even, delivery_odd, reference, sealed, fact, record, search;
truncate event, stream_head, stream_view, order_exception, outbox_open, outbox_settled, timer, inbox,
  inbox_body, delivery_even, delivery_odd, reference, sealed, fact, record, search;
