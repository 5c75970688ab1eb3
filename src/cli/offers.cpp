#include "cli/offers.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "model/codec.h"

namespace holdfast::cli {
namespace {

constexpr std::size_t page = 250;

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

ports::RecordRow offer_record(TenantId tenant, const Offer& offer) {
  return {tenant, "offer", offer.sku + "\n" + offer.supplier, codec::encode(offer), {}};
}

Status overlay_offers(ports::Store& store, engine::Setup& setup) {
  std::map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < setup.offers.size(); ++i) {
    places[setup.offers[i].sku + "\n" + setup.offers[i].supplier] = i;
  }
  std::string after;
  while (true) {
    const auto rows = store.records(setup.tenant, "offer", after, page);
    if (!rows) return fail(rows.error());
    for (const auto& row : *rows) {
      const auto json = parse_json(row.bytes);
      Offer offer;
      const auto status = json ? codec::read(*json, offer) : Status(fail(json.error()));
      if (!status) return fail(within(status.error(), "offer " + row.key));
      const auto known = places.find(row.key);
      if (known == places.end())
        setup.offers.push_back(std::move(offer));
      else
        setup.offers[known->second] = std::move(offer);
    }
    if (rows->size() < page) return {};
    after = rows->back().key;
  }
}

}  // namespace holdfast::cli
