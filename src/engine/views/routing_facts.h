#pragma once
// RoutingFacts, read back: the very offers and supplier profiles that a routing decision compared.
// It must never fall back on today's catalogue; what was not stored is not found.

#include <map>
#include <string>

#include "model/facts_codec.h"
#include "ports/store.h"

namespace holdfast::engine {

/// What was compared, with the profiles behind the offers.
struct ComparedOffers {
  std::vector<Offer> offers;
  std::map<std::string, SupplierProfile> suppliers;
};

/// Reads the facts a decision names by hash. NotFound when the decision names none or they are not
/// in this store, Invalid when they cannot be read.
Result<ComparedOffers> read_compared(ports::Store& store, TenantId tenant, const std::string& hash);

}  // namespace holdfast::engine
