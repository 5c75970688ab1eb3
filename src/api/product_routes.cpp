// Products: the stores' SKUs, what they are mapped to, and the procedure they go by.
#include <algorithm>

#include "api/goods.h"
#include "base/text.h"
#include "engine/offers.h"
#include "engine/promise_notes.h"
#include "engine/views/words.h"

namespace holdfast::api {
namespace {

const SkuPolicy& policy_of(const Policy& policy, const std::string& sku) {
  static const SkuPolicy none;
  const auto found = std::ranges::find(policy.skus, sku, &SkuPolicy::sku);
  return found == policy.skus.end() ? none : *found;
}

/// The procedure that an SKU's own risk classes choose, as the core does for a whole order.
const ProcedurePolicy* procedure_of(const Policy& policy, const std::vector<std::string>& risks) {
  const ProcedurePolicy* standard = nullptr;
  for (const auto& candidate : policy.procedures) {
    if (candidate.risks.empty() && !standard) standard = &candidate;
    const auto asked = [&](const std::string& risk) {
      return std::ranges::find(risks, risk) != risks.end();
    };
    if (std::ranges::any_of(candidate.risks, asked)) return &candidate;
  }
  return standard;
}

struct Mapping {
  std::vector<std::string> suppliers;  // the usable ones first
  std::size_t usable = 0;

