#pragma once
// What may be removed by now, and messages about one subject, as SQL for every database.
// Nothing here may remove anything.

#include "store/sql/rows_of.h"

namespace holdfast::store::sql {

using namespace ports;

template <class Db>
Result<std::vector<InboxKey>> old_bodies(Db& db, const ExpiryQuery& asked) {
  // Bodies are taken from the oldest on and only then looked at, so that the walk is bounded: seq
  // grows with time.
  auto query = db.query(
      "select b.seq from (select seq from inbox_body where tenant_id = ?1 order by seq limit ?2) b"
      " join inbox i on i.tenant_id = ?1 and i.seq = b.seq"
      " where i.received_at_ms < ?3 and i.state <> 1 order by b.seq");
  query.with(asked.tenant.value, bounded(asked.limit), asked.bodies_before.ms);
  return all_rows<InboxKey>(
      query, [&](auto& row) -> Result<InboxKey> { return InboxKey{asked.tenant, row.integer()}; });
}

template <class Db>
Result<std::vector<SealedKey>> due_sealed(Db& db, const ExpiryQuery& asked) {
  auto query = db.query(
      "select kind, stream_id, sealed_kind from sealed"
      " where tenant_id = ? and delete_at_ms <> 0 and delete_at_ms <= ?"
      " order by delete_at_ms, kind, stream_id, sealed_kind limit ?");
  query.with(asked.tenant.value, asked.now.ms, bounded(asked.limit));
  return all_rows<SealedKey>(query, [&](auto& row) -> Result<SealedKey> {
    const auto kind = static_cast<StreamKind>(row.integer());
    const auto id = row.integer();
    return SealedKey{{asked.tenant, kind, id}, row.text()};
  });
}

template <class Db>
Result<std::vector<RecordKey>> due_records(Db& db, const ExpiryQuery& asked) {
  auto query = db.query(
      "select record_kind, key from record"
      " where tenant_id = ? and expires_at_ms <> 0 and expires_at_ms <= ?"
      " order by expires_at_ms, record_kind, key limit ?");
  query.with(asked.tenant.value, asked.now.ms, bounded(asked.limit));
  return all_rows<RecordKey>(query, [&](auto& row) -> Result<RecordKey> {
    return RecordKey{asked.tenant, row.text(), row.text()};
  });
}

template <class Db>
Result<std::vector<InboxKey>> read_inbox_about(Db& db, TenantId tenant, std::string_view account,
                                               std::string_view subject) {
  auto query = db.query(
      "select i.seq from inbox i join inbox_body b on b.tenant_id = ?1 and b.seq = i.seq"
      " where i.tenant_id = ?1 and (?2 = '' or i.account = ?2)"
      " and instr(',' || i.subject || ',', ',' || ?3 || ',') > 0 and i.state <> 1"
      " order by i.seq");
  query.with(tenant.value, account, subject);
  return all_rows<InboxKey>(
      query, [&](auto& row) -> Result<InboxKey> { return InboxKey{tenant, row.integer()}; });
}

template <class Db>
Result<Expired> read_expired(Db& db, const ExpiryQuery& asked) {
  auto bodies = old_bodies(db, asked);
  if (!bodies) return fail(bodies.error());
  auto sealed = due_sealed(db, asked);
  if (!sealed) return fail(sealed.error());
  auto records = due_records(db, asked);
  if (!records) return fail(records.error());
  return Expired{std::move(*bodies), std::move(*sealed), std::move(*records)};
}

}  // namespace holdfast::store::sql
