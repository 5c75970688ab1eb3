#pragma once
// Local: commands that need no store of a server: settings, policy, packs, restoring; and how a
// command opens a store for itself when no server has it.
// What is opened here is closed before the command ends, and nothing is sent to a partner.

#include <memory>
#include <string>

#include "cli/alone.h"

namespace holdfast::cli {

/// Where the command line points: settings, data folder, tenant.
struct Place {
  std::string config_path;  // "" for none
  std::string data;
  std::string tenant;  // id
  engine::Config config;
};

/// Reads the settings: `config_path`, else HOLDFAST_CONFIG, else holdfast.toml where there is one.
/// `data` and `tenant` win over the settings'. Errors of load_config; NotFound for no such tenant.
Result<Place> place_of(const Outside& outside, const std::string& config_path,
                       const std::string& data, const std::string& tenant);

/// A store that this process opened, with a desk over it.
struct OwnDesk {
  engine::Setup setup;
  Opened opened;
  std::unique_ptr<engine::Vault> vault;
  std::unique_ptr<Alone> alone;  // made when something is to be changed
  Desk desk;
};

/// Opens the place's store. Unavailable when another process holds it, NotFound when it is not
/// there.
Result<std::unique_ptr<OwnDesk>> open_own(const Outside& outside, const Place& place,
                                          bool read_only);

/// Commands without a store; errors are each one's own.
Answer config_check(const Outside& outside, const Place& place);
Answer config_show(const Place& place);
Answer policy_check(const Place& place, const std::string& path);
Answer evidence_verify(const std::string& path, const std::string& fingerprint);
/// Restores a backup into a data folder that must be empty but for its ledgers. Conflict otherwise.
Answer restore(const Outside& outside, const Place& place, const Request& request,
               const Progress& progress);

/// The policy of a folder or file as JSON for policy try. Errors of load_policy.
Result<Json> policy_json(const std::string& path);

}  // namespace holdfast::cli
