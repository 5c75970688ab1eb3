-- What only a store shared by several processes has. It follows step 1 of src/store/schema and is
-- written in the same words.

-- Who may write a tenant's rows, and until when by the database's clock. The epoch rises with every
-- holder, and every write names its own. `commits` counts the holder's, so that a commit whose
-- answer was lost can be asked about.
create table lease (
  tenant_id integer not null,
  epoch     integer not null,
  holder    text not null,
  address   text not null,
  until_ms  integer not null,
  commits   integer not null,
  primary key (tenant_id)
) strict, without rowid;

-- The commits of former holders.
create table lease_past (
  tenant_id integer not null,
  epoch     integer not null,
  commits   integer not null,
  primary key (tenant_id, epoch)
) strict, without rowid;

-- Messages from outside that a process without the lease made durable; the holder takes them into
-- the inbox.
create table letterbox (
  tenant_id      integer not null,
  received_at_ms integer not null,
  id             text not null,
  bytes          blob not null,
  primary key (tenant_id, received_at_ms, id)
) strict, without rowid;

insert into delivery_period values (0, -9223372036854775808), (1, -9223372036854775808);

-- Rows that are rewritten in place need room on their page, and tables from which rows go must be
-- swept often to stay as small as the work in hand.
alter table lease set (fillfactor = 10);
alter table tally set (fillfactor = 10);
alter table stream_head set (fillfactor = 80);
alter table stream_view set (fillfactor = 80);
alter table outbox_open set (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.01);
alter table timer set (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
alter table inbox set (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
alter table inbox_body set (autovacuum_vacuum_scale_factor = 0.02);
alter table sealed set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1);
