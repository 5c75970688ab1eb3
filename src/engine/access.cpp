#include "engine/access.h"

#include <algorithm>

#include "base/text.h"

namespace holdfast::engine {
namespace {

/// Whether an entry speaks about an act at all, whatever it costs.
bool concerns(const AuthorityPolicy& entry, const Act& act) {
  if (entry.act != act.verb) return false;
  if (!entry.store.empty() && entry.store != act.store) return false;
  return entry.reason.empty() || (act.reason && entry.reason == name_of(*act.reason));
}

bool affords(const AuthorityPolicy& entry, const Act& act) {
  if (!entry.up_to.currency.known()) return true;
  return act.amount && act.amount->currency == entry.up_to.currency &&
         act.amount->minor <= entry.up_to.minor;
}

}  // namespace

Rights rights_of(const Policy& policy, const Roles& roles) {
  Rights rights;
  for (const auto& entry : policy.access) {
    if (roles.contains(entry.role)) rights.insert(entry.rights.begin(), entry.rights.end());
  }
  return rights;
}

std::vector<std::string> roles_of(const Policy& policy) {
  std::vector<std::string> roles;
  for (const auto& entry : policy.access) roles.push_back(entry.role);
  return roles;
}

Status may_take(const Policy& policy, const Roles& roles, const Act& act) {
  std::vector<std::string> able;
  bool named = false;
  for (const auto& entry : policy.authority) {
    if (!concerns(entry, act)) continue;
    named = true;
    if (!affords(entry, act)) continue;
    for (const auto& role : entry.roles) {
      if (roles.contains(role)) return {};
      if (std::ranges::find(able, role) == able.end()) able.push_back(role);
    }
  }
  if (!named) return {};
  const auto what = "\"" + act.verb + "\"" +
                    (act.reason ? " for " + std::string(name_of(*act.reason)) : std::string());
  if (able.empty()) {
    return fail(ErrorCode::Forbidden, "Nobody may decide " + what + " for this amount.", "",
                "add an entry to authority in access.toml");
  }
  return fail(ErrorCode::Forbidden,
              "Only these roles may decide " + what + " here: " + join(able, ", ") + ".", "",
              "assign it to somebody who has one of them");
}

}  // namespace holdfast::engine
