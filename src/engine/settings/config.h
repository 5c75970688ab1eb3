#pragma once
// Config: holdfast.toml and the environment as one plain value: addresses, accounts, secrets.
// Rules for orders do not stand here but in the policy. Never log a Config; to_text masks secrets.

#include <map>
#include <string>
#include <vector>

#include "engine/settings/kinds.h"
#include "engine/setup.h"

namespace holdfast::engine {

/// Environment variables by name.
using Environment = std::map<std::string, std::string>;

/// A text that is never shown.
struct Secret {
  std::string value;
  bool operator==(const Secret&) const = default;
};

/// [server]
struct ServerConfig {
  std::string listen = "127.0.0.1:8080";
  std::string public_url;  // where buyers and suppliers reach it; "" is http:// and listen
  std::string hooks_url;   // where partners' webhooks reach it; "" is public_url
  std::string peer_url;    // where processes of the same store reach it; "" is http:// and listen
  std::string data = "data";  // folder of database, files and the command line's socket
  // Addresses of reverse proxies: what they say in X-Forwarded-For is who asks.
  std::vector<std::string> trusted_proxies;
  // Private addresses that partners connected in the console may have: host, host:port or range.
  std::vector<std::string> allowed_hosts;

  static void each(auto& self, auto& visit) {
    visit("listen", self.listen);
    visit("public_url", self.public_url);
    visit("hooks_url", self.hooks_url);
    visit("peer_url", self.peer_url);
    visit("data", self.data);
    visit("trusted_proxies", self.trusted_proxies);
    visit("allowed_hosts", self.allowed_hosts);
  }
};

/// [store]
struct StoreConfig {
  std::string url;  // sqlite:PATH or postgres://…; "" is sqlite, holdfast.db in the data folder
  // For PostgreSQL:
  Secret password;                  // never in the url
  std::int64_t readers = 4;         // reading connections
  std::int64_t lease_seconds = 15;  // how long a silent process keeps its tenant

  static void each(auto& self, auto& visit) {
    visit("url", self.url);
    visit("password", self.password);
    visit("readers", self.readers);
    visit("lease_seconds", self.lease_seconds);
  }
};

/// [policy]
struct PolicyConfig {
  std::string path = "policy";  // a folder, or a file that is a whole policy

  static void each(auto& self, auto& visit) { visit("path", self.path); }
};

/// [secrets]
struct SecretsConfig {
  Secret master_key;   // seals every tenant's key; at least 32 bytes
  Secret signing_key;  // signs checkpoints; "" derives one from the master key

  static void each(auto& self, auto& visit) {
    visit("master_key", self.master_key);
    visit("signing_key", self.signing_key);
  }
};

/// [mail]
struct MailConfig {
  // Account that sends to buyers, of this file or connected in the console; the first one there is
  // when it is "" or not there.
  std::string notifier;
  std::string locale = "en";  // when the order names none: en or de

  static void each(auto& self, auto& visit) {
    visit("notifier", self.notifier);
    visit("locale", self.locale);
  }
};

/// [limits]: bounds of this process, not of what may be bought; those are policy.
struct LimitsConfig {
  std::int64_t body_bytes = 16 << 20;  // of one request; many paths take less
  // From one address, hooks excepted: a whole team may work behind one.
  std::int64_t requests_a_minute = 3000;
  std::int64_t visits_a_minute = 120;  // of the pages behind links, from one address
  std::int64_t connections = 1024;
  std::int64_t request_seconds = 20;    // for one call to a partner
  std::int64_t max_attempts = 12;       // of a call that certainly did nothing
  std::int64_t reconcile_minutes = 15;  // between two looks at a channel's updated orders

  static void each(auto& self, auto& visit) {
    visit("body_bytes", self.body_bytes);
    visit("requests_a_minute", self.requests_a_minute);
    visit("visits_a_minute", self.visits_a_minute);
    visit("connections", self.connections);
    visit("request_seconds", self.request_seconds);
    visit("max_attempts", self.max_attempts);
    visit("reconcile_minutes", self.reconcile_minutes);
  }
};

/// [log]
struct LogConfig {
  std::string level = "info";
  std::string file;  // "" is standard error
  bool json = false;

  static void each(auto& self, auto& visit) {
    visit("level", self.level);
    visit("file", self.file);
    visit("json", self.json);
  }
};

/// [offers]
struct OffersConfig {
  std::string csv;  // a file with the keys of [[offer]] as its header; read when the program starts

  static void each(auto& self, auto& visit) { visit("csv", self.csv); }
};

/// [[tenant]]
struct TenantConfig {
  std::string id;
  std::int64_t number = 0;  // of its rows in the store; never changed, never given again
  std::string title;
  std::string po_prefix = "HF";
  std::string policy;      // path; "" is [policy]'s
  std::string public_url;  // where its people and links go; "" is [server]'s

  static void each(auto& self, auto& visit) {
    visit("id", self.id);
    visit("number", self.number);
    visit("title", self.title);
    visit("po_prefix", self.po_prefix);
    visit("policy", self.policy);
    visit("public_url", self.public_url);
  }
};

/// [[channel]], [[supplier]], [[tracking]], [[carrier]], [[notifier]]
struct AccountConfig {
  ports::Account account;
  std::string tenant;
  bool live = true;         // channels: orders of real buyers
  std::string locale;       // suppliers: the language they read
  SupplierProfile profile;  // suppliers
};

struct Config {
  ServerConfig server;
  StoreConfig store;
  PolicyConfig policy;
  SecretsConfig secrets;
  MailConfig mail;
  LimitsConfig limits;
  LogConfig log;
  OffersConfig offers_from;
  std::vector<TenantConfig> tenants;
  std::vector<AccountConfig> channels;
  std::vector<AccountConfig> suppliers;
  std::vector<AccountConfig> trackings;
  std::vector<AccountConfig> carriers;
  std::vector<AccountConfig> notifiers;
  std::vector<Offer> offers;  // `stated_at` 0 where the file says no time: count it as the start's
};

/// Reads holdfast.toml ("" for none) and then the environment, which wins: HOLDFAST_SECTION__KEY,
/// and HOLDFAST_SUPPLIER__ID__KEY for accounts; with _FILE behind it the value is that file's text.
/// A secret may stand as KEY, KEY_file or KEY_env. Paths count from the file's folder. Invalid with
/// the place for anything unknown, doubled, missing or out of bounds; NotFound for missing files.
Result<Config> load_config(const std::string& path, const Environment& env,
                           const Kinds& kinds = linked_kinds());

/// Whether a policy is sound and has what a tenant's accounts ask of it: tiers that exist, and for
/// live channels retention (Forbidden while it is missing).
Status check_config(const Config& config, const std::string& tenant, const Policy& policy);

/// The configuration as TOML, defaults included, every secret masked; for `config show`.
std::string to_text(const Config& config);

/// One tenant's accounts, suppliers and offers as the engine takes them. NotFound when the
/// configuration has no such tenant.
Result<Setup> to_setup(const Config& config, const std::string& tenant, Policy policy);

}  // namespace holdfast::engine
