#pragma once
// Disk: the store as the program sees it, with failing commits and deaths around them, and an
// observer of every row that becomes durable. It must never change what is written.

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "apps/sim/record.h"
#include "base/hash.h"
#include "ports/store.h"

namespace holdfast::sim {

/// The program's sudden end. It is no std::exception, so that nothing in the program stops it.
struct Death {};

class Disk : public ports::Store {
 public:
  Disk(std::unique_ptr<ports::Store> inner, TenantId tenant, Record& record)
      : inner_(std::move(inner)), tenant_(tenant), record_(record) {}

  /// Asked before and after every commit; may throw Death.
  std::function<void(const char* point)> at_point;
  /// Whether the coming commit fails.
  std::function<bool()> fails;

  /// The program started again: what was on its way before is in doubt.
  void program_died() { ++lives_; }

  /// Whether nobody knew at some time whether an effect had happened.
  bool was_in_doubt(const ports::OutboxRow& row) const {
    const auto found = effects_.find({row.seq, row.number});
    return found != effects_.end() && found->second.doubted;
  }
  /// Whether a message of these bytes is durable.
  bool has_message(const std::string& account, const Digest& body) const {
    return messages_.contains({account, body});
  }

  /// Streams that hold cases and books about no single order.
  const std::set<ports::StreamKey>& case_streams() const { return case_streams_; }

  Status write(const ports::Batch& batch) override;

  Result<ports::Heads> heads(TenantId tenant) override { return inner_->heads(tenant); }
  Result<ports::Counts> counts(TenantId tenant) override { return inner_->counts(tenant); }
  Result<std::vector<ports::EventRow>> events(ports::StreamKey stream) override {
    return inner_->events(stream);
  }
  Result<std::vector<ports::EventRow>> events_after(TenantId tenant, std::int64_t after,
                                                    std::size_t limit) override {
    return inner_->events_after(tenant, after, limit);
  }
  Result<std::optional<ports::OrderRow>> order(ports::StreamKey stream) override {
    return inner_->order(stream);
  }
  Result<std::vector<ports::OrderRow>> orders(const ports::OrderQuery& query) override {
    return inner_->orders(query);
  }
  Result<std::vector<ports::OrderRow>> orders_of(
      const std::vector<ports::StreamKey>& streams) override {
    return inner_->orders_of(streams);
  }
  Result<std::vector<ports::ExceptionRow>> exceptions(const ports::ExceptionQuery& query) override {
    return inner_->exceptions(query);
  }
  Result<std::int64_t> count_exceptions(const ports::ExceptionQuery& query) override {
    return inner_->count_exceptions(query);
  }
  Result<std::vector<ports::ExceptionRow>> exceptions_of(ports::StreamKey stream) override {
    return inner_->exceptions_of(stream);
  }
  Result<std::vector<ports::ExceptionTally>> exception_tallies(TenantId tenant, Instant now,
                                                               std::string_view channel,
                                                               std::string_view supplier) override {
    return inner_->exception_tallies(tenant, now, channel, supplier);
  }
  Result<std::vector<ports::OutboxRow>> unsettled(TenantId tenant) override {
    return inner_->unsettled(tenant);
  }
  Result<std::vector<ports::OutboxRow>> outbox_of(ports::StreamKey stream) override {
    return inner_->outbox_of(stream);
  }
  Result<std::vector<ports::TimerRow>> timers(TenantId tenant) override {
    return inner_->timers(tenant);
  }
  Result<std::vector<ports::TimerRow>> timers_of(ports::StreamKey stream) override {
    return inner_->timers_of(stream);
  }
  Result<std::vector<ports::InboxRow>> waiting(TenantId tenant, std::size_t limit) override {
    return inner_->waiting(tenant, limit);
  }
  Result<std::optional<ports::InboxRow>> inbox(TenantId tenant, std::int64_t seq) override {
    return inner_->inbox(tenant, seq);
  }
  Result<std::vector<ports::InboxRow>> not_understood(TenantId tenant, std::size_t limit) override {
    return inner_->not_understood(tenant, limit);
  }
  Result<std::optional<ports::InboxRow>> delivery(TenantId tenant, std::string_view account,
                                                  std::string_view dedupe_key) override {
    return inner_->delivery(tenant, account, dedupe_key);
  }
  Result<std::vector<ports::InboxKey>> inbox_about(TenantId tenant, std::string_view account,
                                                   std::string_view subject) override {
    return inner_->inbox_about(tenant, account, subject);
  }
  Result<ports::Expired> expired(const ports::ExpiryQuery& query) override {
    return inner_->expired(query);
  }
  Result<std::optional<ports::StreamKey>> reference(TenantId tenant, std::string_view kind,
                                                    std::string_view value) override {
    return inner_->reference(tenant, kind, value);
  }
  Result<std::vector<ports::ReferenceRow>> references_of(ports::StreamKey stream) override {
    return inner_->references_of(stream);
  }
  Result<std::vector<ports::SealedRow>> sealed(ports::StreamKey stream) override {
    return inner_->sealed(stream);
  }
  Result<std::optional<std::string>> value(TenantId tenant, const Digest& hash) override {
    return inner_->value(tenant, hash);
  }
  Result<std::optional<ports::RecordRow>> record(const ports::RecordKey& key) override {
    return inner_->record(key);
  }
  Result<std::vector<ports::RecordRow>> records(TenantId tenant, std::string_view kind,
                                                std::string_view after,
                                                std::size_t limit) override {
    return inner_->records(tenant, kind, after, limit);
  }
  Result<std::vector<ports::StreamKey>> search(TenantId tenant,
                                               const std::vector<std::string>& tokens,
                                               std::size_t limit, std::int64_t before) override {
    return inner_->search(tenant, tokens, limit, before);
  }

 private:
  void observe(const ports::Batch& batch);
  void observe_effects(const ports::Batch& batch);
  void observe_messages(const ports::Batch& batch);

  std::unique_ptr<ports::Store> inner_;
  TenantId tenant_;
  Record& record_;
  std::set<std::pair<std::string, Digest>> messages_;    // account, hash of the body
  std::set<std::pair<std::string, std::string>> names_;  // account, what makes two messages one
  struct Kept {
    EffectState state{};
    std::int64_t life = 0;  // which of the program's lives wrote it
    bool doubted = false;   // nobody knew once whether it had happened
  };
  std::map<std::pair<std::int64_t, std::int64_t>, Kept> effects_;
  std::int64_t lives_ = 0;
  std::map<std::int64_t, ports::InboxState> inbox_;
  std::map<std::int64_t, std::int64_t> versions_;  // by stream id
  std::set<ports::StreamKey> case_streams_;
  std::int64_t last_seq_ = 0;
};

/// Whether an effect may go from one state to another (design §3).
bool may_become(EffectState from, EffectState to);

}  // namespace holdfast::sim
