#pragma once
// Pace: a clock that several processes share and that may run faster than real time, so that a
// world and the program under test live in one present. For tests only; it must never be what a
// merchant's server goes by.

#include <mutex>
#include <string>
#include <string_view>

#include "base/result.h"
#include "ports/clock.h"

namespace holdfast::peers {

/// A line through time: `origin` was when the machine's monotonic clock stood at `began_ms`, and
/// since then `speed` such milliseconds pass in each real one.
struct Pace {
  Instant origin;
  std::int64_t began_ms = 0;
  std::int64_t speed = 1;

  bool operator==(const Pace&) const = default;
};

/// The machine's monotonic clock in milliseconds; every process of the machine reads the same.
std::int64_t monotonic_ms();

/// "origin_ms,began_ms,speed", for another process.
std::string to_text(const Pace& pace);

/// Reads what to_text wrote; Invalid for anything else and for a speed below 1.
Result<Pace> parse_pace(std::string_view text);

/// Goes by a pace that may be changed; time never jumps at a change.
class PacedClock : public ports::Clock {
 public:
  explicit PacedClock(Pace pace) : pace_(pace) {}
  Instant now() override;

  /// From now on `speed` times as fast as real time.
  void change(std::int64_t speed);
  Pace pace();

 private:
  std::mutex mutex_;
  Pace pace_;
};

}  // namespace holdfast::peers
