#include "engine/settings/offers_sheet.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "base/text.h"
#include "model/codec.h"

namespace holdfast::engine {
namespace {

Status read_cell(const std::string& cell, std::string& into) {
  into = cell;
  return {};
}

Status read_cell(const std::string& cell, std::int64_t& into) {
  const auto* end = cell.data() + cell.size();
  const auto [at, problem] = std::from_chars(cell.data(), end, into);
  if (problem == std::errc() && at == end && into >= 0) return {};
  return fail(ErrorCode::Invalid, "expected a whole number, 0 or more");
}

Status read_cell(const std::string& cell, bool& into) {
  into = cell == "true";
  if (into || cell == "false") return {};
  return fail(ErrorCode::Invalid, "expected true or false");
}

template <class T>
Status taken(Result<T> read, T& into) {
  if (!read) return fail(read.error());
  into = *read;
  return {};
}

Status read_cell(const std::string& cell, UnitPrice& into) {
  return taken(parse_unit_price(cell), into);
}
Status read_cell(const std::string& cell, Instant& into) {
  return taken(parse_instant(cell), into);
}
Status read_cell(const std::string& cell, Mode& into) { return taken(from_name<Mode>(cell), into); }

struct CellReader {
  const std::map<std::string, std::string>& cells;
  std::vector<std::pair<std::string, Error>>& problems;

  template <class T>
  void operator()(const char* name, T& into) {
    const auto found = cells.find(name);
    if (found == cells.end() || found->second.empty()) return;
    if (auto status = read_cell(found->second, into); !status) {
      problems.emplace_back(name, status.error());
    }
  }
};

/// Columns an offers file may have.
std::vector<std::string> offer_columns() {
  codec::NameVisitor names;
  Offer offer;
  Offer::each(offer, names);
  return names.names;
}

/// Reads one line's cells by column. Every cell that does not read, and every one that must not be
/// empty, is added to `problems` with its column.
void read_offer(const std::map<std::string, std::string>& cells, Offer& offer,
                std::vector<std::pair<std::string, Error>>& problems) {
  CellReader reader{cells, problems};
  Offer::each(offer, reader);
  const auto needs = [&](bool there, const char* column) {
    if (!there)
      problems.emplace_back(column, Error{ErrorCode::Invalid, "must not be empty", "", ""});
  };
  needs(!offer.sku.empty(), "sku");
  needs(!offer.supplier.empty(), "supplier");
  const auto cost = cells.find("cost");
  needs(cost != cells.end() && !cost->second.empty(), "cost");
  if (offer.supplier_sku.empty()) offer.supplier_sku = offer.sku;
}

}  // namespace

Result<OffersSheet> read_offers_sheet(const std::string& csv,
                                      const std::map<std::string, SupplierProfile>& profiles,
                                      Instant now) {
  auto sheet = read_sheet(csv, offer_columns(), {"sku", "supplier", "cost"});
  if (!sheet) return fail(sheet.error());
  OffersSheet read{{}, std::move(sheet->problems)};
  std::set<std::string> seen;
  for (auto& [line, cells] : sheet->rows) {
    Offer offer;
    offer.stated_at = now;
    std::vector<std::pair<std::string, Error>> problems;
    read_offer(cells, offer, problems);
    if (!profiles.contains(offer.supplier)) {
      problems.push_back({"supplier",
                          {ErrorCode::NotFound, "no such supplier: " + offer.supplier, "",
                           "name the id of a supplier that is connected"}});
    }
    if (problems.empty() && !seen.insert(offer.sku + "\n" + offer.supplier).second) {
      problems.push_back(
          {"sku", {ErrorCode::Conflict, "this supplier's item stands twice", "", "keep one line"}});
    }
    for (const auto& [column, error] : problems) read.problems.push_back({line, column, error});
    if (problems.empty()) read.offers.emplace_back(line, std::move(offer));
  }
  return read;
}

}  // namespace holdfast::engine
