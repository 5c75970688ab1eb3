#pragma once
// Coverage: the hours in which an entry of the roster answers for cases, in its own zone and
// weekdays. It must never look at a clock: the moment is handed in.

#include "base/instant.h"
#include "model/policy.h"

namespace holdfast::core {

/// Whether an entry's hours cover the moment. A night shift counts as the day it begins on.
bool covers(const RosterEntry& entry, Instant now);

/// When the hours that cover the moment end; no instant when they do not, or not within a
/// fortnight.
Instant covers_until(const RosterEntry& entry, Instant now);

}  // namespace holdfast::core
