#pragma once
// Reads: every question of the port, asked as SQL within one read transaction of a store's own.
// Nothing here writes, and nothing knows which database answers.

#include "store/sql/expiry_impl.h"
#include "store/sql/queue_impl.h"
#include "store/sql/read_impl.h"
#include "store/sql/search_impl.h"

namespace holdfast::store::sql {

/// Puts the questions into a store. `Self::reading(read)` runs `read(connection)` on a connection
/// that reads one commit, and gives what it gives.
template <class Base, class Self>
class Reads : public Base {
  friend Self;
  Reads() = default;

 public:
  Result<Heads> heads(TenantId tenant) override {
    return ask([&](auto& db) { return read_heads(db, tenant); });
  }
  Result<Counts> counts(TenantId tenant) override {
    return ask([&](auto& db) { return read_counts(db, tenant); });
  }
  Result<std::vector<EventRow>> events(StreamKey stream) override {
    return ask([&](auto& db) { return read_events(db, stream); });
  }
  Result<std::vector<EventRow>> events_after(TenantId tenant, std::int64_t after,
                                             std::size_t limit) override {
    return ask([&](auto& db) { return read_events_after(db, tenant, after, limit); });
  }
  Result<std::optional<OrderRow>> order(StreamKey stream) override {
    return ask([&](auto& db) { return read_order(db, stream); });
  }
  Result<std::vector<OrderRow>> orders(const OrderQuery& query) override {
    return ask([&](auto& db) { return read_orders(db, query); });
  }
  Result<std::vector<OrderRow>> orders_of(const std::vector<StreamKey>& streams) override {
    return ask([&](auto& db) { return read_orders_of(db, streams); });
  }
  Result<std::vector<ExceptionRow>> exceptions(const ExceptionQuery& query) override {
    return ask([&](auto& db) { return read_exceptions(db, query); });
  }
  Result<std::int64_t> count_exceptions(const ExceptionQuery& query) override {
    return ask([&](auto& db) { return count_exceptions_in(db, query); });
  }
  Result<std::vector<ExceptionRow>> exceptions_of(StreamKey stream) override {
    return ask([&](auto& db) { return read_exceptions_of(db, stream); });
  }
  Result<std::vector<ExceptionTally>> exception_tallies(TenantId tenant, Instant now,
                                                        std::string_view channel,
                                                        std::string_view supplier) override {
    return ask(
        [&](auto& db) { return read_exception_tallies(db, tenant, now, channel, supplier); });
  }
  Result<std::vector<OutboxRow>> unsettled(TenantId tenant) override {
    return ask([&](auto& db) { return read_unsettled(db, tenant); });
  }
  Result<std::vector<OutboxRow>> outbox_of(StreamKey stream) override {
    return ask([&](auto& db) { return read_outbox_of(db, stream); });
  }
  Result<std::vector<TimerRow>> timers(TenantId tenant) override {
    return ask([&](auto& db) { return read_timers(db, tenant); });
  }
  Result<std::vector<TimerRow>> timers_of(StreamKey stream) override {
    return ask([&](auto& db) { return read_timers_of(db, stream); });
  }
  Result<std::vector<InboxRow>> waiting(TenantId tenant, std::size_t limit) override {
    return ask([&](auto& db) { return read_waiting(db, tenant, limit); });
  }
  Result<std::optional<InboxRow>> inbox(TenantId tenant, std::int64_t seq) override {
    return ask([&](auto& db) { return read_inbox(db, tenant, seq); });
  }
  Result<std::vector<InboxRow>> not_understood(TenantId tenant, std::size_t limit) override {
    return ask([&](auto& db) { return read_not_understood(db, tenant, limit); });
  }
  Result<std::optional<InboxRow>> delivery(TenantId tenant, std::string_view account,
                                           std::string_view dedupe_key) override {
    return ask([&](auto& db) { return read_delivery(db, tenant, account, dedupe_key); });
  }
  Result<std::vector<InboxKey>> inbox_about(TenantId tenant, std::string_view account,
                                            std::string_view subject) override {
    return ask([&](auto& db) { return read_inbox_about(db, tenant, account, subject); });
  }
  Result<Expired> expired(const ExpiryQuery& query) override {
    return ask([&](auto& db) { return read_expired(db, query); });
  }
  Result<std::optional<StreamKey>> reference(TenantId tenant, std::string_view kind,
                                             std::string_view value) override {
    return ask([&](auto& db) { return read_reference(db, tenant, kind, value); });
  }
  Result<std::vector<ReferenceRow>> references_of(StreamKey stream) override {
    return ask([&](auto& db) { return read_references_of(db, stream); });
  }
  Result<std::vector<SealedRow>> sealed(StreamKey stream) override {
    return ask([&](auto& db) { return read_sealed(db, stream); });
  }
  Result<std::optional<std::string>> value(TenantId tenant, const Digest& hash) override {
    return ask([&](auto& db) { return read_value(db, tenant, hash); });
  }
  Result<std::optional<RecordRow>> record(const RecordKey& key) override {
    return ask([&](auto& db) { return read_record(db, key); });
  }
  Result<std::vector<RecordRow>> records(TenantId tenant, std::string_view kind,
                                         std::string_view after, std::size_t limit) override {
    return ask([&](auto& db) { return read_records(db, tenant, kind, after, limit); });
  }
  Result<std::vector<StreamKey>> search(TenantId tenant, const std::vector<std::string>& tokens,
                                        std::size_t limit, std::int64_t before) override {
    return ask([&](auto& db) { return read_search(db, tenant, tokens, limit, before); });
  }

 private:
  template <class Read>
  auto ask(const Read& read) {
    return static_cast<Self*>(this)->reading(read);
  }
};

}  // namespace holdfast::store::sql
