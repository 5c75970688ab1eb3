#pragma once
// Duty: which owners of cases can be reached just now, by the roster's coverage hours.
// It must never hide a case: it only says whose it is.

#include <set>
#include <string>

#include "api/desk.h"

namespace holdfast::api {

/// Whether an entry's hours (UTC) cover the moment.
bool covers(const RosterEntry& entry, Instant now);

/// When the hours that cover the moment end; no instant when they do not, or never end.
Instant covers_until(const RosterEntry& entry, Instant now);

/// The owners somebody works for: themselves, and the desks of their roles and stores.
std::set<std::string> owners_of(const Desk& desk, const Who& who);

/// Those of the owners whom nobody answers for now: off duty by the roster, or neither in the
/// roster nor among the users. Errors are the store's.
Result<std::set<std::string>> unreached(const Desk& desk, const std::set<std::string>& owners);

}  // namespace holdfast::api
