#pragma once
// Policy to and from JSON: the canonical bytes are what a policy's hash is taken over.
// Reading is strict, because a misspelt key in a policy would silently loosen a rule.

#include <string>

#include "base/json.h"
#include "model/policy.h"

namespace holdfast {

/// Canonical bytes: every field, fixed order.
std::string encode_policy(const Policy& policy);

/// Reads a policy; Invalid with the place and the nearest key or name when something is unknown.
Result<Policy> decode_policy(const Json& json);

}  // namespace holdfast
