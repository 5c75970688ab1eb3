#pragma once
// Mistakes: the names of all that were planted in the rooms (base/planted.h), by which the
// simulator itself is tested. A name that stands in no room would never be found, and so be seen.

#include <span>
#include <string_view>

namespace holdfast::sim {

struct Mistake {
  std::string_view name;
  std::string_view scenario;  // in which it shows; "" where any will do
};

/// Every planted mistake, in the order of the rooms they lie in.
std::span<const Mistake> planted_mistakes();

/// Lets one mistake happen from now on; "" for none.
void plant(std::string_view name);

}  // namespace holdfast::sim
