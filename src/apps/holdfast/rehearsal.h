#pragma once
// Rehearsal: the demo's world lived through by a plan instead of a visitor. Time stands still until
// everything an instant brings has been done, then jumps to what falls due next, so that a month
// passes in minutes and a busy machine changes nothing. It must never touch an order itself.

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "apps/holdfast/house.h"
#include "peers/demo_world.h"

namespace holdfast::apps {

/// What a rehearsal file says, as JSON.
struct RehearsalPlan {
  std::int64_t orders = 0;
  Duration order_every;
  Duration lasts;  // of the world's time
  std::uint64_t seed = 1;
  std::string data;          // the program's data folder, which stays
  bool before_shop = false;  // something is put before the shop: its address comes by stdin
  std::vector<peers::PlannedFault> faults;
};

/// Reads {"orders", "order_every_s", "lasts_days", "seed", "data", "before_shop", "faults":
/// [{"order", "kind"}]}. NotFound for a file that cannot be read, Invalid for what it cannot be.
Result<RehearsalPlan> read_rehearsal(const std::string& path);

/// A clock that stands until it is moved; from any thread.
class SteppedClock : public ports::Clock {
 public:
  explicit SteppedClock(Instant start) : ms_(start.ms) {}
  Instant now() override { return {ms_.load()}; }
  void move_to(Instant instant) { ms_.store(instant.ms); }

 private:
  std::atomic<std::int64_t> ms_;
};

/// Lets `lasts` of the world's time pass. Timeout when the two never come to rest.
Status live_through(Duration lasts, SteppedClock& clock, peers::DemoWorld& world, House& house);

}  // namespace holdfast::apps
