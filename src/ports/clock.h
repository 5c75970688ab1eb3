#pragma once
// Clock and Entropy: the only sources of time and chance; both can be replaced by seeded ones.
// The core never sees them: what they gave travels as a fact.

#include <cstddef>
#include <string>

#include "base/instant.h"

namespace holdfast::ports {

class Clock {
 public:
  virtual ~Clock() = default;
  /// The present, in UTC milliseconds; may step backwards when the machine's clock is set.
  virtual Instant now() = 0;
};

class Entropy {
 public:
  virtual ~Entropy() = default;
  /// `count` unpredictable bytes.
  virtual std::string bytes(std::size_t count) = 0;
};

}  // namespace holdfast::ports
