#pragma once
// Access: what the policy lets a person do, by role, reason, store and amount.
// It must never look anything up: who asks and what it is about are handed in.

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/policy.h"

namespace holdfast::engine {

using Roles = std::set<std::string>;
using Rights = std::set<Right>;

/// The rights of somebody who holds all of these roles; unknown roles give none.
Rights rights_of(const Policy& policy, const Roles& roles);

/// The roles of the policy, in its order.
std::vector<std::string> roles_of(const Policy& policy);

/// A decision somebody wants to take.
struct Act {
  std::string verb;                  // an option's
  std::optional<ReasonCode> reason;  // of the case it settles, or of the gate
  std::string store;                 // channel account; "" when it is about none
  std::optional<Money> amount;       // what it may cost, where somebody knows
};

/// Whether somebody with these roles may take a decision. Forbidden, naming the roles that may. An
/// amount nobody knows, or one in another currency, is above every limit.
Status may_take(const Policy& policy, const Roles& roles, const Act& act);

}  // namespace holdfast::engine
