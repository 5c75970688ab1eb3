#include "engine/settings/config.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/log.h"
#include "engine/settings/config_accounts.h"
#include "engine/settings/config_fields.h"
#include "engine/settings/config_sources.h"
#include "engine/settings/strict.h"

namespace holdfast::engine {
namespace {

constexpr std::size_t most_secret_bytes = 64u << 10;
constexpr std::size_t least_key_bytes = 32;

bool is_one_of(const std::string& name, const std::vector<std::string>& names) {
  return std::ranges::find(names, name) != names.end();
}

/// Every key of one section or entry must be known.
Status known_keys(const Sources& sources, const std::string& name, const Json& entry,
                  const std::string& path, const Kinds& kinds) {
  if (!entry.is_object()) {
    return fail(ErrorCode::Invalid, "expected a table", sources.where(path));
  }
  if (is_one_of(name, families())) {
    // First, because an account's keys depend on its kind.
    if (auto status = known_kind(kinds, name, entry["kind"].string()); !status) {
      return fail(placed(sources, within(status.error(), path)));
    }
  }
  auto known = keys_of(name, entry, kinds);
  for (const auto& secret : secrets_of(name, entry, kinds)) {
    known.push_back(secret + "_file");
    known.push_back(secret + "_env");
  }
  for (const auto& [key, value] : entry.members()) {
    if (is_one_of(key, known)) continue;
    return fail(unknown_key_error(key, sources.where(path + "." + key), known));
  }
  const auto* calendar = name == "supplier" ? entry.find("calendar") : nullptr;
  if (!calendar) return {};
  for (const auto& [key, value] : calendar->members()) {
    const auto days = names_of<Calendar>();
    if (is_one_of(key, days)) continue;
    return fail(unknown_key_error(key, sources.where(path + ".calendar." + key), days));
  }
  return {};
}

Status known_everywhere(const Sources& sources, const Kinds& kinds) {
  for (const auto& [name, value] : sources.document.value.members()) {
    if (!is_one_of(name, top_names())) {
      return fail(unknown_key_error(name, sources.where(name), top_names()));
    }
    const bool list = is_one_of(name, families()) || name == "tenant" || name == "offer";
    if (list != value.is_array()) {
      return fail(ErrorCode::Invalid, "written as the wrong kind of table", sources.where(name),
                  list ? "write [[" + name + "]]" : "write [" + name + "]");
    }
    if (!list) {
      if (auto status = known_keys(sources, name, value, name, kinds); !status) return status;
    }
    for (std::size_t i = 0; i < value.items().size(); ++i) {
      const auto path = name + "[" + std::to_string(i) + "]";
      if (auto status = known_keys(sources, name, value.items()[i], path, kinds); !status) {
        return status;
      }
    }
  }
  return {};
}

template <class T>
Status section(const Sources& sources, const char* name, T& into, const ReadContext& context) {
  auto status = read_section(sources.document.value[name], into, context, name);
  return status ? status : fail(placed(sources, status.error()));
}

Status sections(const Sources& sources, Config& into, const ReadContext& context) {
  if (auto s = section(sources, "server", into.server, context); !s) return s;
  if (auto s = section(sources, "store", into.store, context); !s) return s;
  if (auto s = section(sources, "policy", into.policy, context); !s) return s;
  if (auto s = section(sources, "secrets", into.secrets, context); !s) return s;
  if (auto s = section(sources, "mail", into.mail, context); !s) return s;
  if (auto s = section(sources, "limits", into.limits, context); !s) return s;
  if (auto s = section(sources, "log", into.log, context); !s) return s;
  return section(sources, "offers", into.offers_from, context);
}

bool is_web_address(const std::string& text) {
  if (text.empty()) return true;
  return (text.starts_with("https://") || text.starts_with("http://")) && text.back() != '/';
}

/// The host of a web address, by which a tenant is told from the others; its port does not count.
std::string host_of(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme == url.npos) return {};
  url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find('/'));
  const auto literal = url.find(']');  // an IPv6 address has colons of its own
  return lower(url.substr(0, url.find(':', literal == url.npos ? 0 : literal)));
}

