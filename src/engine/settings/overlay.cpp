#include "engine/settings/overlay.h"

#include <algorithm>

#include "base/hash.h"
#include "engine/settings/config_accounts.h"
#include "engine/settings/config_fields.h"
#include "engine/settings/config_sources.h"
#include "engine/settings/strict.h"

namespace holdfast::engine {
namespace {

constexpr std::size_t most_accounts = 1000;

std::string secrets_place(const std::string& room, const std::string& id) {
  return "account/" + room + "/" + id;
}

std::map<std::string, std::string> texts_of(const Json& json) {
  std::map<std::string, std::string> texts;
  for (const auto& [key, value] : json.members()) texts[key] = value.string();
  return texts;
}

/// The rows of the accounts. Invalid when there are more than are read: one left out would be gone.
Result<std::vector<ports::RecordRow>> account_rows(ports::Store& store, TenantId tenant) {
  auto rows = store.records(tenant, "account", "", most_accounts + 1);
  if (!rows || rows->size() <= most_accounts) return rows;
  return fail(ErrorCode::Invalid,
              "more than " + std::to_string(most_accounts) + " connections are in the store",
              "account", "disconnect what is not needed");
}

Result<OverlayAccount> read_row(const ports::RecordRow& row, const Vault& vault) {
  const auto json = parse_json(row.bytes);
  if (!json) return fail(within(json.error(), row.key));
  OverlayAccount account;
  account.room = (*json)["room"].string();
  account.id = (*json)["id"].string();
  account.kind = (*json)["kind"].string();
  account.settings = texts_of((*json)["settings"]);
  account.removed = (*json)["removed"].boolean();
  if (const auto& sealed = (*json)["secrets"].string(); !sealed.empty()) {
    auto secrets = open_overlay_secrets(vault, account.room, account.id, sealed);
    if (!secrets) return fail(within(secrets.error(), row.key));
    account.settings.merge(*secrets);
  }
  return account;
}

/// The account as the entry of a configuration file.
Json entry_of(const OverlayAccount& account) {
  Json entry{Json::Object{}};
  Json calendar{Json::Object{}};
  constexpr std::string_view days = "calendar.";
  for (const auto& [key, text] : account.settings) {
    if (key.starts_with(days)) {
      calendar.set(key.substr(days.size()), text);
    } else {
      entry.set(key, text);
    }
  }
  if (!calendar.members().empty()) entry.set("calendar", std::move(calendar));
  entry.set("id", account.id);
  entry.set("kind", account.kind);
  return entry;
}

Status known_keys(const std::string& room, const Json& entry, const Kinds& kinds) {
  const auto look = [](const Json& object, const std::vector<std::string>& known,
                       const std::string& path) -> Status {
    for (const auto& [key, value] : object.members()) {
      if (std::ranges::find(known, key) != known.end()) continue;
      return fail(unknown_key_error(key, path + key, known));
    }
    return {};
  };
  if (auto status = look(entry, keys_of(room, entry, kinds), ""); !status) return status;
  const auto* calendar = entry.find("calendar");
  return calendar ? look(*calendar, names_of<Calendar>(), "calendar.") : Status();
}

}  // namespace

std::string seal_overlay_secrets(const Vault& vault, const std::string& room, const std::string& id,
                                 const std::map<std::string, std::string>& secrets,
                                 ports::Entropy& entropy) {
  Json json{Json::Object{}};
  for (const auto& [key, text] : secrets) json.set(key, text);
  return base64(vault.seal_tenant(secrets_place(room, id), to_text(json), entropy));
}

Result<std::map<std::string, std::string>> open_overlay_secrets(const Vault& vault,
                                                                const std::string& room,
                                                                const std::string& id,
                                                                const std::string& sealed) {
  const auto bytes = from_base64(sealed);
  if (!bytes) return fail(bytes.error());
  const auto text = vault.unseal_tenant(secrets_place(room, id), *bytes);
  if (!text) return fail(text.error());
  const auto json = parse_json(*text);
  if (!json) return fail(json.error());
  return texts_of(*json);
}

Result<Overlay> read_overlay(ports::Store& store, TenantId tenant, const Vault& vault) {
  Overlay overlay;
  auto current = store.record({tenant, "policy_current", "current"});
  if (!current) return fail(current.error());
  if (*current) {
    const auto json = parse_json((*current)->bytes);
    if (!json) return fail(json.error());
    overlay.policy_version = (*json)["version"].string();
    auto version = store.record({tenant, "policy_version", overlay.policy_version});
    if (!version) return fail(version.error());
    if (!*version) {
      return fail(ErrorCode::NotFound, "the published policy is not in the store",
                  overlay.policy_version, "publish it again, or go back to the folder's");
    }
    const auto files = parse_json((*version)->bytes);
    if (!files) return fail(files.error());
    overlay.policy = texts_of((*files)["files"]);
  }
  auto rows = account_rows(store, tenant);
  if (!rows) return fail(rows.error());
  for (const auto& row : *rows) {
    auto account = read_row(row, vault);
    if (!account) return fail(account.error());
    overlay.accounts.push_back(std::move(*account));
  }
  return overlay;
}

Result<std::string> overlay_mark(ports::Store& store, TenantId tenant) {
  const auto current = store.record({tenant, "policy_current", "current"});
  if (!current) return fail(current.error());
  auto rows = account_rows(store, tenant);
  if (!rows) return fail(rows.error());
  // Secrets are sealed anew with every save, so a row differs then although its settings do not.
  Json parts{Json::Array{}};
  parts.push(*current ? (*current)->bytes : std::string());
  for (const auto& row : *rows) {
    parts.push(row.key);
    parts.push(row.bytes);
  }
  return hex(sha256(to_text(parts)));
}

Result<AccountConfig> read_overlay_account(const OverlayAccount& account, const Kinds& kinds) {
  const auto& rooms = families();
  if (std::ranges::find(rooms, account.room) == rooms.end()) {
    return fail(ErrorCode::Invalid, "no such room: " + account.room, "room");
  }
  const auto entry = entry_of(account);
  if (auto status = known_kind(kinds, account.room, account.kind); !status) {
    return fail(status.error());
  }
  if (auto status = known_keys(account.room, entry, kinds); !status) return fail(status.error());
  const Environment none;
  return read_account(account.room, entry, kinds, {none, ""});
}

bool has_account(const Config& config, const std::string& id) {
  const auto named = [&](const AccountConfig& one) { return one.account.id == id; };
  return std::ranges::any_of(families(), [&](const std::string& family) {
    return std::ranges::any_of(list_of(config, family), named);
  });
}

Result<Config> with_overlay(Config config, const std::string& tenant, const Overlay& overlay,
                            const Kinds& kinds) {
  for (const auto& account : overlay.accounts) {
    if (account.removed) continue;
    const auto place = account.room + " " + account.id;
    auto read = read_overlay_account(account, kinds);
    if (!read) return fail(within(read.error(), place));
    if (has_account(config, account.id)) {
      return fail(ErrorCode::Conflict, "the configuration has an account of this id", place,
                  "take one of the two away");
    }
    read->tenant = tenant;
    list_of(config, account.room).push_back(std::move(*read));
  }
  return config;
}

Result<Setup> setup_of(const Config& config, const std::string& tenant, const Overlay& overlay,
                       const Kinds& kinds) {
  const auto found = std::ranges::find(config.tenants, tenant, &TenantConfig::id);
  if (found == config.tenants.end()) return fail(ErrorCode::NotFound, "no such tenant", tenant);
  const auto& path = found->policy.empty() ? config.policy.path : found->policy;
  auto policy =
      overlay.policy ? policy_of_text(*overlay.policy, policy_name(path)) : load_policy(path);
  if (!policy) return fail(policy.error());
  auto whole = with_overlay(config, tenant, overlay, kinds);
  if (!whole) return fail(whole.error());
  if (auto sound = check_config(*whole, tenant, *policy); !sound) return fail(sound.error());
  return to_setup(*whole, tenant, std::move(*policy));
}

std::string tenant_folder(const Config& config, const std::string& tenant) {
  if (config.tenants.empty() || config.tenants.front().id == tenant) return config.server.data;
  return config.server.data + "/tenants/" + tenant;
}

}  // namespace holdfast::engine
