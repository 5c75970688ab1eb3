#include "api/goods.h"

#include <algorithm>

#include "api/own_rows.h"
#include "base/text.h"
#include "engine/offers.h"
#include "engine/views/words.h"

namespace holdfast::api {
namespace {

constexpr Duration kept_for = seconds(10);
constexpr Duration behaviour_kept_for = minutes(5);
constexpr std::size_t most_under_way = 20'000;
constexpr std::size_t most_listings = 200'000;
constexpr std::size_t most_pictures = 100'000;
constexpr std::size_t most_orders_measured = 500;
constexpr std::size_t most_orders_looked_at = 5'000;  // for those of somebody's stores
constexpr std::size_t most_behaviours = 64;
constexpr std::size_t page = 250;

void take_order(const ports::OrderRow& row, UnderWay& into) {
  const auto summary = parse_json(row.summary);
  if (!summary) return;
  for (const auto& open : (*summary)["open"].items()) {
    into.purchases[open["supplier"].string()].push_back({open["po"].string(),
                                                         open["state"].string(),
                                                         row.channel,
                                                         row.store_number,
                                                         row.stream.id,
                                                         {open["released_ms"].integer()},
                                                         row.due_at});
  }
  for (const auto& sku : (*summary)["skus"].items()) ++into.orders[sku.string()][row.channel];
}

Result<UnderWay> read_under_way(Desk& desk) {
  UnderWay found;
  found.read_at = desk.real_now();
  found.as_of = desk.now();
  ports::OrderQuery query{desk.tenant(), {}, {}, true, false, 0, page};
  for (std::size_t seen = 0;;) {
    const auto rows = desk.store().orders(query);
    if (!rows) return fail(rows.error());
    for (const auto& row : *rows) {
      if (row.stream.kind == ports::StreamKind::Order) take_order(row, found);
    }
    if (rows->size() < page) break;
    seen += rows->size();
    found.complete = seen < most_under_way;
    if (!found.complete) break;
    query.before = rows->back().stream.id;
  }
  for (auto& [supplier, purchases] : found.purchases) {
    std::ranges::sort(purchases, {},
                      [](const OpenPurchase& one) { return std::tie(one.released_at, one.po); });
  }
  return found;
}

Result<Shelf> read_shelf(Desk& desk) {
  Shelf found;
  found.read_at = desk.real_now();
  auto offers = engine::offers_now(desk.store(), desk.tenant(), desk.setup().offers);
  if (!offers) return fail(offers.error());
  for (auto& offer : *offers) found.goods[offer.sku].offers.push_back(std::move(offer));
  auto listed = engine::listings(desk.store(), desk.tenant(), most_listings);
  if (!listed) return fail(listed.error());
  for (auto& listing : *listed) found.goods[listing.sku].listings.push_back(std::move(listing));
  for (const auto& sku : desk.setup().policy.skus) found.goods.try_emplace(sku.sku);
  for (const auto& [sku, goods] : found.goods) {
    for (const auto& offer : goods.offers) found.by_supplier[offer.supplier].push_back(&offer);
  }
  return found;
}

Result<Pictures> read_pictures(Desk& desk) {
  Pictures found;
  found.read_at = desk.real_now();
  auto photos = engine::every_listing_photo(desk.store(), desk.tenant(), most_pictures);
  if (!photos) return fail(photos.error());
  for (auto& photo : *photos) found.of[photo.sku].push_back(std::move(photo.sha256));
  return found;
}

/// Those of the streams that are orders of somebody's stores.
Result<std::vector<ports::StreamKey>> own_of(Desk& desk, const Who& who,
                                             std::vector<ports::StreamKey> streams) {
  if (who.everywhere()) return streams;
  const auto rows = desk.store().orders_of(streams);
  if (!rows) return fail(rows.error());
  std::vector<ports::StreamKey> own;
  for (const auto& row : *rows) {
    if (who.sees(row.channel)) own.push_back(row.stream);
  }
  return own;
}

/// The newest orders of a supplier in somebody's stores; `complete` when those are all.
Result<std::vector<ports::StreamKey>> orders_of(Desk& desk, const Who& who,
                                                const std::string& supplier, bool& complete) {
  const std::vector<std::string> words{engine::supplier_token(supplier)};
  std::vector<ports::StreamKey> own;
  complete = false;
  std::int64_t before = 0;
  for (std::size_t seen = 0; seen < most_orders_looked_at;) {
    const auto found = desk.store().search(desk.tenant(), words, page, before);
    if (!found) return fail(found.error());
    const auto theirs = own_of(desk, who, *found);
    if (!theirs) return fail(theirs.error());
    const auto room = most_orders_measured - own.size();
    const auto taken = static_cast<std::ptrdiff_t>(std::min(room, theirs->size()));
    own.insert(own.end(), theirs->begin(), theirs->begin() + taken);
    if (theirs->size() > room) return own;
    complete = found->size() < page;
    if (complete) return own;
    seen += found->size();
    before = found->back().id;
  }
  return own;
}

Result<Behaviour> read_behaviour(Desk& desk, const Who& who, const std::string& supplier) {
  Behaviour found;
  found.read_at = desk.real_now();
  found.as_of = desk.now();
  const auto orders = orders_of(desk, who, supplier, found.complete);
  if (!orders) return fail(orders.error());
  for (const auto& order : *orders) {
    const auto history = engine::read_history(desk.store(), desk.engine.vault(), order);
    if (!history) return fail(history.error());
    auto facts = engine::purchase_facts(desk.setup(), *history, supplier);
    found.facts.insert(found.facts.end(), std::make_move_iterator(facts.begin()),
                       std::make_move_iterator(facts.end()));
  }
  return found;
}

}  // namespace

Result<std::shared_ptr<const UnderWay>> under_way(Desk& desk) {
  return desk.goods->under_way.get(desk.real_now(), kept_for, [&] { return read_under_way(desk); });
}

Result<std::shared_ptr<const Shelf>> shelf(Desk& desk) {
  return desk.goods->shelf.get(desk.real_now(), kept_for, [&] { return read_shelf(desk); });
}

Result<std::shared_ptr<const Pictures>> pictures(Desk& desk) {
  return desk.goods->pictures.get(desk.real_now(), kept_for, [&] { return read_pictures(desk); });
}

void forget_shelf(Desk& desk) { desk.goods->shelf.forget(); }

void forget_pictures(Desk& desk) { desk.goods->pictures.forget(); }

Json pictures_json(const Pictures& pictures, const std::string& sku) {
  const auto found = pictures.of.find(sku);
  return found == pictures.of.end() ? Json{Json::Array{}} : engine::texts_json(found->second);
}

Json equivalent_json(const engine::Equivalent& found) {
  Json json;
  json.set("supplier", found.supplier);
  json.set("supplier_sku", found.supplier_sku);
  json.set("equivalent", found.equivalent);
  json.set("note", found.note);
  json.set("by", found.by);
  json.set("at", to_text(found.at));
  return json;
}

Result<std::shared_ptr<const Behaviour>> behaviour(Desk& desk, const Who& who,
                                                   const std::string& supplier) {
  auto& book = *desk.goods;
  std::shared_ptr<Lately<Behaviour>> kept;
  {
    const std::lock_guard lock(book.mutex);
    const auto key = std::pair(supplier, who.stores);
    const bool known = book.behaviours.contains(key);
    if (!known && book.behaviours.size() >= most_behaviours) book.behaviours.clear();
    auto& place = book.behaviours[key];
    if (!place) place = std::make_shared<Lately<Behaviour>>();
    kept = place;
  }
  return kept->get(desk.real_now(), behaviour_kept_for,
                   [&] { return read_behaviour(desk, who, supplier); });
}

bool sees_supplier(const Who& who, const SupplierProfile& profile) {
  const auto sees = [&](const std::string& store) { return who.sees(store); };
  return who.everywhere() || profile.channels.empty() ||
         std::ranges::any_of(profile.channels, sees);
}

bool sees_supplier(const engine::Setup& setup, const Who& who, const std::string& supplier) {
  if (who.everywhere()) return true;
  const auto found = setup.profiles.find(supplier);
  return found != setup.profiles.end() && sees_supplier(who, found->second);
}

bool sees_goods(const Who& who, const Goods& goods) {
  return who.everywhere() || std::ranges::any_of(goods.listings, [&](const auto& listing) {
           return who.sees(listing.channel);
         });
}

bool is_stale(const engine::Setup& setup, const Offer& offer, Instant now) {
  const auto oldest = setup.policy.routing.feed_max_age;
  return oldest.ms > 0 && !offer.live && now - offer.stated_at > oldest;
}

std::string_view offer_problem(const engine::Setup& setup, const Offer& offer, Instant now) {
  const auto profile = setup.profiles.find(offer.supplier);
  if (profile == setup.profiles.end()) return "unknown_supplier";
  if (profile->second.suspended || offer.suspended) return "suspended";
  if (!profile->second.vetted) return "not_vetted";
  if (is_stale(setup, offer, now)) return "feed_too_old";
  return offer.stock <= setup.policy.routing.buffer ? "below_buffer" : "";
}

Json offer_json(const engine::Setup& setup, const Offer& offer, const std::string& title,
                Instant now) {
  const auto profile = setup.profiles.find(offer.supplier);
  const auto problem = offer_problem(setup, offer, now);
  Json json;
  json.set("sku", offer.sku);
  json.set("supplier", offer.supplier);
  json.set("supplier_title",
           profile == setup.profiles.end() ? offer.supplier : profile->second.title);
  json.set("supplier_sku", offer.supplier_sku);
  json.set("title", title);
  json.set("cost", engine::amount_json(offer.cost));
  json.set("stock", offer.stock);
  json.set("stated_at", engine::moment_json(offer.stated_at));
  json.set("live", offer.live);
  json.set("stale", is_stale(setup, offer, now));
  json.set("lead_days", offer.lead_days);
  json.set("ship_from", offer.ship_from);
  json.set("mode", name_of(offer.mode));
  json.set("suspended", offer.suspended);
  json.set("usable", problem.empty());
  json.set("problem", problem);
  return json;
}

std::string title_of(const Who& who, const Goods& goods) {
  for (const auto& listing : goods.listings) {
    if (who.sees(listing.channel)) return listing.title;
  }
  return {};
}

bool holds_text(const std::string& part, std::initializer_list<std::string_view> texts) {
  return part.empty() || std::ranges::any_of(texts, [&](std::string_view text) {
           return lower(text).find(part) != std::string::npos;
         });
}

}  // namespace holdfast::api