Status tenants(const Sources& sources, Config& into, const ReadContext& context) {
  const auto& entries = sources.document.value["tenant"].items();
  std::set<std::string> ids, hosts;
  std::set<std::int64_t> numbers;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto path = "tenant[" + std::to_string(i) + "]";
    TenantConfig tenant;
    if (auto status = read_section(entries[i], tenant, context, path); !status) {
      return fail(placed(sources, status.error()));
    }
    if (!is_account_id(tenant.id) || !ids.insert(tenant.id).second) {
      return fail(ErrorCode::Invalid, "a tenant needs an id of its own", sources.where(path),
                  "lower-case letters, digits, - and _");
    }
    if (tenant.number < 1 || !numbers.insert(tenant.number).second) {
      return fail(ErrorCode::Invalid, "a tenant needs a number of its own",
                  sources.where(path + ".number"), "1 or more, and never change it");
    }
    tenant.policy = resolved(context, tenant.policy);
    if (!tenant.public_url.empty() && !is_web_address(tenant.public_url)) {
      return fail(ErrorCode::Invalid, "not a web address: " + tenant.public_url,
                  sources.where(path + ".public_url"), "https://orders.example");
    }
    if (i == 0) hosts = {host_of(tenant.public_url), host_of(into.server.public_url)};
    if (i > 0 && !hosts.insert(host_of(tenant.public_url)).second) {
      return fail(ErrorCode::Invalid, "a further tenant needs an address of its own",
                  sources.where(path),
                  "public_url = \"https://…\" with another host, by which it is told from the "
                  "others");
    }
    into.tenants.push_back(std::move(tenant));
  }
  if (into.tenants.empty()) into.tenants.push_back({"main", 1, "", "HF", "", ""});
  return {};
}

Status in_bounds(const Sources& sources, std::int64_t value, std::int64_t least, std::int64_t most,
                 const char* path) {
  if (value >= least && value <= most) return {};
  return fail(ErrorCode::Invalid, "out of bounds", sources.where(path),
              "between " + std::to_string(least) + " and " + std::to_string(most));
}

bool is_listen_address(const std::string& text) {
  const auto colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0) return false;
  std::int64_t port = -1;
  return read_field(Json(text.substr(colon + 1)), port).has_value() && port >= 0 && port <= 65535;
}

Status addresses(const Sources& sources, const Config& config) {
  if (!is_listen_address(config.server.listen)) {
    return fail(ErrorCode::Invalid, "not HOST:PORT", sources.where("server.listen"),
                "write it as 127.0.0.1:8080");
  }
  for (const auto& [path, url] : {std::pair{"server.public_url", &config.server.public_url},
                                  std::pair{"server.hooks_url", &config.server.hooks_url},
                                  std::pair{"server.peer_url", &config.server.peer_url}}) {
    if (is_web_address(*url)) continue;
    return fail(ErrorCode::Invalid, "not a web address", sources.where(path),
                "https://host, without a slash at its end");
  }
  return {};
}

/// Whether an address of PostgreSQL holds a password, in front of the host or behind the path.
bool holds_password(std::string_view url) {
  const auto rest = url.substr(url.find("://") + 3);
  const auto people = rest.substr(0, rest.find_first_of("/?"));
  const auto at = people.rfind('@');
  const bool in_front = at != people.npos && people.substr(0, at).find(':') != people.npos;
  const auto query = rest.find('?');
  return in_front || (query != rest.npos && rest.find("password=", query) != rest.npos);
}

Status store_sound(const Sources& sources, const Config& config) {
  const auto& url = config.store.url;
  const auto where = sources.where("store.url");
  if (url.empty() || url.starts_with("sqlite:")) return {};
  if (!url.starts_with("postgres://") && !url.starts_with("postgresql://")) {
    return fail(ErrorCode::Invalid, "not a store", where, "sqlite:PATH or postgres://…");
  }
  if (holds_password(url)) {
    return fail(ErrorCode::Invalid, "a password stands in the address of the store", where,
                "take it out and set store.password_file");
  }
  if (config.secrets.master_key.value.empty()) {
    return fail(ErrorCode::Invalid, "a store on a server needs a master key that is configured",
                where, "set secrets.master_key_file, the same for all processes");
  }
  if (auto s = in_bounds(sources, config.store.readers, 1, 100, "store.readers"); !s) return s;
  return in_bounds(sources, config.store.lease_seconds, 1, 300, "store.lease_seconds");
}

