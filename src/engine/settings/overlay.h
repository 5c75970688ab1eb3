#pragma once
// Overlay: what was set in the console instead of in files: a published policy and accounts. It
// lies in the store and is laid over the configuration whenever the engine is opened. It must never
// change an account or a rule that a file holds without that showing.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/settings/config.h"
#include "engine/settings/policy_files.h"
#include "engine/vault.h"
#include "ports/store.h"

namespace holdfast::engine {

/// An account that was set in the console. Values are texts, as the environment's are; a supplier's
/// calendar stands as "calendar.zone" and so on.
struct OverlayAccount {
  std::string room;  // channel, supplier, tracking, carrier or notifier
  std::string id, kind;
  std::map<std::string, std::string> settings;  // secrets included, in the clear
  bool removed = false;  // as an older program kept it; nothing is begun with it
};

struct Overlay {
  std::optional<PolicyText> policy;  // nothing: the configuration's policy is in force
  std::string policy_version;        // the published one's key; "" without one
  std::vector<OverlayAccount> accounts;
};

/// What a tenant's store holds of it. Fails as the store does; Invalid for a row that cannot be
/// read, and for more accounts than are ever read.
Result<Overlay> read_overlay(ports::Store& store, TenantId tenant, const Vault& vault);

/// A short text that changes whenever something of it is set; opens no secret. Fails as the store
/// does.
Result<std::string> overlay_mark(ports::Store& store, TenantId tenant);

/// An account's secrets as its row keeps them: sealed, base64.
std::string seal_overlay_secrets(const Vault& vault, const std::string& room, const std::string& id,
                                 const std::map<std::string, std::string>& secrets,
                                 ports::Entropy& entropy);
/// Opens what seal_overlay_secrets made; Invalid when it does not fit this account.
Result<std::map<std::string, std::string>> open_overlay_secrets(const Vault& vault,
                                                                const std::string& room,
                                                                const std::string& id,
                                                                const std::string& sealed);

/// One account of the overlay as a configuration file's would be read. Invalid, with the key as its
/// place, for anything unknown, missing or out of bounds.
Result<AccountConfig> read_overlay_account(const OverlayAccount& account,
                                           const Kinds& kinds = linked_kinds());

/// Whether the configuration itself has an account of this id, of whichever tenant.
bool has_account(const Config& config, const std::string& id);

/// The configuration with the accounts of the overlay added for a tenant. Invalid, naming the
/// account, when one cannot be read or its id is taken.
Result<Config> with_overlay(Config config, const std::string& tenant, const Overlay& overlay,
                            const Kinds& kinds = linked_kinds());

/// What the engine of a tenant begins with: the configuration, the policy that is in force and the
/// overlay's accounts. Invalid when they do not fit together; load_policy's errors.
Result<Setup> setup_of(const Config& config, const std::string& tenant, const Overlay& overlay,
                       const Kinds& kinds = linked_kinds());

/// Where a tenant's files lie: the data folder for the first, a folder in it for each other.
std::string tenant_folder(const Config& config, const std::string& tenant);

}  // namespace holdfast::engine
