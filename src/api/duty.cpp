#include "api/duty.h"

#include <algorithm>

namespace holdfast::api {
namespace {

constexpr std::int64_t hour_ms = 3'600'000;

std::int64_t hour_of(Instant now) { return now.ms / hour_ms % 24; }

}  // namespace

bool covers(const RosterEntry& entry, Instant now) {
  const auto hour = hour_of(now);
  if (entry.from_hour <= entry.to_hour) return entry.from_hour <= hour && hour < entry.to_hour;
  return hour >= entry.from_hour || hour < entry.to_hour;  // a night shift
}

Instant covers_until(const RosterEntry& entry, Instant now) {
  const bool always = entry.from_hour % 24 == entry.to_hour % 24;
  if (always || !covers(entry, now)) return {};
  const auto hours = (entry.to_hour - hour_of(now) + 24) % 24;
  return {(now.ms / hour_ms + (hours == 0 ? 24 : hours)) * hour_ms};
}

std::set<std::string> owners_of(const Desk& desk, const Who& who) {
  std::set<std::string> owners{who.name};
  for (const auto& entry : desk.setup().policy.roster) {
    if (!entry.store.empty() && !who.sees(entry.store)) continue;
    if (std::ranges::find(who.roles, entry.role) != who.roles.end()) owners.insert(entry.owner);
  }
  return owners;
}

Result<std::set<std::string>> unreached(const Desk& desk, const std::set<std::string>& owners) {
  const auto users = desk.people.users();
  if (!users) return fail(users.error());
  std::set<std::string> away;
  for (const auto& owner : owners) {
    bool listed = false, on_duty = false;
    for (const auto& entry : desk.setup().policy.roster) {
      if (entry.owner != owner) continue;
      listed = true;
      on_duty = on_duty || covers(entry, desk.now());
    }
    const bool user = std::ranges::find(*users, owner, &User::name) != users->end();
    if (listed ? !on_duty : !user) away.insert(owner);
  }
  return away;
}

}  // namespace holdfast::api
