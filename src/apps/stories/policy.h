#pragma once
// The policy that stories are told under: the shipped one, without what belongs to one merchant.
// It must never loosen a gate: a story does that itself, in its given part.

#include <string>

#include "model/policy.h"

namespace holdfast::stories {

/// The policy in a folder of TOML files; SKUs and limits are left to the stories. Errors as of
/// reading the files.
Result<Policy> story_policy(const std::string& folder);

}  // namespace holdfast::stories
