#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "engine/settings/config.h"
#include "engine/settings/policy_check.h"
#include "model/names.h"

namespace holdfast::engine {
namespace {

constexpr std::string_view mask = "(set, not shown)";

/// A user name and password inside an address are a secret too.
std::string without_credentials(std::string text) {
  const auto scheme = text.find("://");
  if (scheme == std::string::npos) return text;
  const auto begin = scheme + 3;
  const auto end = std::min(text.find_first_of("/?#", begin), text.size());
  const auto at = text.rfind('@', end);
  const auto colon = text.find(':', begin);
  if (at == std::string::npos || at < begin || colon == std::string::npos || colon > at)
    return text;
  return text.replace(colon + 1, at - colon - 1, "***");
}

std::string quoted(const std::string& text) {
  std::string out;
  append_json_string(out, without_credentials(text));
  return out;
}

/// Writes `key = value` lines; what JSON and TOML write alike is written by the JSON writer.
struct Lines {
  std::string out;

  void line(const char* key, const std::string& value) {
    out += std::string(key) + " = " + value + "\n";
  }
  void operator()(const char* key, const std::string& value) { line(key, quoted(value)); }
  void operator()(const char* key, std::int64_t value) { line(key, std::to_string(value)); }
  void operator()(const char* key, bool value) { line(key, value ? "true" : "false"); }
  void operator()(const char* key, const Secret& value) {
    line(key, value.value.empty() ? "\"\"" : quoted(std::string(mask)));
  }
  void operator()(const char* key, Instant value) {
    if (value) line(key, quoted(holdfast::to_text(value)));
  }
  void operator()(const char* key, UnitPrice value) { line(key, quoted(holdfast::to_text(value))); }
  template <Named E>
  void operator()(const char* key, E value) {
    line(key, quoted(std::string(name_of(value))));
  }
  void operator()(const char* key, const std::vector<std::string>& values) {
    Json::Array items;
    for (const auto& value : values) items.emplace_back(value);
    line(key, holdfast::to_text(Json(std::move(items))));
  }
  void operator()(const char* key, const std::vector<std::int64_t>& values) {
    Json::Array items;
    for (const auto value : values) items.emplace_back(value);
    line(key, holdfast::to_text(Json(std::move(items))));
  }
  void operator()(const char*, const Calendar&) {}  // a table of its own, written last
};

template <class T>
void table(Lines& lines, const std::string& heading, const T& value) {
  lines.out += heading + "\n";
  T::each(value, lines);
  lines.out += "\n";
}

void account(Lines& lines, const std::string& family, const AccountConfig& config) {
  lines.out += "[[" + family + "]]\n";
  lines("id", config.account.id);
  lines("kind", config.account.kind);
  lines("tenant", config.tenant);
  if (family == "channel") lines("live", config.live);
  for (const auto& [key, value] : config.account.settings) {
    const bool is_budget = key == "requests_per_minute" || key == "burst" || key == "at_once";
    if (is_budget)
      lines.line(key.c_str(), value);
    else
      lines(key.c_str(), value);
  }
  for (const auto& [key, value] : config.account.secrets) lines(key.c_str(), Secret{value});
  if (family == "supplier") {
    lines("locale", config.locale);
    Lines profile;
    SupplierProfile::each(config.profile, profile);
    lines.out += profile.out.substr(profile.out.find('\n') + 1);  // its first key repeats the id
    lines.out += "\n";
    table(lines, "[supplier.calendar]", config.profile.calendar);
    return;
  }
  lines.out += "\n";
}

std::vector<ports::Account> accounts_of(const std::vector<AccountConfig>& all,
                                        const std::string& tenant) {
  std::vector<ports::Account> found;
  for (const auto& config : all) {
    if (config.tenant == tenant) found.push_back(config.account);
  }
  return found;
}

}  // namespace

std::string to_text(const Config& config) {
  Lines lines;
  table(lines, "[server]", config.server);
  table(lines, "[store]", config.store);
  table(lines, "[policy]", config.policy);
  table(lines, "[secrets]", config.secrets);
  table(lines, "[mail]", config.mail);
  table(lines, "[limits]", config.limits);
  table(lines, "[log]", config.log);
  table(lines, "[offers]", config.offers_from);
  for (const auto& tenant : config.tenants) table(lines, "[[tenant]]", tenant);
  for (const auto& entry : config.channels) account(lines, "channel", entry);
  for (const auto& entry : config.suppliers) account(lines, "supplier", entry);
  for (const auto& entry : config.trackings) account(lines, "tracking", entry);
  for (const auto& entry : config.carriers) account(lines, "carrier", entry);
  for (const auto& entry : config.notifiers) account(lines, "notifier", entry);
  if (config.offers_from.csv.empty()) {
    for (const auto& offer : config.offers) table(lines, "[[offer]]", offer);
  }
  return lines.out;
}

Status check_config(const Config& config, const std::string& tenant, const Policy& policy) {
  for (const auto& supplier : config.suppliers) {
    if (supplier.tenant != tenant) continue;
    std::vector<std::string> tiers;
    for (const auto& tier : policy.tiers) tiers.push_back(tier.tier);
    if (std::ranges::find(tiers, supplier.profile.tier) != tiers.end()) continue;
    const auto near = nearest(supplier.profile.tier, tiers);
    return fail(ErrorCode::Invalid, "the policy has no tier \"" + supplier.profile.tier + "\"",
                "supplier " + supplier.account.id + ".tier",
                near.empty() ? "one of: " + join(tiers, ", ") : "did you mean " + near + "?");
  }
  const bool live = std::ranges::any_of(config.channels, [&](const AccountConfig& channel) {
    return channel.tenant == tenant && channel.live;
  });
  return live ? ready_for_live(policy) : check_policy(policy);
}

Result<Setup> to_setup(const Config& config, const std::string& tenant, Policy policy) {
  const auto found = std::ranges::find(config.tenants, tenant, &TenantConfig::id);
  if (found == config.tenants.end()) return fail(ErrorCode::NotFound, "no such tenant", tenant);
  Setup setup;
  setup.tenant = TenantId{found->number};
  setup.policy = std::move(policy);
  setup.channels = accounts_of(config.channels, tenant);
  setup.suppliers = accounts_of(config.suppliers, tenant);
  setup.trackings = accounts_of(config.trackings, tenant);
  setup.notifiers = accounts_of(config.notifiers, tenant);
  // The first one sends; [mail] may name another.
  const auto sender = std::ranges::find(setup.notifiers, config.mail.notifier, &ports::Account::id);
  if (sender != setup.notifiers.end()) std::rotate(setup.notifiers.begin(), sender, sender + 1);
  setup.buyer_locale = config.mail.locale;
  for (const auto& supplier : config.suppliers) {
    if (supplier.tenant != tenant) continue;
    setup.profiles[supplier.account.id] = supplier.profile;
    setup.supplier_locales[supplier.account.id] = supplier.locale;
  }
  for (const auto& offer : config.offers) {
    if (setup.profiles.contains(offer.supplier)) setup.offers.push_back(offer);
  }
  const auto& server = config.server;
  setup.public_url = server.public_url.empty() ? "http://" + server.listen : server.public_url;
  if (!found->public_url.empty()) setup.public_url = found->public_url;
  setup.hooks_url = server.hooks_url;
  setup.master_key = config.secrets.master_key.value;
  setup.signing_key = config.secrets.signing_key.value;
  setup.po_prefix = found->po_prefix;
  setup.request_limit = seconds(config.limits.request_seconds);
  setup.max_attempts = config.limits.max_attempts;
  setup.reconcile_every = minutes(config.limits.reconcile_minutes);
  return setup;
}

}  // namespace holdfast::engine
