#pragma once
// Gather: collects what a decision may depend on, before it. The only reader of catalogue, clock
// and other orders' references on behalf of the core.

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/facts.h"
#include "core/state.h"
#include "engine/setup.h"

namespace holdfast::engine {

/// Numbers for purchase orders: prefix, counter in base 30 without look-alike letters, and a check
/// character over both, so that a mistyped number is noticed. At most 30 characters.
std::string po_number(std::string_view prefix, std::int64_t counter);

/// Whether a number's check character fits.
bool po_number_fits(std::string_view number);

/// The engine's catalogue of offers by SKU.
class Catalogue {
 public:
  explicit Catalogue(std::vector<Offer> offers);
  /// Offers for one of our SKUs.
  const std::vector<std::shared_ptr<const Offer>>& offers(const std::string& sku) const;
  /// Replaces or adds one offer (same SKU and supplier).
  void put(Offer offer);

 private:
  std::unordered_map<std::string, std::vector<std::shared_ptr<const Offer>>> by_sku_;
};

}  // namespace holdfast::engine
