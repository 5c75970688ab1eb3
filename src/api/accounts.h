#pragma once
// Accounts: the connected partners as the console lists them. It must never show a secret.

#include "api/desk.h"

namespace holdfast::api {

/// The contract's Account of every configured account that somebody sees: all but other stores.
Json accounts_json(const engine::Setup& setup, const Who& who);

/// The contract's AccountHealth of the same accounts; `effects` are the unsettled ones. Errors are
/// the store's.
Result<Json> account_health_json(Desk& desk, const Who& who,
                                 const std::vector<ports::OutboxRow>& effects);

}  // namespace holdfast::api
