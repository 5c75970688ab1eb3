#include "engine/settings/config_accounts.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "base/zone.h"
#include "core/sla/working_time.h"
#include "engine/settings/offers_csv.h"

namespace holdfast::engine {
namespace {

/// The fields that every account has, whatever its kind.
struct Common {
  std::string id, kind, tenant, locale;
  bool live = true;
  // What the partner bears; 0 leaves it to the kind.
  std::int64_t requests_per_minute = 0;
  std::int64_t burst = 0;
  std::int64_t at_once = 0;

  static void each(auto& self, auto& visit) {
    visit("id", self.id);
    visit("kind", self.kind);
    visit("tenant", self.tenant);
    visit("locale", self.locale);
    visit("live", self.live);
    visit("requests_per_minute", self.requests_per_minute);
    visit("burst", self.burst);
    visit("at_once", self.at_once);
  }
};

/// A setting's value as text; connectors take all of them as text.
Result<std::string> setting_text(const Json& value) {
  if (value.is_string()) return value.string();
  if (value.is_number()) return value.digits();
  if (value.is_bool()) return std::string(value.boolean() ? "true" : "false");
  return fail(ErrorCode::Invalid, "expected text, a number, true or false");
}

Status read_setting(const ports::Setting& setting, const Json& entry, const ReadContext& context,
                    ports::Account& into) {
  const std::string key = setting.key;
  std::string text;
  if (setting.secret) {
    auto secret = read_secret(entry, key, context);
    if (!secret) return fail(within(secret.error(), key));
    text = std::move(*secret);
  } else if (const auto* value = entry.find(key)) {
    auto read = setting_text(*value);
    if (!read) return fail(within(read.error(), key));
    text = std::move(*read);
  } else {
    text = setting.standard;
  }
  if (text.empty() && setting.required) {
    return fail(ErrorCode::Invalid, "\"" + key + "\" is missing", "", setting.meaning);
  }
  if (!text.empty()) (setting.secret ? into.secrets : into.settings)[key] = std::move(text);
  return {};
}

Status sound_calendar(const Calendar& calendar) {
  if (!zone_known(calendar.zone)) {
    return fail(ErrorCode::Invalid, "no such time zone: " + calendar.zone, "calendar.zone",
                "an IANA name, such as Asia/Shanghai");
  }
  if (calendar.opens_hour < 0 || calendar.closes_hour > 24 ||
      calendar.opens_hour >= calendar.closes_hour) {
    return fail(ErrorCode::Invalid, "it closes before it opens", "calendar.closes_hour",
                "hours of a day from 0 to 24");
  }
  const std::set<std::int64_t> weekend(calendar.weekend.begin(), calendar.weekend.end());
  if (weekend.size() > 6 || (!weekend.empty() && (*weekend.begin() < 0 || *weekend.rbegin() > 6))) {
    return fail(ErrorCode::Invalid, "not days of a week with work in it", "calendar.weekend",
                "0 is Sunday, 6 is Saturday");
  }
  for (const auto& closure : calendar.closures) {
    if (core::is_closure(closure)) continue;
    return fail(ErrorCode::Invalid, "not a day or span: " + closure, "calendar.closures",
                "2026-12-25 or 2027-01-26..2027-02-05");
  }
  return {};
}

Status sound_profile(const SupplierProfile& profile, const Kind& kind) {
  const auto claims = [&](bool claimed, bool able, const char* key) -> Status {
    if (!claimed || able) return {};
    return fail(ErrorCode::Invalid, "accounts of kind " + kind.name + " cannot do this", key,
                "leave it out");
  };
  const auto& able = kind.capabilities;
  if (auto s = claims(profile.can_find, able.find_by_reference, "can_find"); !s) return s;
  if (auto s = claims(profile.idempotent, able.idempotent, "idempotent"); !s) return s;
  if (auto s = claims(profile.can_cancel, able.cancel, "can_cancel"); !s) return s;
  if (auto s = claims(profile.can_remind, kind.can_remind, "can_remind"); !s) return s;
  const std::pair<const char*, std::int64_t> shares[] = {
      {"defect_permille", profile.defect_permille},
      {"tracking_permille", profile.tracking_permille},
      {"cancellation_permille", profile.cancellation_permille},
      {"confirmed_permille", profile.confirmed_permille}};
  for (const auto& [key, share] : shares) {
    if (share >= 0 && share <= 1000) continue;
    return fail(ErrorCode::Invalid, "a share lies between 0 and 1000 permille", key);
  }
  if (profile.poll_minutes < 0 || profile.shipping_cost_minor < 0) {
    return fail(ErrorCode::Invalid, "cannot be negative",
                profile.poll_minutes < 0 ? "poll_minutes" : "shipping_cost_minor");
  }
  if (profile.tier.empty()) {
    return fail(ErrorCode::Invalid, "\"tier\" is missing", "", "name a service tier of the policy");
  }
  return sound_calendar(profile.calendar);
}

Status read_profile(const Json& entry, const Kind& kind, const ReadContext& context,
                    AccountConfig& into) {
  auto& profile = into.profile;
  profile.can_find = kind.capabilities.find_by_reference;
  profile.idempotent = kind.capabilities.idempotent;
  profile.can_cancel = kind.capabilities.cancel;
  profile.can_remind = kind.can_remind;
  SectionReader reader{entry, context, {}, {}};
  SupplierProfile::each(profile, reader);
  if (!reader.status) return fail(within(reader.status.error(), reader.field));
  profile.supplier = into.account.id;
  if (profile.title.empty()) profile.title = profile.supplier;
  return sound_profile(profile, kind);
}

/// Puts a figure of the account's budget among its settings; 0 is none.
Status take_budget(const char* key, std::int64_t figure, ports::Account& into) {
  if (figure < 0 || figure > 1'000'000) {
    return fail(ErrorCode::Invalid, "not a number of requests", key, "from 1 to 1,000,000");
  }
  if (figure > 0) into.settings[key] = std::to_string(figure);
  return {};
}

Status give_tenant(const Config& config, AccountConfig& account) {
  std::vector<std::string> ids;
  for (const auto& tenant : config.tenants) ids.push_back(tenant.id);
  if (account.tenant.empty() && ids.size() == 1) account.tenant = ids.front();
  if (std::ranges::find(ids, account.tenant) != ids.end()) return {};
  return fail(ErrorCode::Invalid, "no such tenant: \"" + account.tenant + "\"", "tenant",
              "one of: " + join(ids, ", "));
}

Status sound_offer(const Config& config, const Offer& offer) {
  const auto named = [](const char* key, const std::string& text) -> Status {
    if (!text.empty()) return {};
    return fail(ErrorCode::Invalid, std::string("\"") + key + "\" is missing", key);
  };
  if (auto s = named("sku", offer.sku); !s) return s;
  if (auto s = named("supplier_sku", offer.supplier_sku); !s) return s;
  std::vector<std::string> ids;
  for (const auto& supplier : config.suppliers) ids.push_back(supplier.account.id);
  if (std::ranges::find(ids, offer.supplier) == ids.end()) {
    const auto near = nearest(offer.supplier, ids);
    return fail(ErrorCode::Invalid, "no such supplier: \"" + offer.supplier + "\"", "supplier",
                near.empty() ? "name the id of a [[supplier]]" : "did you mean " + near + "?");
  }
  if (!offer.cost.currency.known() || offer.cost.micros < 0) {
    return fail(ErrorCode::Invalid, "an offer needs a cost", "cost", "write it as 4.20 USD");
  }
  if (offer.stock >= 0 && offer.lead_days >= 0) return {};
  return fail(ErrorCode::Invalid, "cannot be negative", offer.stock < 0 ? "stock" : "lead_days");
}

}  // namespace

const std::vector<AccountConfig>& list_of(const Config& config, const std::string& family) {
  if (family == "channel") return config.channels;
  if (family == "supplier") return config.suppliers;
  if (family == "tracking") return config.trackings;
  if (family == "carrier") return config.carriers;
  return config.notifiers;
}

std::vector<AccountConfig>& list_of(Config& config, const std::string& family) {
  return const_cast<std::vector<AccountConfig>&>(list_of(std::as_const(config), family));
}

Result<AccountConfig> read_account(const std::string& family, const Json& entry, const Kinds& kinds,
                                   const ReadContext& context) {
  Common common;
  SectionReader reader{entry, context, {}, {}};
  Common::each(common, reader);
  if (!reader.status) return fail(within(reader.status.error(), reader.field));
  if (!is_account_id(common.id)) {
    return fail(ErrorCode::Invalid, "an account needs an id", "id",
                "lower-case letters, digits, - and _, at most 40");
  }
  if (auto status = known_kind(kinds, family, common.kind); !status) return fail(status.error());
  const auto* kind = find_kind(kinds, family, common.kind);
  AccountConfig account;
  account.account.id = common.id;
  account.account.kind = common.kind;
  account.tenant = common.tenant;
  account.live = common.live;
  account.locale = common.locale.empty() ? "en" : common.locale;
  auto budget = take_budget("requests_per_minute", common.requests_per_minute, account.account);
  if (budget) budget = take_budget("burst", common.burst, account.account);
  if (budget) budget = take_budget("at_once", common.at_once, account.account);
  if (!budget) return fail(budget.error());
  for (const auto& setting : *kind->settings) {
    if (auto status = read_setting(setting, entry, context, account.account); !status) {
      return fail(status.error());
    }
  }
  if (family == "supplier") {
    if (auto status = read_profile(entry, *kind, context, account); !status) {
      return fail(status.error());
    }
  }
  return account;
}

bool is_account_id(const std::string& text) {
  return !text.empty() && text.size() <= 40 && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

Status known_kind(const Kinds& kinds, const std::string& family, const std::string& kind) {
  if (find_kind(kinds, family, kind)) return {};
  std::vector<std::string> known;
  for (const auto& each : kinds_of(kinds, family)) known.push_back(each.name);
  const auto near = nearest(kind, known);
  return fail(ErrorCode::Invalid, "no such kind of " + family + ": \"" + kind + "\"", "kind",
              near.empty() ? "one of: " + join(known, ", ") : "did you mean " + near + "?");
}

Status read_accounts(const Sources& sources, const Kinds& kinds, const ReadContext& context,
                     Config& into) {
  std::set<std::string> ids;  // of all families: /hooks/{account id} must be unambiguous
  for (const auto& family : families()) {
    const auto& entries = sources.document.value[family].items();
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const auto path = family + "[" + std::to_string(i) + "]";
      auto account = read_account(family, entries[i], kinds, context);
      if (!account) return fail(placed(sources, within(account.error(), path)));
      if (!ids.insert(account->account.id).second) {
        return fail(ErrorCode::Invalid, "two accounts have the id " + account->account.id,
                    sources.where(path + ".id"), "give one of them another");
      }
      if (auto status = give_tenant(into, *account); !status) {
        return fail(placed(sources, within(status.error(), path)));
      }
      list_of(into, family).push_back(std::move(*account));
    }
  }
  return {};
}

Status read_offers(const Sources& sources, const ReadContext& context, Config& into) {
  std::set<std::pair<std::string, std::string>> seen;
  const auto take = [&](Offer offer) -> Status {
    if (auto status = sound_offer(into, offer); !status) return status;
    if (!seen.emplace(offer.sku, offer.supplier).second) {
      return fail(ErrorCode::Invalid, offer.supplier + " offers " + offer.sku + " twice", "sku",
                  "keep one of the two");
    }
    into.offers.push_back(std::move(offer));
    return {};
  };
  const auto& entries = sources.document.value["offer"].items();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto path = "offer[" + std::to_string(i) + "]";
    Offer offer;
    if (auto status = read_section(entries[i], offer, context, path); !status) {
      return fail(placed(sources, status.error()));
    }
    if (auto status = take(std::move(offer)); !status) {
      return fail(placed(sources, within(status.error(), path)));
    }
  }
  if (into.offers_from.csv.empty()) return {};
  auto rows = read_offers_csv(into.offers_from.csv, context);
  if (!rows) return fail(rows.error());
  for (auto& [line, offer] : *rows) {
    if (auto status = take(std::move(offer)); !status) {
      return fail(within(status.error(), into.offers_from.csv + ":" + std::to_string(line)));
    }
  }
  return {};
}

}  // namespace holdfast::engine
