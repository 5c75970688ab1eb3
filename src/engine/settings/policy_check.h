#pragma once
// PolicyCheck: whether a policy that reads well also makes sense: every name leads somewhere, every
// gate can open, every case finds an owner. It must never change a policy or fill anything in.

#include <string>
#include <vector>

#include "model/policy.h"

namespace holdfast::engine {

/// Everything wrong with a policy: what, where, and what to do. Empty for a sound one.
std::vector<Error> policy_problems(const Policy& policy);

/// The first of policy_problems, if any.
Status check_policy(const Policy& policy);

/// Whether orders of real buyers may run under this policy: check_policy, and a retention rule for
/// every kind of record that can hold personal data (R118). Forbidden while one is missing.
Status ready_for_live(const Policy& policy);

/// The verbs that options of a case may carry.
const std::vector<std::string>& option_verbs();

/// The kinds of record a live shop needs a retention rule for.
const std::vector<std::string>& records_to_retain();

}  // namespace holdfast::engine
