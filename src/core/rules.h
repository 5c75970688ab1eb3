#pragma once
// Rules: the names of everything the core asks RuleWatch about, in one list.
// A rule asked for but missing here would never be proven by a story.

#include <string>
#include <vector>

#include "model/policy.h"

namespace holdfast::core {

/// Every rule there is under a policy: gates and overrides by the policy's names, then reason
/// codes, ladder steps, routing filters, anomalies, moments, answers and single rules.
std::vector<std::string> all_rules(const Policy& policy);

}  // namespace holdfast::core
