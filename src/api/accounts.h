#pragma once
// Accounts: the connected partners as the console lists them, and how each does. It must never show
// a secret.

#include <map>

#include "api/desk.h"

namespace holdfast::api {

/// How an account does, from what waits for it, its open case and its last conversations.
struct AccountState {
  std::string state;  // ok, idle, waiting or failing
  Instant last_ok;
  std::string last_error;  // "" while it does well
  Instant error_at;
  std::int64_t waiting = 0;
};

/// One configured account with the room it is of.
struct RoomAccount {
  std::string room;
  const ports::Account* account = nullptr;
};

/// Every configured account that somebody sees: all but other stores.
std::vector<RoomAccount> seen_accounts(const engine::Setup& setup, const Who& who);

/// What people call an account.
std::string title_of(const engine::Setup& setup, const ports::Account& account);

/// How every configured account does, by id. Errors are the store's.
Result<std::map<std::string, AccountState>> account_states(
    Desk& desk, const std::vector<ports::OutboxRow>& effects);

/// The contract's Account of every configured account that somebody sees.
Json accounts_json(const engine::Setup& setup, const Who& who);

/// The contract's AccountHealth of the same accounts; `effects` are the unsettled ones. Errors are
/// the store's.
Result<Json> account_health_json(Desk& desk, const Who& who,
                                 const std::vector<ports::OutboxRow>& effects);

}  // namespace holdfast::api
