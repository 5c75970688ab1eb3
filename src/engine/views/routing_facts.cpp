#include "engine/views/routing_facts.h"

#include <algorithm>

#include "base/hash.h"

namespace holdfast::engine {
namespace {

Result<Json> read_value(ports::Store& store, TenantId tenant, const std::string& hash) {
  const auto bytes = from_hex(hash);
  Digest digest{};
  if (!bytes || bytes->size() != digest.size()) {
    return fail(ErrorCode::NotFound, "the decision names no stored facts", hash);
  }
  std::ranges::transform(*bytes, digest.begin(), [](char c) { return std::uint8_t(c); });
  auto stored = store.value(tenant, digest);
  if (!stored) return fail(stored.error());
  if (!*stored) return fail(ErrorCode::NotFound, "these facts are not in this store", hash);
  return parse_json(**stored);
}

}  // namespace

Result<ComparedOffers> read_compared(ports::Store& store, TenantId tenant,
                                     const std::string& hash) {
  auto json = read_value(store, tenant, hash);
  if (!json) return fail(json.error());
  auto facts = decode_routing_facts(*json);
  if (!facts) return fail(facts.error());
  ComparedOffers compared;
  compared.offers = std::move(facts->offers);
  for (const auto& supplier : facts->suppliers) {
    auto stored = read_value(store, tenant, supplier.hash);
    if (!stored) return fail(stored.error());
    auto profile = decode_profile(*stored);
    if (!profile) return fail(profile.error());
    compared.suppliers[supplier.supplier] = std::move(*profile);
  }
  return compared;
}

}  // namespace holdfast::engine
