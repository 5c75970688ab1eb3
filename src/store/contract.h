#pragma once
// What every store must do, as one suite: a store is added to it by instantiating StoreContract.
// The rows made here are complete, so that a column a store forgets is seen; it is for tests only.

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <tuple>

#include <gtest/gtest.h>

#include "ports/store.h"

namespace holdfast::store {

/// A store under the suite: its name, and how to open it in an empty folder.
struct StoreMaker {
  const char* name;
  std::function<std::unique_ptr<ports::Store>(const std::filesystem::path& folder)> open;
};

/// Gives each test an empty folder and a store opened in it.
class StoreContract : public testing::TestWithParam<StoreMaker> {
 protected:
  void SetUp() override;
  void TearDown() override;

  /// Writes and expects it to succeed.
  void write(const ports::Batch& batch);

  std::filesystem::path folder_;
  std::unique_ptr<ports::Store> store_;
};

/// A new empty folder under the system's temporary one.
std::filesystem::path make_test_folder();

constexpr TenantId tenant_a{1};
constexpr TenantId tenant_b{2};

/// The stream of order `id` of the first tenant.
inline ports::StreamKey order_stream(std::int64_t id, TenantId tenant = tenant_a) {
  return {tenant, ports::StreamKind::Order, id};
}

/// A moment that tests count from.
inline constexpr Instant day_one{days(20'000).ms};

/// Complete rows with distinguishable columns.
ports::EventRow sample_event(const ports::StreamKey& stream, std::int64_t seq, std::int64_t version,
                             std::int64_t previous);
ports::OrderRow sample_order(const ports::StreamKey& stream, std::int64_t head_seq,
                             std::int64_t version);
ports::ExceptionRow sample_exception(const ports::StreamKey& stream, std::int64_t number,
                                     Instant review_by);
ports::OutboxRow sample_effect(const ports::StreamKey& stream, std::int64_t seq,
                               std::int64_t number, EffectState state);
ports::TimerRow sample_timer(const ports::StreamKey& stream, TimerKind kind, Instant due_at);
ports::InboxRow sample_message(std::int64_t seq, std::string dedupe_key, Instant received_at);

/// All columns of a row, to compare two of them.
inline auto fields(const ports::EventRow& r) {
  return std::tie(r.stream, r.seq, r.version, r.previous, r.at, r.actor, r.bytes, r.hash);
}
inline auto fields(const ports::OrderRow& r) {
  return std::tie(r.stream, r.head_seq, r.version, r.head_hash, r.channel, r.store_number, r.stage,
                  r.summary, r.placed_at, r.due_at, r.open_exceptions, r.live);
}
inline auto fields(const ports::ExceptionRow& r) {
  return std::tie(r.stream, r.number, r.reason, r.owner, r.backup, r.next_action, r.detail, r.about,
                  r.body, r.store_number, r.channel, r.opened_at, r.review_by, r.resolved_at,
                  r.resolution, r.supplier);
}
inline auto fields(const ports::OutboxRow& r) {
  return std::tie(r.stream, r.seq, r.number, r.lane, r.bytes, r.state, r.attempts, r.not_before,
                  r.changed_at, r.detail);
}
inline auto fields(const ports::TimerRow& r) {
  return std::tie(r.stream, r.kind, r.about, r.due_at);
}
inline auto fields(const ports::InboxRow& r) {
  return std::tie(r.tenant, r.seq, r.account, r.dedupe_key, r.topic, r.subject, r.envelope, r.body,
                  r.body_hash, r.received_at, r.state, r.attempts, r.problem);
}

}  // namespace holdfast::store