  std::string_view state() const {
    if (suppliers.empty()) return "unmapped";
    if (usable == 0) return "unusable";
    return usable == 1 ? "one_supplier" : "several";
  }
};

/// Offers of suppliers that serve none of somebody's stores count for nothing there.
Mapping mapping_of(const engine::Setup& setup, const Who& who, const Goods& goods, Instant now) {
  Mapping mapping;
  for (const auto& offer : goods.offers) {
    if (!sees_supplier(setup, who, offer.supplier)) continue;
    if (offer_problem(setup, offer, now).empty()) {
      mapping.suppliers.insert(mapping.suppliers.begin() + std::ptrdiff_t(mapping.usable),
                               offer.supplier);
      ++mapping.usable;
    } else {
      mapping.suppliers.push_back(offer.supplier);
    }
  }
  return mapping;
}

std::int64_t open_orders(const Who& who, const UnderWay& orders, const std::string& sku) {
  const auto found = orders.orders.find(sku);
  if (found == orders.orders.end()) return 0;
  std::int64_t count = 0;
  for (const auto& [channel, open] : found->second) count += who.sees(channel) ? open : 0;
  return count;
}

const engine::Listing* listing_of(const Who& who, const Goods& goods) {
  const auto own = [&](const engine::Listing& listing) { return who.sees(listing.channel); };
  const auto found = std::ranges::find_if(goods.listings, own);
  return found == goods.listings.end() ? nullptr : &*found;
}

Json row_json(const Desk& desk, const Who& who, const UnderWay& orders, const std::string& sku,
              const Goods& goods) {
  const auto& policy = desk.setup().policy;
  const auto& risks = policy_of(policy, sku).risks;
  const auto* listing = listing_of(who, goods);
  const auto mapping = mapping_of(desk.setup(), who, goods, desk.now());
  const auto* procedure = procedure_of(policy, risks);
  std::set<std::string> stores;
  for (const auto& each : goods.listings) {
    if (who.sees(each.channel)) stores.insert(each.channel);
  }
  Json json;
  json.set("sku", sku);
  json.set("title", listing ? listing->title : "");
  json.set("variant", listing ? listing->variant : "");
  json.set("stores", engine::texts_json({stores.begin(), stores.end()}));
  json.set("mapping", mapping.state());
  json.set("suppliers", engine::texts_json(mapping.suppliers));
  json.set("risks", engine::texts_json(risks));
  json.set("procedure", procedure ? procedure->procedure : "");
  json.set("open_orders", open_orders(who, orders, sku));
  return json;
}

struct Read {
  std::shared_ptr<const UnderWay> orders;
  std::shared_ptr<const Shelf> goods;
};

Result<Read> read(Desk& desk) {
  auto orders = under_way(desk);
  if (!orders) return fail(orders.error());
  auto goods = shelf(desk);
  if (!goods) return fail(goods.error());
  return Read{std::move(*orders), std::move(*goods)};
}

bool is_mapping_state(const std::string& text) {
  for (const auto* known : {"unmapped", "unusable", "one_supplier", "several"}) {
    if (text == known) return true;
  }
  return text.empty();
}

void list_products(Desk& desk, const CallPtr& call) {
  const auto limit = call->limit();
  if (!limit) return call->refuse(limit.error());
  const auto wanted = call->parameter("mapping");
  if (!is_mapping_state(wanted)) {
    return call->refuse(Trouble{422, "invalid", "There is no such state of a mapping.", "mapping",
                                "unmapped, unusable, one_supplier or several"});
  }
  const auto found = read(desk);
  if (!found) return call->refuse(found.error());
  const auto part = lower(trim(call->parameter("q"))), after = call->parameter("cursor");
  Json items{Json::Array{}};
  std::string next, last;
  for (auto at = found->goods->goods.upper_bound(after); at != found->goods->goods.end(); ++at) {
    const auto& [sku, goods] = *at;
    if (!sees_goods(call->who, goods)) continue;
    if (!holds_text(part, {sku, title_of(call->who, goods)})) continue;
    const bool fits =
        wanted.empty() || mapping_of(desk.setup(), call->who, goods, desk.now()).state() == wanted;
    if (!fits) continue;
    if (items.items().size() == *limit) {
      next = last;
      break;
    }
    items.push(row_json(desk, call->who, *found->orders, sku, goods));
    last = sku;
  }
  auto page = page_json(std::move(items), next);
  page.set("as_of", to_text(found->orders->as_of));
  page.set("complete", found->orders->complete);
  call->answer(json_answer(page));
}

Json listings_json(const Who& who, const Goods& goods) {
  Json list{Json::Array{}};
  for (const auto& listing : goods.listings) {
    if (!who.sees(listing.channel)) continue;
    Json json;
    json.set("channel", listing.channel);
    json.set("title", listing.title);
    json.set("variant", listing.variant);
    json.set("stated_at", to_text(listing.stated_at));
    json.set("order", to_text(OrderId{listing.order}));
    list.push(std::move(json));
  }
  return list;
}

Json names_json(const std::vector<ChecklistItem>& items) {
  Json list{Json::Array{}};
  for (const auto& item : items) list.push(item.name);
  return list;
}

Json procedure_json(const ProcedurePolicy* procedure) {
  if (!procedure) return {};
  Json json;
  json.set("procedure", procedure->procedure);
  json.set("version", procedure->version);
  json.set("input", procedure->input);
  json.set("action", procedure->action);
  json.set("release", procedure->release);
  json.set("exception_path", procedure->exception_path);
  json.set("record", procedure->record);
  json.set("gates", engine::texts_json(procedure->gates));
  json.set("receiving", names_json(procedure->receiving));
  json.set("inspection", names_json(procedure->inspection));
  json.set("packing", names_json(procedure->packing));
  return json;
}

constexpr std::size_t most_shown = 50;  // of what people did to one SKU

Result<Json> changes_json(Desk& desk, const std::string& sku) {
  const auto changes = engine::mapping_changes(desk.store(), desk.tenant(), sku, most_shown);
  if (!changes) return fail(changes.error());
  Json list{Json::Array{}};
  for (const auto& change : *changes) {
    Json json;
    json.set("supplier", change.supplier);
    json.set("before", change.before);
    json.set("after", change.after);
    json.set("by", change.by);
    json.set("at", to_text(change.at));
    list.push(std::move(json));
  }
  return list;
}

Result<Json> photos_json(Desk& desk, const std::string& sku) {
  const auto photos = engine::listing_photos(desk.store(), desk.tenant(), sku, most_shown);
  if (!photos) return fail(photos.error());
  Json list{Json::Array{}};
  for (const auto& photo : *photos) {
    Json json;
    json.set("sha256", photo.sha256);
    json.set("by", photo.by);
    json.set("at", to_text(photo.at));
    list.push(std::move(json));
  }
  return list;
}

Result<Json> equivalents_json(Desk& desk, const Who& who, const std::string& sku) {
  const auto compared = engine::equivalents(desk.store(), desk.tenant(), sku, most_shown);
  if (!compared) return fail(compared.error());
  Json list{Json::Array{}};
  for (const auto& one : *compared) {
    if (sees_supplier(desk.setup(), who, one.supplier)) list.push(equivalent_json(one));
  }
  return list;
}

void get_product(Desk& desk, const CallPtr& call) {
  const auto found = read(desk);
  if (!found) return call->refuse(found.error());
  const auto& all = found->goods->goods;
  const auto known = all.find(call->segment(3));
  if (known == all.end() || !sees_goods(call->who, known->second)) {
    return call->refuse(Error{ErrorCode::NotFound, "There is no such SKU.", "", ""});
  }
  const auto& [sku, goods] = *known;
  const auto& policy = desk.setup().policy;
  const auto& of_sku = policy_of(policy, sku);
  Json mappings{Json::Array{}};
  for (const auto& offer : goods.offers) {
    if (!sees_supplier(desk.setup(), call->who, offer.supplier)) continue;
    mappings.push(offer_json(desk.setup(), offer, title_of(call->who, goods), desk.now()));
  }
  auto changes = changes_json(desk, sku);
  if (!changes) return call->refuse(changes.error());
  auto photos = photos_json(desk, sku);
  if (!photos) return call->refuse(photos.error());
  auto compared = equivalents_json(desk, call->who, sku);
  if (!compared) return call->refuse(compared.error());
  const auto unmapped =
      std::ranges::find(policy.reasons, ReasonCode::UnmappedSku, &ReasonPolicy::reason);
  Json json;
  json.set("product", row_json(desk, call->who, *found->orders, sku, goods));
  json.set("listings", listings_json(call->who, goods));
  json.set("photos", std::move(*photos));
  json.set("mappings", std::move(mappings));
  json.set("equivalents", std::move(*compared));
  json.set("mapping_changes", std::move(*changes));
  json.set("category", of_sku.category);
  json.set("least_price", engine::amount_json(of_sku.least_price));
  json.set("hs_code", of_sku.hs_code);
  json.set("origin", of_sku.origin);
  json.set("procedure", procedure_json(procedure_of(policy, of_sku.risks)));
  json.set("mapping_owner", unmapped == policy.reasons.end() ? "" : unmapped->owner);
  call->answer(json_answer(json));
}

}  // namespace

std::vector<Route> product_routes() {
  return {{"listProducts", list_products, false, true}, {"getProduct", get_product, false, true}};
}

}  // namespace holdfast::api
