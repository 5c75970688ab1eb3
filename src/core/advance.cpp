#include "core/advance.h"

#include "base/check.h"
#include "core/advance/steps.h"

namespace holdfast::core {
namespace {

// One order takes at most a few dozen steps in one decision; more means that two rules undo each
// other, and the step must fail alone rather than spin.
constexpr int most_rounds = 64;

}  // namespace

void advance(Run& run) {
  for (int round = 0; round < most_rounds; ++round) {
    const auto before = run.emitted();
    advancing::procedure(run);
    advancing::promises(run);
    advancing::surplus(run);
    advancing::intake(run);
    advancing::sourcing(run);
    advancing::release(run);
    advancing::suppliers(run);
    advancing::parcels(run);
    advancing::store_holds(run);
    advancing::buyer(run);
    advancing::closing(run);
    if (run.emitted() == before) return;
  }
  check(false, "an order comes to rest after every command");
}

}  // namespace holdfast::core
