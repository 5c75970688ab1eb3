#include "cli/offers.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "model/codec.h"

namespace holdfast::cli {
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

}  // namespace

std::vector<std::string> offer_columns() {
  codec::NameVisitor names;
  Offer offer;
  Offer::each(offer, names);
  return names.names;
}

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

}  // namespace holdfast::cli
