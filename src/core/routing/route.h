#pragma once
// Routing: who supplies which pieces, and why. Every candidate and what removed it is kept.
// Exact for up to 12 lines and 8 suppliers; above that a stated greedy heuristic.

#include <vector>

#include "core/run.h"

namespace holdfast::core {

/// Pieces of a line that nobody supplies yet.
struct Demand {
  std::int64_t line = 0;
  std::string sku;
  std::string category;
  UnitPrice price;
  std::int64_t quantity = 0;
  std::vector<std::string> not_from;  // suppliers that already failed for this line
};

struct Route {
  std::vector<Allocation> allocations;  // empty when routing failed
  std::vector<Candidate> candidates;
  bool heuristic = false;
  std::string failure;  // why there is no route
};

constexpr std::size_t exact_lines = 12;
constexpr std::size_t exact_suppliers = 8;

/// Names of the hard filters, in the order they are applied.
extern const std::vector<std::string> routing_filters;

/// The best permitted choice: fewest suppliers first, then the highest score.
Route route(const Run& run, const std::vector<Demand>& demands);

}  // namespace holdfast::core
