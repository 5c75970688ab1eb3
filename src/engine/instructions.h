#pragma once
// Instructions: what suppliers and our own bench are told to do with an order's goods. It must
// never leave out what the buyer or the store asked for.

#include <string>
#include <vector>

#include "model/policy.h"

namespace holdfast::engine {

/// The store's standing instructions, its packaging, then the order's own words; empty ones left
/// out.
std::vector<std::string> instructions_of(const Policy& policy, const std::string& channel,
                                         const std::string& order);

}  // namespace holdfast::engine
