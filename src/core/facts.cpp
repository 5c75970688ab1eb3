#include "core/facts.h"

#include <set>

#include "base/hash.h"

namespace holdfast::core {

const SupplierProfile* Facts::supplier(std::string_view id) const {
  if (!suppliers) return nullptr;
  const auto found = suppliers->find(std::string(id));
  return found == suppliers->end() ? nullptr : &found->second;
}

RoutingFacts Facts::offers_compared() const {
  RoutingFacts compared;
  std::set<std::string> seen;
  for (const auto& offer : offers) {
    compared.offers.push_back(*offer);
    const auto* profile = supplier(offer->supplier);
    if (!profile || !seen.insert(offer->supplier).second) continue;
    compared.suppliers.push_back({offer->supplier, hex(sha256(encode_profile(*profile)))});
  }
  return compared;
}

std::string Facts::offers_hash() const {
  return hex(sha256(encode_routing_facts(offers_compared())));
}

}  // namespace holdfast::core
