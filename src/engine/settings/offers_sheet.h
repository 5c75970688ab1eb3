#pragma once
// OffersSheet: a file of offers that somebody hands in while the program runs, with everything
// wrong with it by line and column. What offers mean to the engine is not its business.

#include <string>
#include <utility>
#include <vector>

#include "engine/settings/sheet.h"
#include "engine/setup.h"

namespace holdfast::engine {

struct OffersSheet {
  std::vector<std::pair<std::int64_t, Offer>> offers;  // by the line each begins at
  std::vector<SheetProblem> problems;
};

/// Reads a CSV text whose header has names of Offer's fields; sku, supplier and cost are needed, an
/// empty cell keeps the default. A supplier that is not in `profiles`, and an item that stands
/// twice, are problems. Invalid when the text is no such file.
Result<OffersSheet> read_offers_sheet(const std::string& csv,
                                      const std::map<std::string, SupplierProfile>& profiles,
                                      Instant now);

}  // namespace holdfast::engine
