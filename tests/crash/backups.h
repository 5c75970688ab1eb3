#pragma once
// Backups: stores copied at random moments under load, lost two hours later, restored and lived on
// with among partners who remember more than the copy does. It must never repair what it finds.

#include <cstdint>
#include <string>

#include "tests/crash/hunt.h"

namespace holdfast::crash {

/// One round in its own folder; `seed` draws world and moment. What was doubled, lost or is neither
/// explained nor owned by a person. Errors are of copying and restoring.
Result<Tally> restore_round(const std::string& folder, std::uint64_t seed);

}  // namespace holdfast::crash
