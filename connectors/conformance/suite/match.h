#pragma once
// Comparing what a case expects with what came: partial for objects, exact for everything else.

#include <string>

#include "base/json.h"

namespace holdfast::conformance {

/// Where and how `actual` differs from `expected`; "" when it matches. The rules stand in
/// README.md.
std::string mismatch(const Json& expected, const Json& actual, const std::string& path = "");

/// The JSON with every {"$repeat": …} item of its lists expanded; Invalid when one is malformed.
Result<Json> expanded(const Json& json);

}  // namespace holdfast::conformance
