#pragma once
// Given: the roles and stores that somebody hands to a user, an invitation or a token.
// It must never let anybody hand on what is not theirs.

#include <string>
#include <vector>

#include "api/desk.h"

namespace holdfast::api {

/// Ids of the stores there are.
std::vector<std::string> known_stores(const Desk& desk);

/// The stores of something somebody makes: those asked for, or all of theirs where none is. Fails
/// with Forbidden when one asked for is not theirs.
Result<std::vector<std::string>> given_stores(const Who& who,
                                              const std::vector<std::string>& asked);

/// Whether somebody may hand these roles on, or take them away: nobody gives a right they do not
/// have. Owners at a browser have all; a program has its scopes. Forbidden otherwise.
Status may_give(const Desk& desk, const Who& who, const std::vector<std::string>& roles);

}  // namespace holdfast::api
