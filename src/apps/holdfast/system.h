#pragma once
// The machine's own clock and entropy.
// Nothing else in the program may ask the machine for time or chance.

#include "ports/clock.h"

namespace holdfast::apps {

/// UTC from the system clock.
class SystemClock : public ports::Clock {
 public:
  Instant now() override;
};

/// libsodium's generator.
class SystemEntropy : public ports::Entropy {
 public:
  std::string bytes(std::size_t count) override;
};

}  // namespace holdfast::apps
