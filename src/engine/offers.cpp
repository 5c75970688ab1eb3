#include "engine/offers.h"

#include <map>

#include "engine/promise_notes.h"
#include "model/codec.h"

namespace holdfast::engine {
namespace {

constexpr const char* kind = "offer";
constexpr std::size_t page = 250;

constexpr const char* mapping_kind = "mapping";
constexpr std::int64_t end_of_time = 9'999'999'999'999;  // ms; 13 digits, so that keys sort

std::string key_of(const Offer& offer) { return offer.sku + "\n" + offer.supplier; }

/// Newer ones sort before older ones.
std::string mapping_key(const MappingChange& change) {
  return change.sku + "\n" + std::to_string(end_of_time - change.at.ms) + "\n" + change.supplier;
}

/// The configured offers with the stated ones laid over them.
Result<std::vector<Offer>> offers_stated(ports::Store& store, TenantId tenant,
                                         std::vector<Offer> configured) {
  auto offers = std::move(configured);
  std::map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < offers.size(); ++i) places[key_of(offers[i])] = i;
  std::string after;
  while (true) {
    const auto rows = store.records(tenant, kind, after, page);
    if (!rows) return fail(rows.error());
    for (const auto& row : *rows) {
      const auto json = parse_json(row.bytes);
      Offer offer;
      const auto status = json ? codec::read(*json, offer) : Status(fail(json.error()));
      if (!status) return fail(within(status.error(), "offer " + row.key));
      const auto known = places.find(row.key);
      if (known == places.end())
        offers.push_back(std::move(offer));
      else
        offers[known->second] = std::move(offer);
    }
    if (rows->size() < page) return offers;
    after = rows->back().key;
  }
}

}  // namespace

ports::RecordRow offer_row(TenantId tenant, const Offer& offer) {
  return {tenant, kind, key_of(offer), codec::encode(offer), {}};
}

Result<std::vector<Offer>> offers_now(ports::Store& store, TenantId tenant,
                                      std::vector<Offer> configured) {
  auto offers = offers_stated(store, tenant, std::move(configured));
  if (!offers) return offers;
  if (auto status = keep_suspended(store, tenant, *offers); !status) return fail(status.error());
  return offers;
}

Status keep_suspended(ports::Store& store, TenantId tenant, std::vector<Offer>& offers) {
  const auto unlike = unlike_items(store, tenant);
  if (!unlike) return fail(unlike.error());
  for (auto& offer : offers) offer.suspended = offer.suspended || unlike->contains(item_key(offer));
  return {};
}

std::vector<ports::RecordRow> mapping_rows(TenantId tenant, const std::vector<Offer>& known,
                                           const std::vector<Offer>& offers, const std::string& by,
                                           Instant now) {
  std::map<std::string, std::string> items;
  for (const auto& offer : known) items[key_of(offer)] = offer.supplier_sku;
  std::vector<ports::RecordRow> rows;
  for (const auto& offer : offers) {
    const auto before = items.find(key_of(offer));
    if (before == items.end() || before->second == offer.supplier_sku) continue;
    const MappingChange change{offer.sku, offer.supplier, before->second, offer.supplier_sku, by,
                               now};
    rows.push_back({tenant, mapping_kind, mapping_key(change), codec::encode(change), {}});
  }
  return rows;
}

Result<std::vector<MappingChange>> mapping_changes(ports::Store& store, TenantId tenant,
                                                   const std::string& sku, std::size_t limit) {
  const auto start = sku + "\n";
  const auto rows = store.records(tenant, mapping_kind, start, limit);
  if (!rows) return fail(rows.error());
  std::vector<MappingChange> changes;
  for (const auto& row : *rows) {
    if (!row.key.starts_with(start)) break;
    const auto json = parse_json(row.bytes);
    MappingChange change;
    const auto status = json ? codec::read(*json, change) : Status(fail(json.error()));
    if (!status) return fail(within(status.error(), "mapping " + row.key));
    changes.push_back(std::move(change));
  }
  return changes;
}

}  // namespace holdfast::engine
