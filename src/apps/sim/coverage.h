#pragma once
// Coverage: what a standard run has to touch, so that a class of faults or a step that never came
// about is seen as a row with few in it, or none. It must never decide what is right.

#include "apps/sim/record.h"

namespace holdfast::sim {

constexpr std::int64_t faults_wanted = 1000;      // of each class in a standard run
constexpr std::int64_t transitions_wanted = 100;  // of each in a standard run

/// Every kind of event, reason of a case and timer there is, each counted 0.
Counts all_transitions();

/// Every fault an order can bring along, each counted 0.
Counts all_order_faults();

/// Those that came about less often than wanted.
Counts thin(const Counts& counts, std::int64_t wanted);

}  // namespace holdfast::sim
