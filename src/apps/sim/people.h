#pragma once
// People: the operators who look at the queue and decide, truthfully as far as they can know. They
// keep a book of what they were told was done; it must never be written by the program itself.

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "apps/sim/dice.h"
#include "apps/sim/record.h"
#include "apps/sim/scenario.h"
#include "engine/engine.h"
#include "peers/world.h"

namespace holdfast::sim {

/// A decision that the program confirmed as done.
struct Decided {
  std::int64_t version = 0;
  std::string verb;
  std::string order;
  std::string about;
};

class People {
 public:
  static constexpr const char* clerk = "operations desk";

  People(const Scenario& scenario, std::uint64_t seed, peers::World& world, const SetClock& clock,
         Record& record)
      : scenario_(scenario), dice_(seed, "people"), world_(world), clock_(clock), record_(record) {}

  /// Does something later, in the world's time.
  std::function<void(Duration wait, std::function<void()> act)> later;
  /// The program, or nullptr while it does not run.
  std::function<engine::Engine*()> program;

  /// Looks at every open case once and decides some; passes others on or puts them off, and notes
  /// something about live orders or stops them for a while.
  void look(engine::Engine& engine);

  /// Decisions that were answered as done, by the stream they were about.
  const std::map<ports::StreamKey, std::vector<Decided>>& decided() const { return decided_; }
  /// Those about one stream.
  const std::vector<Decided>& decided(const ports::StreamKey& stream) const;
  /// How often somebody said that a purchase order is not there and is to be sent again.
  std::int64_t sent_again(const std::string& po) const;
  /// Whether somebody approved to pay for pieces of this order twice.
  bool pays_twice(const std::string& order) const { return pays_twice_.contains(order); }
  /// Whether somebody said that pieces of this order that were paid back are sent all the same.
  bool sends_refunded(const std::string& order) const { return sends_refunded_.contains(order); }
  /// Notes that the program confirmed what was told to it otherwise than by a decision.
  void note(const ports::StreamKey& stream, std::int64_t version) {
    told_[stream] = std::max(told_[stream], version);
  }
  /// The newest version of each stream that was confirmed so.
  const std::map<ports::StreamKey, std::int64_t>& told() const { return told_; }
  /// When somebody cancelled the whole order here and was told that it is done; 0 for nobody.
  Instant cancelled_at(const std::string& order) const;

 private:
  void decide(engine::Engine& engine, const ports::ExceptionRow& row);
  void pass_on(engine::Engine& engine, const ports::ExceptionRow& row);
  void touch(engine::Engine& engine, const ports::OrderRow& row);
  void let_go(const ports::StreamKey& stream);
  std::string verb_for(const ports::ExceptionRow& row, const std::vector<std::string>& verbs);
  void done(const ports::ExceptionRow& row, const std::string& verb,
            const engine::Stepped& stepped);

  const Scenario& scenario_;
  Dice dice_;
  peers::World& world_;
  const SetClock& clock_;
  Record& record_;
  std::map<ports::StreamKey, std::vector<Decided>> decided_;
  std::map<std::string, std::int64_t> sent_again_;
  std::set<std::string> pays_twice_;
  std::set<std::string> sends_refunded_;
  std::map<ports::StreamKey, std::int64_t> told_;
  std::map<std::string, Instant> cancelled_;
};

}  // namespace holdfast::sim
