#pragma once
// Bench: the hands that receive, inspect and pack the goods of hub suppliers and scan slip and
// label together. They keep a book of what they found; it must never be read by the program.

#include <functional>
#include <map>
#include <string>

#include "apps/sim/dice.h"
#include "apps/sim/people.h"
#include "apps/sim/record.h"
#include "apps/sim/scenario.h"
#include "engine/engine.h"
#include "engine/views/station_view.h"
#include "peers/world.h"

namespace holdfast::sim {

class Bench {
 public:
  static constexpr const char* hand = "quality desk";

  Bench(const Scenario& scenario, std::uint64_t seed, peers::World& world, const SetClock& clock,
        Record& record, People& people)
      : scenario_(scenario),
        dice_(seed, "bench"),
        world_(world),
        clock_(clock),
        record_(record),
        people_(people) {}

  /// Takes everything that stands on the program's list now.
  void look(engine::Engine& engine);

  /// When a step of a purchase was first found in order, by the hands' own book; 0 for never.
  Instant passed_at(const std::string& po, CheckKind step) const;

 private:
  struct Tried {
    int times = 0;
    Instant again_at;
    Instant passed_at;
  };
  using Place = std::pair<std::string, CheckKind>;  // purchase and step

  void check(engine::Engine& engine, const ports::StreamKey& stream,
             const engine::StationTask& task, Tried& tried);
  void scan(engine::Engine& engine, const ports::StreamKey& stream, const engine::StationTask& task,
            Tried& tried);
  void submit(engine::Engine& engine, const ports::StreamKey& stream, PeopleCommand command);

  const Scenario& scenario_;
  Dice dice_;
  peers::World& world_;
  const SetClock& clock_;
  Record& record_;
  People& people_;
  engine::StationBook station_;
  std::map<Place, Tried> tried_;
};

}  // namespace holdfast::sim
