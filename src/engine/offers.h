#pragma once
// Offers: what suppliers stated while the program runs, as records of the store beside those the
// configuration names. A stated offer replaces the configured one for the same SKU and supplier;
// nothing is ever merged.

#include <string>
#include <vector>

#include "model/values.h"
#include "ports/store.h"

namespace holdfast::engine {

/// The record of an offer: kind "offer", key SKU, a line feed and the supplier.
ports::RecordRow offer_row(TenantId tenant, const Offer& offer);

/// The configured offers with the stated ones laid over them, and those suspended whose item does
/// not keep the listing's promise (promise_notes.h). Invalid when a record does not read, else the
/// store's errors.
Result<std::vector<Offer>> offers_now(ports::Store& store, TenantId tenant,
                                      std::vector<Offer> configured);

/// Suspends those of `offers` whose item does not keep the listing's promise. Errors as offers_now.
Status keep_suspended(ports::Store& store, TenantId tenant, std::vector<Offer>& offers);

/// Another item of a supplier stands behind one of our SKUs than before.
struct MappingChange {
  std::string sku;
  std::string supplier;
  std::string before;
  std::string after;
  std::string by;
  Instant at;

  static void each(auto& self, auto& visit) {
    visit("sku", self.sku);
    visit("supplier", self.supplier);
    visit("before", self.before);
    visit("after", self.after);
    visit("by", self.by);
    visit("at", self.at);
  }
};

/// Records of what `offers` change about the items known so far: kind "mapping", by SKU, newest
/// first. An offer for a SKU and supplier not known before is no change.
std::vector<ports::RecordRow> mapping_rows(TenantId tenant, const std::vector<Offer>& known,
                                           const std::vector<Offer>& offers, const std::string& by,
                                           Instant now);

/// The newest changes of a SKU's mappings, at most `limit`. Errors as offers_now.
Result<std::vector<MappingChange>> mapping_changes(ports::Store& store, TenantId tenant,
                                                   const std::string& sku, std::size_t limit);

}  // namespace holdfast::engine
