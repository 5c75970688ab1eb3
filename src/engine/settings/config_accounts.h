#pragma once
// ConfigAccounts: reads the accounts, supplier profiles and offers of a configuration.
// For config.cpp and overlay.cpp only.

#include "engine/settings/config_fields.h"
#include "engine/settings/config_sources.h"

namespace holdfast::engine {

/// The same error with its path turned into a place in the file or a variable's name.
Error placed(const Sources& sources, Error error);

/// Whether a text can be an account's id: 1 to 40 of a–z, 0–9, - and _; it stands in addresses.
bool is_account_id(const std::string& text);

/// Invalid, naming the nearest, unless a family has a connector of this kind.
Status known_kind(const Kinds& kinds, const std::string& family, const std::string& kind);

/// A configuration's accounts of one family.
std::vector<AccountConfig>& list_of(Config& config, const std::string& family);
const std::vector<AccountConfig>& list_of(const Config& config, const std::string& family);

/// One account without its place. Invalid, naming keys below it.
Result<AccountConfig> read_account(const std::string& family, const Json& entry, const Kinds& kinds,
                                   const ReadContext& context);

/// Reads every [[channel]], [[supplier]], [[tracking]], [[carrier]] and [[notifier]]. Their keys
/// were already found known; the tenants were read. Invalid with the place.
Status read_accounts(const Sources& sources, const Kinds& kinds, const ReadContext& context,
                     Config& into);

/// Reads [[offer]] tables and the CSV file of [offers]; the suppliers were read.
Status read_offers(const Sources& sources, const ReadContext& context, Config& into);

}  // namespace holdfast::engine
