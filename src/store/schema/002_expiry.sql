-- What is removed by date is found by date; rows that stay for good are in neither index.
create index sealed_by_date on sealed (tenant_id, delete_at_ms) where delete_at_ms <> 0;
create index record_by_date on record (tenant_id, expires_at_ms) where expires_at_ms <> 0;
