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
#include "engine/engine.h"

namespace holdfast::engine {

/// One conversation with a partner under way.
struct Conversation {
  std::function<ports::Turn(const ports::Exchanges&)> turn;
  ports::Exchanges exchanges;
  std::function<void(Engine::Commit&, const ports::Outcome&)> settled;
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

  /// Talks to a partner outside any row (reads); `settled` runs in a later commit.
  void converse(std::function<ports::Turn(const ports::Exchanges&)> turn,
                std::function<void(Engine::Commit&, const ports::Outcome&)> settled);

 private:
  struct Lane {
    std::map<std::tuple<Instant, std::int64_t, std::int64_t>, ports::OutboxRow> waiting;
    std::set<std::int64_t> streams;  // with a row in flight
    Instant paused_until;
    std::size_t width = 1;  // rows that may be in flight at once
  };

  Lane& lane_named(const std::string& name);
  std::size_t width_of(const std::string& name) const;

  /// A row whose conversation began, with what it was before.
  struct Leaving {
    ports::OutboxRow row;
    Effect effect;
    EffectState before{};
  };

  std::vector<Leaving> gather_reminders(Engine::Commit& commit, Lane& lane,
                                        const RemindSupplier& like);
  void leave(Engine::Commit& commit, Lane& lane, Leaving& leaving);
  void proceed(const std::shared_ptr<Conversation>& talk);
  void send_row(Engine::Commit& commit, Lane& lane, ports::OutboxRow row);
  void settle_row(Engine::Commit& commit, ports::OutboxRow row, const Effect& effect,
                  ports::Outcome outcome);
  void settle_now(Engine::Commit& commit, ports::OutboxRow row, EffectState state,
                  const std::string& detail);
  bool may_ask(const Effect& effect) const;
  std::vector<Command> consequences(const Effect& effect, const ports::OutboxRow& row,
                                    const ports::Outcome& outcome) const;
  void put_back(ports::OutboxRow row, Instant not_before);
  void count(EffectState from, EffectState to);

  Engine& engine_;
  std::map<std::string, Lane> lanes_;
};

}  // namespace holdfast::engine
