#pragma once
// Offers: what suppliers stated while the program runs, as records of the store beside those the
// configuration names. A stated offer replaces the configured one for the same SKU and supplier;
// nothing is ever merged.

#include <vector>

#include "model/values.h"
#include "ports/store.h"

namespace holdfast::engine {

/// The record of an offer: kind "offer", key SKU, a line feed and the supplier.
ports::RecordRow offer_row(TenantId tenant, const Offer& offer);

/// The configured offers with the stated ones laid over them. Invalid when a record does not read,
/// else the store's errors.
Result<std::vector<Offer>> offers_now(ports::Store& store, TenantId tenant,
                                      std::vector<Offer> configured);

}  // namespace holdfast::engine
