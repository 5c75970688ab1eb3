#include "engine/offers.h"

#include <map>

#include "model/codec.h"

namespace holdfast::engine {
namespace {

constexpr const char* kind = "offer";
constexpr std::size_t page = 250;

std::string key_of(const Offer& offer) { return offer.sku + "\n" + offer.supplier; }

}  // namespace

ports::RecordRow offer_row(TenantId tenant, const Offer& offer) {
  return {tenant, kind, key_of(offer), codec::encode(offer), {}};
}

Result<std::vector<Offer>> offers_now(ports::Store& store, TenantId tenant,
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

}  // namespace holdfast::engine
