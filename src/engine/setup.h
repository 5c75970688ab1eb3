#pragma once
// Setup: what one tenant's engine works with: accounts, suppliers, offers, policy, outside parts.
// Plain values; reading them from files is settings' business.

#include <map>
#include <string>
#include <vector>

#include "model/policy.h"
#include "model/supplier.h"
#include "ports/clock.h"
#include "ports/connector.h"
#include "ports/registry.h"
#include "ports/store.h"
#include "ports/transport.h"

namespace holdfast::engine {

/// The outside, all of it replaceable. They outlive the engine.
struct Parts {
  ports::Store* store = nullptr;
  ports::Clock* clock = nullptr;
  ports::Entropy* entropy = nullptr;
  ports::Transport* transport = nullptr;
};

struct Setup {
  TenantId tenant{1};
  Policy policy;
  ports::Connectors connectors =
      ports::all_connectors();  // how accounts of each kind are spoken to
  std::vector<ports::Account> channels;
  std::vector<ports::Account> suppliers;
  std::vector<ports::Account> trackings;
  std::vector<ports::Account> notifiers;
  std::map<std::string, SupplierProfile> profiles;
  std::map<std::string, std::string> supplier_locales;
  std::vector<Offer> offers;
  std::string public_url;  // where buyers and suppliers reach this server
  std::string hooks_url;   // where partners' webhooks reach it; public_url when empty
  std::string master_key;
  std::string signing_key;          // of checkpoints; "" derives one from the master key
  std::string buyer_locale = "en";  // of buyers whose order names none
  std::string data_folder;          // where checkpoints leave the store; "" for tests in memory
  std::string po_prefix = "HF";
  Duration request_limit = seconds(20);
  std::int64_t max_attempts = 12;  // of an effect that certainly did not happen
  Duration reconcile_every = minutes(15);
};

/// Every account, whatever its room.
inline std::vector<const ports::Account*> accounts_of(const Setup& setup) {
  std::vector<const ports::Account*> all;
  for (const auto* room : {&setup.channels, &setup.suppliers, &setup.trackings, &setup.notifiers}) {
    for (const auto& account : *room) all.push_back(&account);
  }
  return all;
}

}  // namespace holdfast::engine
