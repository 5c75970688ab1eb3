#pragma once
// Owner: who decides a case, by role, store and coverage hours. There is always somebody.

#include <string>

#include "base/instant.h"
#include "model/policy.h"

namespace holdfast::core {

struct Ownership {
  std::string owner;
  std::string backup;
};

/// The person or desk for a role in a store at a time: first who covers the hour, then the named
/// backup, then anyone with the role, then anyone with the role "owner", at last the role itself.
Ownership owner_for(const Policy& policy, std::string_view role, std::string_view backup_role,
                    std::string_view store, Instant now);

}  // namespace holdfast::core
