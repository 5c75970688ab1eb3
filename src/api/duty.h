#pragma once
// Duty: which owners of cases can be reached just now, by the roster's coverage hours.
// It must never hide a case: it only says whose it is.

#include <set>
#include <string>

#include "api/desk.h"

namespace holdfast::api {

/// The owners somebody works for: themselves, the desks of their roles and stores, and those off
/// duty for whom one of these stands in.
std::set<std::string> owners_of(const Desk& desk, const Who& who);

/// Those of the owners for whom nobody answers now, neither they nor whoever stands in for them:
/// off duty by the roster, or neither in the roster nor among the users. Errors are the store's.
Result<std::set<std::string>> unreached(const Desk& desk, const std::set<std::string>& owners);

/// Whether a case of a store can be given to an owner: the roster knows them there, or they are a
/// user who sees the store. Invalid at "owner" otherwise, or an error of the store.
Status takes_cases(const Desk& desk, const std::string& owner, const std::string& store);

}  // namespace holdfast::api
