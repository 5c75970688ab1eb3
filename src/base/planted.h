#pragma once
// Planted: a switch for mistakes put in on purpose, which the simulator must find. In this, the
// ordinary build, none can ever be on and the compiler drops them; the simulator alone compiles
// rooms with src/apps/sim/switch/base/planted.h in this file's place.

#include <string_view>

namespace holdfast {

/// Whether the mistake of this name is on: never.
constexpr bool planted(std::string_view) { return false; }

}  // namespace holdfast
