#pragma once
// Coverage: the hours of the roster for those above the engine, who may not ask the core.
// It must never add a rule of its own: core/triage/coverage.h has them.

#include "base/instant.h"
#include "model/policy.h"

namespace holdfast::engine {

/// Whether an entry's hours cover the moment.
bool covers(const RosterEntry& entry, Instant now);

/// When the hours that cover the moment end; no instant when they do not, or not within a
/// fortnight.
Instant covers_until(const RosterEntry& entry, Instant now);

}  // namespace holdfast::engine
