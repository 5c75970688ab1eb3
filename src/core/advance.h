#pragma once
// advance: what may happen next, looked for after every command until nothing more may.
// It holds the way of one order in one place: gates, routing, purchase, goods, store, buyer.

#include "core/run.h"

namespace holdfast::core {

/// Takes every step that the gates now let happen.
void advance(Run& run);

}  // namespace holdfast::core
