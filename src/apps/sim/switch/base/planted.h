#pragma once
// Planted, as the simulator compiles it: one mistake may be on, chosen while it runs. It must never
// be part of the program that ships; src/base/planted.h is what that sees.

#include <string_view>

namespace holdfast {

/// The mistake that is on; "" for none. Set between runs, by the simulator alone.
inline std::string_view planted_mistake;

/// Whether the mistake of this name is on.
inline bool planted(std::string_view name) {
  return !planted_mistake.empty() && planted_mistake == name;
}

}  // namespace holdfast
