-- Every table's key starts with tenant_id, so that the schema distributes by tenant unchanged.
-- A table that belongs to no tenant says "reference" in the line above it.
-- Keys grow wherever they can: a page touched at random costs a whole page of log per commit.

-- Append-only. `previous` points at the same stream's earlier event, so no index by stream exists.
create table event (
  tenant_id integer not null,
  seq       integer not null,
  kind      integer not null,
  stream_id integer not null,
  version   integer not null,
  previous  integer not null,
  at_ms     integer not null,
  actor     text not null,
  bytes     blob not null,
  hash      blob not null,
  primary key (tenant_id, seq)
) strict, without rowid;

-- Where a stream's events end: rewritten with every event, hence small.
create table stream_head (
  tenant_id integer not null,
  kind      integer not null,
  stream_id integer not null,
  head_seq  integer not null,
  version   integer not null,
  hash      blob not null,
  primary key (tenant_id, kind, stream_id)
) strict, without rowid;

-- What lists show of a stream: written only when one of its columns changes.
create table stream_view (
  tenant_id       integer not null,
  kind            integer not null,
  stream_id       integer not null,
  channel         text not null,
  store_number    text not null,
  stage           text not null,
  summary         text not null,
  placed_at_ms    integer not null,
  due_at_ms       integer not null,
  open_exceptions integer not null,
  live            integer not null check (live in (0, 1)),
  primary key (tenant_id, kind, stream_id)
) strict, without rowid;

-- `channel` stands behind the key, so that a list by stage and channel never leaves this index.
create index stream_view_by_stage on stream_view (tenant_id, kind, stage, stream_id, channel);
create index stream_view_by_channel on stream_view (tenant_id, kind, channel, stream_id);
create index stream_view_live on stream_view (tenant_id, kind, stream_id) where live = 1;
create index stream_view_troubled on stream_view (tenant_id, kind, stream_id)
  where open_exceptions > 0;

-- Rows per tenant since its beginning, because counting a grown table takes seconds.
create table tally (
  tenant_id integer not null,
  orders    integer not null,
  events    integer not null,
  primary key (tenant_id)
) strict, without rowid;

create table order_exception (
  tenant_id      integer not null,
  kind           integer not null,
  stream_id      integer not null,
  number         integer not null,
  reason         text not null check (reason <> ''),
  owner          text not null check (owner <> ''),
  backup         text not null,
  next_action    text not null,
  detail         text not null,
  about          text not null,
  body           text not null,
  store_number   text not null,
  channel        text not null,
  opened_at_ms   integer not null,
  review_by_ms   integer not null,
  resolved_at_ms integer not null,
  resolution     text not null,
  primary key (tenant_id, kind, stream_id, number)
) strict, without rowid;

create index order_exception_open
  on order_exception (tenant_id, review_by_ms, stream_id, number) where resolved_at_ms = 0;
create index order_exception_resolved
  on order_exception (tenant_id, review_by_ms, stream_id, number) where resolved_at_ms <> 0;

-- Effects that wait or are on their way. A row moves to outbox_settled when its outcome is known,
-- so this table stays as small as the work in hand and needs no index to be read at a start.
create table outbox_open (
  tenant_id     integer not null,
  seq           integer not null,
  number        integer not null,
  kind          integer not null,
  stream_id     integer not null,
  lane          text not null,
  bytes         blob not null,
  state         text not null check (state in ('unsent', 'sending', 'unknown')),
  attempts      integer not null,
  not_before_ms integer not null,
  changed_at_ms integer not null,
  detail        text not null,
  primary key (tenant_id, seq, number)
) strict, without rowid;

create table outbox_settled (
  tenant_id     integer not null,
  seq           integer not null,
  number        integer not null,
  kind          integer not null,
  stream_id     integer not null,
  lane          text not null,
  bytes         blob not null,
  state         text not null check (state in ('done', 'refused', 'withdrawn', 'dead')),
  attempts      integer not null,
  not_before_ms integer not null,
  changed_at_ms integer not null,
  detail        text not null,
  primary key (tenant_id, seq, number)
) strict, without rowid;

create table timer (
  tenant_id integer not null,
  kind      integer not null,
  stream_id integer not null,
  timer     text not null check (timer <> ''),
  about     text not null,
  due_at_ms integer not null,
  primary key (tenant_id, kind, stream_id, timer, about)
) strict, without rowid;

create table inbox (
  tenant_id      integer not null,
  seq            integer not null,
  account        text not null,
  dedupe_key     text not null,
  topic          text not null,
  subject        text not null,
  envelope       text not null,
  body_hash      blob not null,
  received_at_ms integer not null,
  state          integer not null check (state in (1, 2, 3, 4)),
  attempts       integer not null,
  problem        text not null,
  primary key (tenant_id, seq)
) strict, without rowid;

create index inbox_waiting on inbox (tenant_id, seq) where state = 1;
create index inbox_not_understood on inbox (tenant_id, seq) where state in (3, 4);

-- Raw bodies lie apart: they are dropped long before their row is.
create table inbox_body (
  tenant_id integer not null,
  seq       integer not null,
  body      blob not null,
  primary key (tenant_id, seq)
) strict, without rowid;

-- Delivery keys of even and of odd periods of eight days; a table is emptied whole when a new
-- period starts to use it.
create table delivery_even (
  tenant_id  integer not null,
  account    text not null,
  dedupe_key text not null,
  seq        integer not null,
  primary key (tenant_id, account, dedupe_key)
) strict, without rowid;

create table delivery_odd (
  tenant_id  integer not null,
  account    text not null,
  dedupe_key text not null,
  seq        integer not null,
  primary key (tenant_id, account, dedupe_key)
) strict, without rowid;

-- reference: the period each of the two tables above holds; slot 0 is even, 1 is odd.
create table delivery_period (
  slot   integer not null check (slot in (0, 1)),
  period integer not null,
  primary key (slot)
) strict, without rowid;

create table reference (
  tenant_id      integer not null,
  reference_kind text not null,
  value          text not null,
  kind           integer not null,
  stream_id      integer not null,
  primary key (tenant_id, reference_kind, value)
) strict, without rowid;

create index reference_by_stream
  on reference (tenant_id, kind, stream_id, reference_kind, value);

create table sealed (
  tenant_id    integer not null,
  kind         integer not null,
  stream_id    integer not null,
  sealed_kind  text not null,
  bytes        blob not null,
  delete_at_ms integer not null,
  primary key (tenant_id, kind, stream_id, sealed_kind)
) strict, without rowid;

create table fact (
  tenant_id integer not null,
  hash      blob not null,
  bytes     blob not null,
  primary key (tenant_id, hash)
) strict, without rowid;

create table record (
  tenant_id     integer not null,
  record_kind   text not null,
  key           text not null,
  bytes         blob not null,
  expires_at_ms integer not null,
  primary key (tenant_id, record_kind, key)
) strict, without rowid;

-- The key serves deleting a stream's tokens and walking streams newest first; the index serves
-- finding a token.
create table search (
  tenant_id integer not null,
  stream_id integer not null,
  kind      integer not null,
  token     text not null,
  primary key (tenant_id, stream_id, kind, token)
) strict, without rowid;

create index search_by_token on search (tenant_id, token, stream_id, kind);
