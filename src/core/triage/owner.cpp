#include "core/triage/owner.h"

#include "core/triage/coverage.h"

namespace holdfast::core {
namespace {

const RosterEntry* pick(const Policy& policy, std::string_view role, std::string_view store,
                        Instant now, bool on_shift) {
  const RosterEntry* general = nullptr;
  for (const auto& entry : policy.roster) {
    if (entry.role != role || (on_shift && !covers(entry, now))) continue;
    if (entry.store == store) return &entry;
    if (entry.store.empty() && !general) general = &entry;
  }
  return general;
}

}  // namespace

Ownership owner_for(const Policy& policy, std::string_view role, std::string_view backup_role,
                    std::string_view store, Instant now) {
  const auto* entry = pick(policy, role, store, now, true);
  if (!entry) entry = pick(policy, backup_role, store, now, true);
  if (!entry) entry = pick(policy, role, store, now, false);
  if (!entry) entry = pick(policy, "owner", store, now, false);
  if (!entry) return {std::string(role), std::string(backup_role)};
  Ownership ownership{entry->owner, entry->backup};
  if (ownership.backup.empty()) {
    const auto* second = pick(policy, backup_role, store, now, false);
    if (!second || second->owner == entry->owner) second = pick(policy, "owner", store, now, false);
    ownership.backup = second ? second->owner : std::string(backup_role);
  }
  return ownership;
}

}  // namespace holdfast::core
