#include "engine/views/coverage.h"

#include "core/triage/coverage.h"

namespace holdfast::engine {

bool covers(const RosterEntry& entry, Instant now) { return core::covers(entry, now); }

Instant covers_until(const RosterEntry& entry, Instant now) {
  return core::covers_until(entry, now);
}

}  // namespace holdfast::engine
