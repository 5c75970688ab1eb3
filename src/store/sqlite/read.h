#pragma once
// Reading: the port's questions as statements on one read-only connection.
// Functions of several statements expect the caller's read transaction; none of them writes.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ports/store.h"

namespace holdfast::store {

class Database;

/// Each answers the member function of ports::Store with that name, and fails as that one does:
/// Unavailable when the storage is away, Internal when what is stored cannot be read.
Result<ports::Heads> read_heads(Database& db, TenantId tenant);
Result<ports::Counts> read_counts(Database& db, TenantId tenant);
Result<std::vector<ports::EventRow>> read_events(Database& db, const ports::StreamKey& stream);
Result<std::vector<ports::EventRow>> read_events_after(Database& db, TenantId tenant,
                                                       std::int64_t after, std::size_t limit);
Result<std::optional<ports::OrderRow>> read_order(Database& db, const ports::StreamKey& stream);
Result<std::vector<ports::OrderRow>> read_orders(Database& db, const ports::OrderQuery& query);
Result<std::vector<ports::OrderRow>> read_orders_of(Database& db,
                                                    const std::vector<ports::StreamKey>& streams);
Result<std::vector<ports::ExceptionRow>> read_exceptions(Database& db,
                                                         const ports::ExceptionQuery& query);
Result<std::vector<ports::ExceptionRow>> read_exceptions_of(Database& db,
                                                            const ports::StreamKey& stream);
Result<std::vector<ports::ExceptionTally>> read_exception_tallies(Database& db, TenantId tenant,
                                                                  Instant now);
Result<std::vector<ports::OutboxRow>> read_unsettled(Database& db, TenantId tenant);
Result<std::vector<ports::OutboxRow>> read_outbox_of(Database& db, const ports::StreamKey& stream);
Result<std::vector<ports::TimerRow>> read_timers(Database& db, TenantId tenant);
Result<std::vector<ports::TimerRow>> read_timers_of(Database& db, const ports::StreamKey& stream);
Result<std::vector<ports::InboxRow>> read_waiting(Database& db, TenantId tenant, std::size_t limit);
Result<std::optional<ports::InboxRow>> read_inbox(Database& db, TenantId tenant, std::int64_t seq);
Result<std::vector<ports::InboxRow>> read_not_understood(Database& db, TenantId tenant,
                                                         std::size_t limit);
Result<std::optional<ports::InboxRow>> read_delivery(Database& db, TenantId tenant,
                                                     std::string_view account,
                                                     std::string_view dedupe_key);
Result<std::vector<ports::InboxKey>> read_inbox_about(Database& db, TenantId tenant,
                                                      std::string_view account,
                                                      std::string_view subject);
Result<ports::Expired> read_expired(Database& db, const ports::ExpiryQuery& query);
Result<std::optional<ports::StreamKey>> read_reference(Database& db, TenantId tenant,
                                                       std::string_view kind,
                                                       std::string_view value);
Result<std::vector<ports::ReferenceRow>> read_references_of(Database& db,
                                                            const ports::StreamKey& stream);
Result<std::vector<ports::SealedRow>> read_sealed(Database& db, const ports::StreamKey& stream);
Result<std::optional<std::string>> read_value(Database& db, TenantId tenant, const Digest& hash);
Result<std::optional<ports::RecordRow>> read_record(Database& db, const ports::RecordKey& key);
Result<std::vector<ports::RecordRow>> read_records(Database& db, TenantId tenant,
                                                   std::string_view kind, std::string_view after,
                                                   std::size_t limit);
Result<std::vector<ports::StreamKey>> read_search(Database& db, TenantId tenant,
                                                  const std::vector<std::string>& tokens,
                                                  std::size_t limit);

}  // namespace holdfast::store
