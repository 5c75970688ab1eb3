#include "api/connection_forms.h"

#include <algorithm>

#include "model/names.h"
#include "model/supplier.h"
#include "ports/registry.h"

namespace holdfast::api {
namespace {

/// A field that is no setting of a connector.
struct Common {
  const char* key;
  const char* type;
  const char* meaning;
  bool required = false;
  const char* standard = "";
};

constexpr Common of_channels[] = {
    {"live", "flag", "Orders of real buyers: the policy's retention must be complete", false,
     "true"},
};

constexpr Common of_suppliers[] = {
    {"title", "text", "What people call this supplier", false},
    {"tier", "choice", "The service tier it promised, from the policy", true},
    {"ship_model", "choice", "Whether it ships to the buyer, or to a bench that checks", false,
     "direct"},
    {"mode", "choice",
     "What is done by itself: watch notes it, propose asks for one key, auto does it", false,
     "propose"},
    {"vetted", "flag", "Somebody checked this supplier; an unvetted one gets no orders", false,
     "false"},
    {"suspended", "flag", "It gets no new orders for now; what was sent to it goes on", false,
     "false"},
    {"channels", "text", "Stores it delivers for, by id with commas between; empty for all"},
    {"ship_from", "text", "The country it ships from, as two letters such as CN"},
    {"excluded_countries", "text",
     "Countries it does not deliver to, as two letters with commas between"},
    {"shipping_cost_minor", "number",
     "What it charges for a parcel, in cents of the currency of its offers", false, "0"},
    {"poll_minutes", "number",
     "How many minutes between questions for news of a purchase order; 0 asks never", false, "0"},
    {"calendar.zone", "text", "Its time zone, such as Asia/Shanghai", false, "UTC"},
    {"calendar.opens_hour", "number", "The hour its day begins, from 0 to 24", false, "9"},
    {"calendar.closes_hour", "number", "The hour its day ends, from 0 to 24", false, "18"},
    {"calendar.weekend", "text",
     "Days of the week without work, with commas between; 0 is Sunday, 6 is Saturday", false,
     "0,6"},
    {"calendar.closures", "text",
     "Days it is closed, as 2027-02-05..2027-02-14 with commas between"},
};

constexpr Common of_all[] = {
    {"requests_per_minute", "number", "How often it may be asked; empty for the kind's own budget"},
    {"burst", "number", "How many requests may leave at once; empty for the kind's own"},
};

template <class Enum>
std::vector<std::string> words_of() {
  std::vector<std::string> words;
  for (const auto& [value, name] : Names<Enum>::table) words.emplace_back(name);
  return words;
}

std::vector<std::string> choices_of(std::string_view key, const Policy& policy) {
  if (key == "ship_model") return words_of<ShipModel>();
  if (key == "mode") return words_of<Mode>();
  std::vector<std::string> tiers;
  if (key == "tier") {
    for (const auto& tier : policy.tiers) tiers.push_back(tier.tier);
  }
  return tiers;
}

Json texts(const std::vector<std::string>& all) {
  Json list{Json::Array{}};
  for (const auto& one : all) list.push(one);
  return list;
}

Json field_json(const char* key, const char* type, const char* meaning, bool required,
                const char* standard) {
  Json json;
  json.set("key", key);
  json.set("type", type);
  json.set("meaning", meaning);
  json.set("required", required);
  json.set("secret", false);
  json.set("address", false);
  json.set("standard", standard);
  json.set("choices", Json(Json::Array{}));
  return json;
}

Json common_json(const Common& common, const Policy& policy) {
  auto json = field_json(common.key, common.type, common.meaning, common.required, common.standard);
  json.set("choices", texts(choices_of(common.key, policy)));
  return json;
}

Json fields_json(const std::string& room, const std::vector<ports::Setting>& settings,
                 const Policy& policy) {
  Json fields{Json::Array{}};
  for (const auto& setting : settings) {
    auto json =
        field_json(setting.key, "text", setting.meaning, setting.required, setting.standard);
    json.set("secret", setting.secret);
    json.set("address", setting.address);
    fields.push(std::move(json));
  }
  if (room == "channel") {
    for (const auto& common : of_channels) fields.push(common_json(common, policy));
  }
  if (room == "supplier") {
    for (const auto& common : of_suppliers) fields.push(common_json(common, policy));
  }
  for (const auto& common : of_all) fields.push(common_json(common, policy));
  return fields;
}

/// One connector, whatever its table's type.
struct Listed {
  std::string room, kind;
  const std::vector<ports::Setting>* settings = nullptr;
  std::string_view webhooks = "none";
  bool asks = false;
};

template <class Table>
Listed listed(const char* room, const Table& table) {
  Listed one{room, table.kind, &table.settings(), "none", false};
  if constexpr (requires { table.receive; }) one.webhooks = table.receive ? "enter" : "none";
  if constexpr (requires { table.subscriptions; }) {
    if (table.subscriptions) one.webhooks = "subscribed";
  }
  if constexpr (requires { table.probe; }) one.asks = table.probe != nullptr;
  return one;
}

const std::vector<Listed>& all_listed() {
  static const std::vector<Listed> all = [] {
    std::vector<Listed> found;
    for (const auto* table : ports::channel_connectors())
      found.push_back(listed("channel", *table));
    for (const auto* table : ports::supplier_connectors()) {
      found.push_back(listed("supplier", *table));
    }
    for (const auto* table : ports::tracking_connectors()) {
      found.push_back(listed("tracking", *table));
    }
    for (const auto* table : ports::notifier_connectors()) {
      found.push_back(listed("notifier", *table));
    }
    return found;
  }();
  return all;
}

const Listed* find(const std::string& room, const std::string& kind) {
  const auto found = std::ranges::find_if(
      all_listed(), [&](const Listed& one) { return one.room == room && one.kind == kind; });
  return found == all_listed().end() ? nullptr : &*found;
}

}  // namespace

std::string_view webhooks_of(const std::string& room, const std::string& kind) {
  const auto* known = find(room, kind);
  return known ? known->webhooks : "none";
}

const std::vector<ports::Setting>* settings_of(const std::string& room, const std::string& kind) {
  const auto* known = find(room, kind);
  return known ? known->settings : nullptr;
}

bool is_secret(const std::string& room, const std::string& kind, const std::string& key) {
  const auto* settings = settings_of(room, kind);
  return settings && std::ranges::any_of(*settings, [&](const ports::Setting& setting) {
           return setting.secret && setting.key == key;
         });
}

std::vector<std::string> known_keys(const std::string& room, const std::string& kind) {
  std::vector<std::string> keys;
  if (const auto* settings = settings_of(room, kind)) {
    for (const auto& setting : *settings) keys.emplace_back(setting.key);
  }
  if (room == "channel") {
    for (const auto& common : of_channels) keys.emplace_back(common.key);
  }
  if (room == "supplier") {
    for (const auto& common : of_suppliers) keys.emplace_back(common.key);
  }
  for (const auto& common : of_all) keys.emplace_back(common.key);
  return keys;
}

Json kinds_json(const Policy& policy) {
  Json items{Json::Array{}};
  for (const auto& one : all_listed()) {
    Json json;
    json.set("room", one.room);
    json.set("kind", one.kind);
    json.set("webhooks", one.webhooks);
    json.set("asks", one.asks);
    json.set("fields", fields_json(one.room, *one.settings, policy));
    items.push(std::move(json));
  }
  return items;
}

}  // namespace holdfast::api
