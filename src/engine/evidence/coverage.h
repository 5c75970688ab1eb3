#pragma once
// Coverage: how much of what an order should be able to prove it does prove (R115).
// A missing proof is named, never guessed; it must never count a label as a hand-over.

#include <cstdint>
#include <string>
#include <vector>

#include "core/state.h"

namespace holdfast::engine {

struct Coverage {
  std::int64_t permille = 0;  // proven of what is asked; 0 when nothing is asked
  std::int64_t asked = 0;
  std::vector<std::string> missing;  // what is not proven, each with what it is about
};

/// Asked of every wanted line: a purchase order; of every live purchase order: the supplier's
/// reference, confirmation of each line by exact item, an inspection or a statement and packing by
/// the order's ship model; of every parcel: label and order matched, the carrier's own scan, a
/// tracking record; of every exception: decision, approver and time.
Coverage coverage_of(const core::OrderState& state, const std::vector<Event>& events);

}  // namespace holdfast::engine
