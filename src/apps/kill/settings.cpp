#include "apps/kill/settings.h"

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

/// Everything the shop sells, from one supplier: whichever it is then gets whole orders.
void write_offers(Lines& lines, const std::string& supplier) {
  const auto* manner = peers::manner_of(supplier);
  for (const auto& product : peers::products()) {
    Offer offer;
    offer.sku = product.sku;
    offer.supplier = supplier;
    offer.supplier_sku = peers::supplier_sku(*manner, product.sku);
    offer.cost = peers::cost_of(*manner, product);
    offer.stock = 5000;
    offer.lead_days = manner->lead_days;
    offer.ship_from = manner->country;
    offer.mode = Mode::Auto;
    lines.out += "\n[[offer]]\n";
    Offer::each(offer, lines);  // undated: counts from each start, as a merchant's file of today
  }
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
  lines("request_seconds", std::int64_t{10});
  lines.out += "\n[[tenant]]\n";
  lines("id", std::string("main"));
  lines("number", std::int64_t{1});
  lines("title", std::string("Demo Goods"));
  for (const auto& entry : world.accounts) write_account(lines, entry, world.suppliers);
  write_offers(lines, wish.seller);
  return lines.out;
}

}  // namespace holdfast::apps
