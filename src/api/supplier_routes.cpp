// Suppliers: the list, one supplier, its measures, offers and open purchase orders.
#include <algorithm>
#include <charconv>

#include "api/accounts.h"
#include "api/goods.h"
#include "base/text.h"
#include "engine/views/supplier_view.h"
#include "engine/views/words.h"

namespace holdfast::api {
namespace {

constexpr int calendar_days = 28;

Json set_of(const std::set<std::string>& texts) {
  return engine::texts_json({texts.begin(), texts.end()});
}

/// The profile a call names, when its asker sees it.
Result<const SupplierProfile*> supplier_of(const Desk& desk, const Call& call) {
  const auto found = desk.setup().profiles.find(call.segment(3));
  if (found == desk.setup().profiles.end() || !sees_supplier(call.who, found->second)) {
    return fail(ErrorCode::NotFound, "There is no such supplier.");
  }
  return &found->second;
}

/// What a row needs beside the profile, read once for a page.
struct Surroundings {
  std::shared_ptr<const UnderWay> orders;
  std::shared_ptr<const Shelf> goods;
  std::map<std::string, Json> health;  // by account
};

Result<Surroundings> look_around(Desk& desk, const Who& who) {
  Surroundings around;
  auto orders = under_way(desk);
  if (!orders) return fail(orders.error());
  auto goods = shelf(desk);
  if (!goods) return fail(goods.error());
  const auto effects = desk.store().unsettled(desk.tenant());
  if (!effects) return fail(effects.error());
  const auto health = account_health_json(desk, who, *effects);
  if (!health) return fail(health.error());
  around.orders = std::move(*orders);
  around.goods = std::move(*goods);
  for (const auto& account : health->items()) {
    if (account["room"].string() == "supplier") around.health[account["id"].string()] = account;
  }
  return around;
}

std::vector<const OpenPurchase*> open_of(const Who& who, const UnderWay& orders,
                                         const std::string& supplier) {
  std::vector<const OpenPurchase*> own;
  const auto found = orders.purchases.find(supplier);
  if (found == orders.purchases.end()) return own;
  for (const auto& purchase : found->second) {
    if (who.sees(purchase.channel)) own.push_back(&purchase);
  }
  return own;
}

std::vector<const Offer*> offers_of(const Who& who, const Shelf& goods,
                                    const std::string& supplier) {
  std::vector<const Offer*> own;
  const auto found = goods.by_supplier.find(supplier);
  if (found == goods.by_supplier.end()) return own;
  for (const auto* offer : found->second) {
    if (sees_goods(who, goods.goods.at(offer->sku))) own.push_back(offer);
  }
  return own;
}

std::string kind_of(const engine::Setup& setup, const std::string& supplier) {
  const auto found = std::ranges::find(setup.suppliers, supplier, &ports::Account::id);
  return found == setup.suppliers.end() ? "" : found->kind;
}

/// The stores of somebody that a supplier serves.
std::set<std::string> stores_of(const engine::Setup& setup, const Who& who,
                                const SupplierProfile& profile) {
  std::set<std::string> stores;
  for (const auto& channel : setup.channels) {
    const bool serves = profile.channels.empty() ||
                        std::ranges::find(profile.channels, channel.id) != profile.channels.end();
    if (serves && who.sees(channel.id)) stores.insert(channel.id);
  }
  return stores;
}

void set_offers(const Desk& desk, const std::vector<const Offer*>& offers, Json& json) {
  Instant oldest;
  std::int64_t stale = 0;
  for (const auto* offer : offers) {
    stale += is_stale(desk.setup(), *offer, desk.now()) ? 1 : 0;
    if (!oldest || offer->stated_at < oldest) oldest = offer->stated_at;
  }
  json.set("offers", static_cast<std::int64_t>(offers.size()));
  json.set("stale_offers", stale);
  json.set("oldest_offer_at", engine::moment_json(oldest));
}

Json row_json(const Desk& desk, const Who& who, const Surroundings& around,
              const SupplierProfile& profile) {
  const auto health = around.health.find(profile.supplier);
  const bool known = health != around.health.end();
  const auto open = open_of(who, *around.orders, profile.supplier);
  Json json;
  json.set("id", profile.supplier);
  json.set("title", profile.title);
  json.set("kind", kind_of(desk.setup(), profile.supplier));
  json.set("tier", profile.tier);
  json.set("ship_model", name_of(profile.ship_model));
  json.set("mode", name_of(profile.mode));
  json.set("vetted", profile.vetted);
  json.set("suspended", profile.suspended);
  json.set("ship_from", profile.ship_from);
  json.set("stores", set_of(stores_of(desk.setup(), who, profile)));
  json.set("state", known ? health->second["state"].string() : "ok");
  json.set("waiting", known ? health->second["waiting"].integer() : 0);
  json.set("last_ok_at", known ? health->second["last_ok_at"] : Json());
  json.set("open_purchase_orders", static_cast<std::int64_t>(open.size()));
  json.set("oldest_open_at",
           engine::moment_json(open.empty() ? Instant{} : open.front()->released_at));
  set_offers(desk, offers_of(who, *around.goods, profile.supplier), json);
  return json;
}

/// A page with when its orders were read.
Json dated(Json page, const UnderWay& orders) {
  page.set("as_of", to_text(orders.as_of));
  page.set("complete", orders.complete);
  return page;
}

void list_suppliers(Desk& desk, const CallPtr& call) {
  const auto limit = call->limit();
  if (!limit) return call->refuse(limit.error());
  const auto around = look_around(desk, call->who);
  if (!around) return call->refuse(around.error());
  const auto part = lower(trim(call->parameter("q"))), after = call->parameter("cursor");
  Json items{Json::Array{}};
  std::string next, last;
  for (const auto& [id, profile] : desk.setup().profiles) {
    if (!after.empty() && id <= after) continue;
    if (!sees_supplier(call->who, profile) || !holds_text(part, {id, profile.title})) continue;
    if (items.items().size() == *limit) {
      next = last;
      break;
    }
    items.push(row_json(desk, call->who, *around, profile));
    last = id;
  }
  call->answer(json_answer(dated(page_json(std::move(items), next), *around->orders)));
}

Result<Json> automation_json(Desk& desk, const std::string& supplier) {
  const auto row = desk.store().record({desk.tenant(), "automation", "supplier:" + supplier});
  if (!row) return fail(row.error());
  const auto kept = *row ? parse_json((*row)->bytes) : Result<Json>(Json());
  if (!kept) return fail(kept.error());
  Json json;
  json.set("raised", *row ? (*kept)["raised"].boolean() : false);
  json.set("agreed", *row ? (*kept)["agreed"].integer() : 0);
  json.set("agreed_needed", desk.setup().policy.automation.agreed_needed);
  return json;
}

void get_supplier(Desk& desk, const CallPtr& call) {
  const auto profile = supplier_of(desk, *call);
  if (!profile) return call->refuse(profile.error());
  const auto around = look_around(desk, call->who);
  if (!around) return call->refuse(around.error());
  auto automation = automation_json(desk, (*profile)->supplier);
  if (!automation) return call->refuse(automation.error());
  auto json = engine::supplier_terms_json(desk.setup(), **profile, desk.now(), calendar_days);
  json.set("supplier", row_json(desk, call->who, *around, **profile));
  json.set("automation", std::move(*automation));
  call->answer(json_answer(json));
}

void measure_supplier(Desk& desk, const CallPtr& call) {
  const auto profile = supplier_of(desk, *call);
  if (!profile) return call->refuse(profile.error());
  const auto text = call->parameter("days");
  const std::int64_t window = text.empty() ? 30 : text == "7" ? 7 : text == "90" ? 90 : 30;
  if (!text.empty() && text != std::to_string(window)) {
    return call->refuse(Trouble{422, "invalid", "days is 7, 30 or 90", "days", {}});
  }
  const auto read = behaviour(desk, call->who, (*profile)->supplier);
  if (!read) return call->refuse(read.error());
  const auto& found = **read;
  auto from = found.as_of - days(window);
  std::vector<const engine::PurchaseFacts*> within;
  Instant oldest = found.as_of;
  for (const auto& facts : found.facts) {
    oldest = std::min(oldest, facts.released_at);
    if (facts.released_at >= from) within.push_back(&facts);
  }
  // Older ones may be missing when there were more orders than are looked at.
  const bool complete = found.complete || oldest < from;
  if (!complete) from = oldest;
  Json json;
  json.set("supplier", (*profile)->supplier);
  json.set("days", window);
  json.set("from", to_text(from));
  json.set("until", to_text(found.as_of));
  json.set("as_of", to_text(found.as_of));
  json.set("purchase_orders", static_cast<std::int64_t>(within.size()));
  json.set("complete", complete);
  json.set("measures", engine::measures_json(within, found.as_of));
  json.set("payables", engine::payables_json(within));
  call->answer(json_answer(json));
}

void list_offers(Desk& desk, const CallPtr& call) {
  const auto profile = supplier_of(desk, *call);
  if (!profile) return call->refuse(profile.error());
  const auto limit = call->limit();
  if (!limit) return call->refuse(limit.error());
  const auto goods = shelf(desk);
  if (!goods) return call->refuse(goods.error());
  const auto part = lower(trim(call->parameter("q"))), after = call->parameter("cursor");
  Json items{Json::Array{}};
  std::string next, last;
  for (const auto* offer : offers_of(call->who, **goods, (*profile)->supplier)) {
    if (!after.empty() && offer->sku <= after) continue;
    if (!holds_text(part, {offer->sku, offer->supplier_sku})) continue;
    if (items.items().size() == *limit) {
      next = last;
      break;
    }
    const auto title = title_of(call->who, (*goods)->goods.at(offer->sku));
    items.push(offer_json(desk.setup(), *offer, title, desk.now()));
    last = offer->sku;
  }
  call->answer(json_answer(page_json(std::move(items), next)));
}

Json purchase_json(const OpenPurchase& purchase) {
  Json json;
  json.set("po", purchase.po);
  json.set("order", to_text(OrderId{purchase.order}));
  json.set("store_number", purchase.store_number);
  json.set("channel", purchase.channel);
  json.set("state", purchase.state);
  json.set("released_at", to_text(purchase.released_at));
  json.set("order_due_at", engine::moment_json(purchase.order_due_at));
  return json;
}

/// The place after which a page goes on: when a purchase order left, and its number.
std::string place_of(const OpenPurchase& purchase) {
  return std::to_string(purchase.released_at.ms) + "." + purchase.po;
}

Result<std::pair<Instant, std::string>> place_in(const std::string& cursor) {
  if (cursor.empty()) return std::pair(Instant{}, std::string());
  const auto dot = cursor.find('.');
  Instant at;
  const auto* end = cursor.data() + std::min(dot, cursor.size());
  const auto [read, error] = std::from_chars(cursor.data(), end, at.ms);
  if (dot == std::string::npos || error != std::errc{} || read != end) {
    return fail(ErrorCode::Invalid, "This cursor is not one of ours.", "cursor");
  }
  return std::pair(at, cursor.substr(dot + 1));
}

void list_purchases(Desk& desk, const CallPtr& call) {
  const auto profile = supplier_of(desk, *call);
  if (!profile) return call->refuse(profile.error());
  const auto limit = call->limit();
  if (!limit) return call->refuse(limit.error());
  const auto after = place_in(call->parameter("cursor"));
  if (!after) return call->refuse(after.error());
  const auto orders = under_way(desk);
  if (!orders) return call->refuse(orders.error());
  Json items{Json::Array{}};
  std::string next;
  const OpenPurchase* last = nullptr;
  for (const auto* purchase : open_of(call->who, **orders, (*profile)->supplier)) {
    if (std::tie(purchase->released_at, purchase->po) <= std::tie(after->first, after->second)) {
      continue;
    }
    if (items.items().size() == *limit) {
      next = place_of(*last);
      break;
    }
    items.push(purchase_json(*purchase));
    last = purchase;
  }
  call->answer(json_answer(dated(page_json(std::move(items), next), **orders)));
}

}  // namespace

std::vector<Route> supplier_routes() {
  return {{"listSuppliers", list_suppliers, false, true},
          {"getSupplier", get_supplier, false, true},
          {"measureSupplier", measure_supplier, false, true},
          {"listSupplierOffers", list_offers, false, true},
          {"listSupplierPurchases", list_purchases, false, true}};
}

}  // namespace holdfast::api
