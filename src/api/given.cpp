#include "api/given.h"

#include <algorithm>

namespace holdfast::api {

std::vector<std::string> known_stores(const Desk& desk) {
  std::vector<std::string> ids;
  for (const auto& channel : desk.setup().channels) ids.push_back(channel.id);
  return ids;
}

Result<std::vector<std::string>> given_stores(const Who& who,
                                              const std::vector<std::string>& asked) {
  for (const auto& store : asked) {
    if (who.sees(store)) continue;
    return fail(ErrorCode::Forbidden, "You do not work for the store " + store + ".", "stores");
  }
  return asked.empty() ? std::vector<std::string>(who.stores.begin(), who.stores.end()) : asked;
}

Status may_give(const Desk& desk, const Who& who, const std::vector<std::string>& roles) {
  const bool owner = who.roles.contains("owner");
  if (owner && !who.by_token) return {};
  const auto given = engine::rights_of(desk.setup().policy, {roles.begin(), roles.end()});
  for (const auto right : given) {
    if (who.may(right)) continue;
    return fail(ErrorCode::Forbidden,
                "You do not have the right \"" + std::string(name_of(right)) +
                    "\", which goes with these roles.",
                "roles", "ask an owner to do it");
  }
  // The owner's role opens more than its rights: every gate.
  if (owner || std::ranges::find(roles, "owner") == roles.end()) return {};
  return fail(ErrorCode::Forbidden, "Only an owner makes or changes an owner.", "roles",
              "ask an owner to do it");
}

}  // namespace holdfast::api
