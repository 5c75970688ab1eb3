#pragma once
// The machine's own clock and entropy, and a clock that runs faster for the demo.
// Nothing else in the program may ask the machine for time or chance.

#include "ports/clock.h"

namespace holdfast::apps {

/// UTC from the system clock.
class SystemClock : public ports::Clock {
 public:
  Instant now() override;
};

/// Starts at the system's time and runs `speed` times as fast.
class FastClock : public ports::Clock {
 public:
  explicit FastClock(std::int64_t speed);
  Instant now() override;

 private:
  Instant start_;
  std::int64_t speed_;
};

/// libsodium's generator.
class SystemEntropy : public ports::Entropy {
 public:
  std::string bytes(std::size_t count) override;
};

}  // namespace holdfast::apps
