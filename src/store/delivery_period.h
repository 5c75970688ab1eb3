#pragma once
// When delivery keys are forgotten: every store keeps them in two slots of eight days each.
// It must never read a clock; the period follows from the rows alone, so that all stores agree.

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "base/instant.h"

namespace holdfast::store {

/// The periods the two slots hold; the smallest number means that a slot is unused.
using DeliveryPeriods = std::array<std::int64_t, 2>;
constexpr std::int64_t no_delivery_period = std::numeric_limits<std::int64_t>::min();

/// Where a message's delivery key goes, and whether that slot is to be emptied first.
struct DeliverySlot {
  std::size_t slot = 0;  // 0 for even periods, 1 for odd ones
  std::int64_t period = 0;
  bool empty_first = false;
};

/// The slot for a message received at `received_at`. A slot is emptied when a later period comes
/// to use it, so a key is remembered for at least 8 and at most 16 days of messages; a message
/// older than what the slot holds (the clock was set back) is kept beside it and empties nothing.
inline DeliverySlot delivery_slot(const DeliveryPeriods& held, Instant received_at) {
  constexpr std::int64_t span_ms = days(8).ms;
  auto period = received_at.ms / span_ms;
  if (received_at.ms % span_ms < 0) --period;
  const auto slot = static_cast<std::size_t>(period & 1);
  return {slot, period, period > held[slot]};
}

}  // namespace holdfast::store
