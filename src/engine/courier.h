#pragma once
// Courier: what goes out. Effects leave through lanes, one at a time per order, within each
// partner's rate budget; a row is "sending" durably before a byte leaves, and an unknown outcome is
// asked about, never blindly repeated.

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "engine/documents.h"
#include "engine/due_list.h"
#include "engine/engine.h"
#include "engine/pace.h"

namespace holdfast::engine {

/// One conversation with a partner under way.
struct Conversation {
  std::string account;
  std::string doing;  // for people: what it is about
  std::function<ports::Turn(const ports::Exchanges&)> turn;
  ports::Exchanges exchanges;
  std::function<void(Engine::Commit&, const ports::Outcome&)> settled;
  std::int64_t token = 0;  // which of the account's access tokens it began with
  bool renewed = false;    // it was begun again with a fresh token, or is the renewal itself
  bool counted = false;    // its next request was counted before it began
};

class Courier {
 public:
  explicit Courier(Engine& engine) : engine_(engine) {}

  /// Loads unsettled rows; those found "sending" become unknown.
  Status start();

  /// Takes up a new, committed row.
  void take(const ports::OutboxRow& row);

  /// Marks rows whose turn came as sending, within `commit`; they leave once it is durable.
  void dispatch(Engine::Commit& commit);

  Instant next_due() const;

  /// Talks to a partner outside any row (reads, renewals); `settled` runs in a later commit.
  void converse(Conversation talk);

  /// Whether nothing leaves because a restored store has not caught up yet.
  bool held() const { return held_; }

  /// Ends that: what waits for orders that may have moved on is unknown from here on, durably.
  void let_go(Engine::Commit& commit);

 private:
  struct Lane {
    std::string account;
    bool ordered = false;  // one at a time, in the order decided
    std::map<std::tuple<Instant, std::int64_t, std::int64_t>, ports::OutboxRow> waiting;
    // Rows of an order that has one in flight here: they wait for that one.
    std::map<std::int64_t, std::vector<ports::OutboxRow>> behind;
    std::set<std::int64_t> streams;  // with a row in flight
    std::size_t width = 1;           // rows that may be in flight at once

    bool is_full() const;
  };
  using Talk = std::shared_ptr<Conversation>;
  struct Departure {
    Talk talk;
    ports::Request request;
  };

  /// A row whose conversation began, with what it was before.
  struct Leaving {
    ports::OutboxRow row;
    Effect effect;
    EffectState before{};
  };

  Lane& lane_named(const std::string& name);
  void plan(const std::string& name);
  void dispatch_lane(Engine::Commit& commit, const std::string& name, std::size_t& budget);
  void arrived(const std::string& name, std::int64_t stream);
  void proceed(const Talk& talk);
  void depart(const Talk& talk, ports::Request request);
  void finish(const Talk& talk, const ports::Outcome& outcome);
  void settle(const Talk& talk, const ports::Outcome& outcome);
  void tell_budget(const std::string& account);
  std::vector<Leaving> gather_reminders(Engine::Commit& commit, Lane& lane,
                                        const RemindSupplier& like);
  void leave(Engine::Commit& commit, Lane& lane, Leaving& leaving);
  void keep_text(Engine::Commit& commit, const ports::OutboxRow& row, const Held& held,
                 ToldText told);
  void wait_for_store(Engine::Commit& commit, ports::OutboxRow row,
                      const std::vector<Leaving>& also);
  void withdraw(Engine::Commit& commit, const ports::OutboxRow& row, const Effect& effect,
                const std::string& why);
  void send_row(Engine::Commit& commit, Lane& lane, ports::OutboxRow row);
  void settle_row(Engine::Commit& commit, ports::OutboxRow row, const Effect& effect,
                  ports::Outcome outcome);
  void settle_now(Engine::Commit& commit, ports::OutboxRow row, EffectState state,
                  const std::string& detail);
  bool may_ask(const Effect& effect) const;
  bool may_have_happened(const core::OrderState& state, const Effect& effect) const;
  std::vector<Command> consequences(const Effect& effect, const ports::OutboxRow& row,
                                    const ports::Outcome& outcome) const;
  void put_links(Engine::Commit& commit, const ports::StreamKey& stream, const Effect& effect,
                 Instant now);
  void put_back(ports::OutboxRow row, Instant not_before);
  void count(EffectState from, EffectState to);

  Engine& engine_;
  std::map<std::string, Lane> lanes_;
  DueList<std::string> due_;  // lanes with a row that may leave
  Pace pace_;
  std::map<std::pair<Instant, std::int64_t>, Departure> paced_;  // requests that wait for budget
  std::int64_t departures_ = 0;
  std::map<std::string, Instant> links_;  // lately written, and since when they stand
  bool held_ = false;
};

}  // namespace holdfast::engine
