#pragma once
// Office: what the shop's staff, its buyers and other apps do to orders that run, and what the
// merchant's own office records of purchases. It must never speak of the engine's own state.

#include <map>
#include <string>
#include <vector>

#include "apps/sim/dice.h"
#include "apps/sim/people.h"
#include "apps/sim/record.h"
#include "apps/sim/scenario.h"
#include "peers/world.h"

namespace holdfast::sim {

class Office {
 public:
  /// How the rest of a run is reached; all of it outlives the office.
  struct Reach {
    const Scenario* scenario = nullptr;
    peers::World* world = nullptr;
    People* people = nullptr;
    Record* record = nullptr;
    peers::Agenda* agenda = nullptr;
    Instant start;
  };

  Office(Reach reach, std::uint64_t seed);

  /// Plans what befalls which order; called once, after the world's own faults were planned.
  void plan();
  /// An invoice came along with a purchase that reached its supplier.
  void invoiced(const peers::SupplyOrder& order, const ports::StreamKey& stream);

 private:
  enum class Event { None, Line, Service, Held, Authorized, Preordered, Refund, Astray };

  Event draw();
  void befall(const std::string& order, Event event);
  void fill(const std::string& order, peers::Basket& basket);
  void edit(const std::string& order, bool more_of_it);
  void change_service(const std::string& order, std::int64_t which);
  void hold(const std::string& order, Duration lasts);
  void refund(const std::string& order, bool unlisted, Duration later);
  void pay(const ports::StreamKey& stream, const std::string& po, PayablesState state,
           Money amount);
  Duration soon_or(Duration most);

  Reach reach_;
  Dice dice_;
  std::map<std::string, Duration> authorized_;
  std::map<std::string, Duration> preordered_;
};

/// Names under which these things are counted.
const std::vector<std::string>& office_faults();

}  // namespace holdfast::sim