Status sound(const Sources& sources, const Config& config) {
  if (auto status = addresses(sources, config); !status) return status;
  if (auto status = store_sound(sources, config); !status) return status;
  if (!parse_log_level(config.log.level)) {
    return fail(ErrorCode::Invalid, "no such log level: " + config.log.level,
                sources.where("log.level"), "debug, info, warning or error");
  }
  const auto& key = config.secrets.master_key.value;
  if (!key.empty() && key.size() < least_key_bytes) {
    return fail(ErrorCode::Invalid, "the master key is too short",
                sources.where("secrets.master_key"),
                "32 bytes or more, for example from "
                "`openssl rand -base64 48`");
  }
  const auto& signing = config.secrets.signing_key.value;
  if (!signing.empty() && signing.size() < least_key_bytes) {
    return fail(ErrorCode::Invalid, "the signing key is too short",
                sources.where("secrets.signing_key"), "32 bytes or more");
  }
  if (config.mail.locale != "en" && config.mail.locale != "de") {
    return fail(ErrorCode::Invalid, "no messages in this language: " + config.mail.locale,
                sources.where("mail.locale"), "en or de");
  }
  const auto& l = config.limits;
  const std::tuple<const char*, std::int64_t, std::int64_t, std::int64_t> bounds[] = {
      {"limits.body_bytes", l.body_bytes, 64 << 10, 64 << 20},
      {"limits.requests_a_minute", l.requests_a_minute, 1, 1'000'000},
      {"limits.visits_a_minute", l.visits_a_minute, 1, 1'000'000},
      {"limits.connections", l.connections, 8, 65536},
      {"limits.request_seconds", l.request_seconds, 1, 120},
      {"limits.max_attempts", l.max_attempts, 1, 100},
      {"limits.reconcile_minutes", l.reconcile_minutes, 1, 1440}};
  for (const auto& [path, value, least, most] : bounds) {
    if (auto status = in_bounds(sources, value, least, most, path); !status) return status;
  }
  return {};
}

}  // namespace

std::string resolved(const ReadContext& context, const std::string& path) {
  if (path.empty() || context.folder.empty()) return path;
  return (std::filesystem::path(context.folder) / path).string();
}

Result<std::string> read_secret(const Json& section, const std::string& key,
                                const ReadContext& context) {
  const auto* direct = section.find(key);
  const auto* file = section.find(key + "_file");
  const auto* variable = section.find(key + "_env");
  if ((direct != nullptr) + (file != nullptr) + (variable != nullptr) > 1) {
    return fail(ErrorCode::Invalid, "this secret is given twice", "",
                "keep one of " + key + ", " + key + "_file and " + key + "_env");
  }
  const auto* given = direct ? direct : file ? file : variable;
  if (!given) return std::string();
  std::string text;
  if (auto status = read_field(*given, text); !status) return fail(status.error());
  if (direct) return text;
  if (file) {
    auto content = read_text_file(resolved(context, text), most_secret_bytes);
    if (!content) return fail(content.error());
    return std::string(trim(*content));
  }
  const auto found = context.env.find(text);
  if (found != context.env.end()) return found->second;
  return fail(ErrorCode::NotFound, "the environment has no variable " + text, "",
              "set it, or name another");
}

Error placed(const Sources& sources, Error error) {
  error.where = sources.where(error.where);
  return error;
}

Result<Config> load_config(const std::string& path, const Environment& env, const Kinds& kinds) {
  Sources sources;
  sources.document.file = "(no file)";
  if (!path.empty()) {
    auto document = read_toml(path);
    if (!document) return fail(document.error());
    sources.document = std::move(*document);
  }
  if (auto status = lay_over(sources, env, kinds); !status) return fail(status.error());
  if (auto status = known_everywhere(sources, kinds); !status) return fail(status.error());
  const ReadContext context{env, std::filesystem::path(path).parent_path().string()};
  Config config;
  if (auto status = sections(sources, config, context); !status) return fail(status.error());
  config.policy.path = resolved(context, config.policy.path);
  config.offers_from.csv = resolved(context, config.offers_from.csv);
  config.log.file = resolved(context, config.log.file);
  if (auto status = tenants(sources, config, context); !status) return fail(status.error());
  if (auto status = read_accounts(sources, kinds, context, config); !status) {
    return fail(status.error());
  }
  if (auto status = read_offers(sources, context, config); !status) return fail(status.error());
  if (auto status = sound(sources, config); !status) return fail(status.error());
  return config;
}

}  // namespace holdfast::engine
