#pragma once
// Accounts: the connected partners as the console lists them. It must never show a secret.

#include "api/desk.h"

namespace holdfast::api {

/// The contract's Account of every configured account.
Json accounts_json(const engine::Setup& setup);

/// The contract's AccountHealth of every account; `effects` are the unsettled ones. Errors are the
/// store's.
Result<Json> account_health_json(Desk& desk, const std::vector<ports::OutboxRow>& effects);

}  // namespace holdfast::api
