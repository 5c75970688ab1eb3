#pragma once
// ConnectionForms: what people are asked for when they connect an account of a kind: the settings
// of its account.toml, and what every account of its room has. It must never read an account.

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "engine/settings/kinds.h"
#include "model/policy.h"

namespace holdfast::api {

/// How messages of an account's partner reach us, in the contract's words.
std::string_view webhooks_of(const std::string& room, const std::string& kind);

/// The settings of a kind's account.toml; nullptr when there is no such kind.
const std::vector<ports::Setting>* settings_of(const std::string& room, const std::string& kind);

/// Whether an account of this kind keeps a key as a secret.
bool is_secret(const std::string& room, const std::string& kind, const std::string& key);

/// Every key that an account of this kind may have.
std::vector<std::string> known_keys(const std::string& room, const std::string& kind);

/// The contract's ConnectionKind of everything that can be connected.
Json kinds_json(const Policy& policy);

}  // namespace holdfast::api
