#include "apps/kill/settings.h"

#include <algorithm>
#include <array>

#include "base/json.h"
#include "model/names.h"
#include "peers/catalogue.h"

namespace holdfast::apps {
namespace {

std::string quoted(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

/// `key = value` lines of a plain value's fields; TOML and JSON write these alike.
struct Lines {
  std::string out;
  std::string left_out;

  void line(std::string_view key, const std::string& value) {
    if (key != left_out) out += std::string(key) + " = " + value + "\n";
  }
  void operator()(std::string_view key, const std::string& value) { line(key, quoted(value)); }
  void operator()(std::string_view key, std::int64_t value) { line(key, std::to_string(value)); }
  void operator()(std::string_view key, bool value) { line(key, value ? "true" : "false"); }
  void operator()(std::string_view key, Instant value) {
    if (value) line(key, quoted(holdfast::to_text(value)));
  }
  void operator()(std::string_view key, UnitPrice value) {
    line(key, quoted(holdfast::to_text(value)));
  }
  template <Named E>
  void operator()(std::string_view key, E value) {
    line(key, quoted(name_of(value)));
  }
  template <class T>
  void operator()(std::string_view key, const std::vector<T>& values) {
    Json::Array items;
    for (const auto& value : values) items.emplace_back(value);
    line(key, holdfast::to_text(Json(std::move(items))));
  }
  void operator()(std::string_view, const Calendar&) {}  // a table of its own, written last
};

void write_account(Lines& lines, const peers::DemoAccount& entry,
                   const std::vector<SupplierProfile>& profiles) {
  lines.out += "\n[[" + entry.section + "]]\n";
  lines("id", entry.account.id);
  lines("kind", entry.account.kind);
  lines("tenant", std::string("main"));
  for (const auto& [key, value] : entry.account.settings) {
    if (!value.empty()) lines(key, value);
  }
  for (const auto& [key, value] : entry.account.secrets) {
    if (!value.empty()) lines(key, value);
  }
  if (entry.section == "channel") lines("live", false);
  if (entry.section != "supplier") return;
  for (const auto& profile : profiles) {
    if (profile.supplier != entry.account.id) continue;
    Lines fields{{}, "supplier"};
    SupplierProfile::each(profile, fields);
    Lines calendar;
    Calendar::each(profile.calendar, calendar);
    lines.out += fields.out + "[supplier.calendar]\n" + calendar.out;
  }
}

/// Each article comes from one supplier in turn, or the dearest of all would be the only one asked:
/// one that looks up numbers, one that fails now and then, one that only reads letters.
bool offered(const Offer& offer) {
  static constexpr std::array turns{"north", "paper", "quick", "shaky"};
  const auto& all = peers::products();
  const auto at = std::ranges::find(all, offer.sku, &peers::Product::sku) - all.begin();
  return offer.supplier == turns[static_cast<std::size_t>(at) % turns.size()];
}

}  // namespace

std::string settings_text(const peers::DemoSettings& world, const SettingsWish& wish) {
  const auto address = "127.0.0.1:" + std::to_string(wish.port);
  Lines lines;
  lines.out += "[server]\n";
  lines("listen", address);
  lines("public_url", "http://" + address);
  lines("data", wish.data);
  lines.out += "\n[policy]\n";
  lines("path", wish.policy);
  lines.out += "\n[log]\n";
  lines("file", wish.log);
  lines.out += "\n[limits]\n";
  lines("request_seconds", std::int64_t{3});
  lines.out += "\n[[tenant]]\n";
  lines("id", std::string("main"));
  lines("number", std::int64_t{1});
  lines("title", std::string("Demo Goods"));
  for (const auto& entry : world.accounts) write_account(lines, entry, world.suppliers);
  for (const auto& offer : world.offers) {
    if (!offered(offer)) continue;
    lines.out += "\n[[offer]]\n";
    auto undated = offer;
    undated.stated_at = {};  // counts from each start, as a merchant's file of today does
    Offer::each(undated, lines);
  }
  return lines.out;
}

}  // namespace holdfast::apps
