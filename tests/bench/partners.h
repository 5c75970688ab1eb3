#pragma once
// Partners that answer at once and in this process, so that a measure holds the engine and its
// store and nobody else's work. They must never refuse, wait or look at a clock.

#include <string>

#include "ports/registry.h"

namespace holdfast::bench {

/// The kind of every account these tables speak to.
inline constexpr const char* instant_kind = "instant";

/// One table of each sort, all of kind "instant".
ports::Connectors instant_connectors();

}  // namespace holdfast::bench
