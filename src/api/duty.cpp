#include "api/duty.h"

#include <algorithm>

#include "engine/views/coverage.h"

namespace holdfast::api {
namespace {

using Roster = std::vector<RosterEntry>;

/// Whether the roster knows the owner, and has them on duty just now.
struct Listed {
  bool known = false;
  bool on_duty = false;
};

Listed listed(const Roster& roster, const std::string& owner, Instant now) {
  Listed found;
  for (const auto& entry : roster) {
    if (entry.owner != owner) continue;
    found.known = true;
    found.on_duty = found.on_duty || engine::covers(entry, now);
  }
  return found;
}

}  // namespace

std::set<std::string> owners_of(const Desk& desk, const Who& who) {
  const auto& roster = desk.setup().policy.roster;
  const auto seen = [&](const RosterEntry& entry) {
    return entry.store.empty() || who.sees(entry.store);
  };
  std::set<std::string> owners{who.name};
  for (const auto& entry : roster) {
    if (!seen(entry)) continue;
    if (std::ranges::find(who.roles, entry.role) != who.roles.end()) owners.insert(entry.owner);
  }
  const auto theirs = owners;
  for (const auto& entry : roster) {
    if (!seen(entry) || !theirs.contains(entry.backup)) continue;
    if (!listed(roster, entry.owner, desk.now()).on_duty) owners.insert(entry.owner);
  }
  return owners;
}

Result<std::set<std::string>> unreached(const Desk& desk, const std::set<std::string>& owners) {
  const auto users = desk.people.users();
  if (!users) return fail(users.error());
  const auto& roster = desk.setup().policy.roster;
  const auto there = [&](const std::string& owner) {
    const auto found = listed(roster, owner, desk.now());
    const bool user = std::ranges::find(*users, owner, &User::name) != users->end();
    return found.known ? found.on_duty : user;
  };
  const auto stands_in = [&](const RosterEntry& entry) {
    return !entry.backup.empty() && there(entry.backup);
  };
  std::set<std::string> away;
  for (const auto& owner : owners) {
    const bool backed = std::ranges::any_of(
        roster, [&](const RosterEntry& entry) { return entry.owner == owner && stands_in(entry); });
    if (!backed && !there(owner)) away.insert(owner);
  }
  return away;
}

Status takes_cases(const Desk& desk, const std::string& owner, const std::string& store) {
  const auto there = [&](const RosterEntry& entry) {
    return entry.owner == owner && (entry.store.empty() || entry.store == store);
  };
  if (std::ranges::any_of(desk.setup().policy.roster, there)) return {};
  const auto users = desk.people.users();
  if (!users) return fail(users.error());
  const auto user = std::ranges::find(*users, owner, &User::name);
  if (user == users->end()) {
    return fail(ErrorCode::Invalid, "\"" + owner + "\" is neither in the roster nor a user.",
                "owner", "name somebody of GET /api/v1/owners, or a user");
  }
  if (user->stores.empty() || std::ranges::find(user->stores, store) != user->stores.end()) {
    return {};
  }
  return fail(ErrorCode::Invalid, "\"" + owner + "\" does not work for this case's store.", "owner",
              "name somebody who does");
}

}  // namespace holdfast::api
