#include "core/routing/route.h"

#include <algorithm>
#include <bit>

#include "core/routing/filters.h"

namespace holdfast::core {
namespace {

/// An offer that stayed, with its score.
struct Scored {
  const Offer* offer = nullptr;
  std::int64_t score = 0;
  std::int64_t stock = 0;
};

struct Board {
  std::vector<std::vector<Scored>> by_demand;  // best score first
  std::vector<std::string> suppliers;
};

struct Choice {
  std::vector<Allocation> allocations;
  std::int64_t score = -1;  // sum over pieces
  std::size_t suppliers = 0;
};

Allocation give(const Demand& demand, const Scored& from, std::int64_t quantity) {
  return {demand.line, quantity, from.offer->supplier, from.offer->supplier_sku, from.offer->cost};
}

/// Covers one demand from the allowed suppliers, splitting it only when it must and may be.
bool cover(const Demand& demand, const std::vector<Scored>& scored, auto allowed, bool split,
           Choice& choice) {
  for (const auto& candidate : scored) {
    if (!allowed(candidate.offer->supplier) || candidate.stock < demand.quantity) continue;
    choice.allocations.push_back(give(demand, candidate, demand.quantity));
    choice.score += candidate.score * demand.quantity;
    return true;
  }
  if (!split) return false;
  auto left = demand.quantity;
  for (const auto& candidate : scored) {
    if (left == 0) break;
    if (!allowed(candidate.offer->supplier)) continue;
    const auto part = std::min(left, candidate.stock);
    if (part == 0) continue;
    choice.allocations.push_back(give(demand, candidate, part));
    choice.score += candidate.score * part;
    left -= part;
  }
  return left == 0;
}

std::size_t suppliers_in(const Choice& choice) {
  std::vector<std::string> seen;
  for (const auto& allocation : choice.allocations) {
    if (std::ranges::find(seen, allocation.supplier) == seen.end()) {
      seen.push_back(allocation.supplier);
    }
  }
  return seen.size();
}

/// Every subset of suppliers: fewest first, then the best score. At most 2^8 subsets.
Choice choose_exactly(const std::vector<Demand>& demands, const Board& board, bool split) {
  Choice best;
  const unsigned subsets = 1u << board.suppliers.size();
  for (unsigned subset = 1; subset < subsets; ++subset) {
    const auto size = static_cast<std::size_t>(std::popcount(subset));
    if (size > 1 && !split) continue;
    if (!best.allocations.empty() && size > best.suppliers) continue;
    const auto allowed = [&](const std::string& supplier) {
      const auto at = std::ranges::find(board.suppliers, supplier) - board.suppliers.begin();
      return (subset >> at & 1u) != 0;
    };
    Choice choice;
    choice.score = 0;
    bool covered = true;
    for (std::size_t i = 0; covered && i < demands.size(); ++i) {
      covered = cover(demands[i], board.by_demand[i], allowed, size > 1, choice);
    }
    if (!covered) continue;
    choice.suppliers = suppliers_in(choice);
    const bool fewer = best.allocations.empty() || choice.suppliers < best.suppliers;
    if (fewer || (choice.suppliers == best.suppliers && choice.score > best.score)) best = choice;
  }
  return best;
}

/// Heuristic for large baskets: one supplier for everything if any can, else each line its best.
Choice choose_greedily(const std::vector<Demand>& demands, const Board& board, bool split) {
  Choice best;
  for (const auto& supplier : board.suppliers) {
    Choice choice;
    choice.score = 0;
    const auto only = [&](const std::string& other) { return other == supplier; };
    bool covered = true;
    for (std::size_t i = 0; covered && i < demands.size(); ++i) {
      covered = cover(demands[i], board.by_demand[i], only, false, choice);
    }
    if (covered && choice.score > best.score) best = choice;
  }
  if (!best.allocations.empty() || !split) return best;
  Choice each;
  each.score = 0;
  const auto any = [](const std::string&) { return true; };
  for (std::size_t i = 0; i < demands.size(); ++i) {
    if (!cover(demands[i], board.by_demand[i], any, true, each)) return {};
  }
  return each;
}

UnitPrice cheapest_of(const std::vector<const Offer*>& offers) {
  UnitPrice cheapest;
  for (const auto* offer : offers) {
    const bool first = !cheapest.currency.known();
    if (first ||
        (offer->cost.currency == cheapest.currency && offer->cost.micros < cheapest.micros)) {
      cheapest = offer->cost;
    }
  }
  return cheapest;
}

/// Filters and scores the offers for one demand; fills the explanation as it goes.
std::vector<Scored> judge_offers(const Run& run, const Demand& demand, Route& route) {
  std::vector<const Offer*> stayed;
  const auto age = [&](const Offer& offer) { return (run.now() - offer.stated_at).ms / 60'000; };
  for (const auto& known : run.facts().offers) {
    const auto& offer = *known;
    if (offer.sku != demand.sku) continue;
    if (const auto removed = removed_by(run, demand, offer)) {
      route.candidates.push_back(
          {demand.line, offer.supplier, removed->filter, removed->detail, 0, age(offer)});
    } else {
      stayed.push_back(&offer);
    }
  }
  const auto cheapest = cheapest_of(stayed);
  std::vector<Scored> scored;
  for (const auto* offer : stayed) {
    const auto score = score_of(run, demand, *offer, cheapest);
    scored.push_back({offer, score, trusted_stock(run, *offer)});
    route.candidates.push_back({demand.line, offer->supplier, "",
                                "cost " + to_text(offer->cost) + ", stock " +
                                    std::to_string(offer->stock) + (offer->live ? " live" : ""),
                                score, age(*offer)});
  }
  std::ranges::sort(scored, [](const Scored& a, const Scored& b) {
    return a.score != b.score ? a.score > b.score : a.offer->supplier < b.offer->supplier;
  });
  return scored;
}

std::string failure_of(const Route& route, const std::vector<Demand>& demands, const Board& board) {
  for (std::size_t i = 0; i < demands.size(); ++i) {
    if (!board.by_demand[i].empty()) continue;
    bool any = false, only_late = true;
    for (const auto& candidate : route.candidates) {
      if (candidate.line != demands[i].line) continue;
      any = true;
      only_late = only_late && candidate.removed_by == "cannot_meet_promise";
    }
    const auto what = "line " + std::to_string(demands[i].line) + " (" + demands[i].sku + ")";
    if (!any) return "no supplier offers " + what;
    if (only_late) return "no supplier can meet the promise for " + what;
    return "every supplier was filtered out for " + what;
  }
  return "no permitted choice covers all pieces; a split is not allowed or the stock is too small";
}

bool split_permitted(const Run& run) {
  const auto& routing = run.policy().routing;
  if (!routing.split_allowed) return false;
  if (!routing.split_min_total.currency.known()) return true;
  return run.state().total.currency == routing.split_min_total.currency &&
         run.state().total.minor >= routing.split_min_total.minor;
}

}  // namespace

Route route(const Run& run, const std::vector<Demand>& demands) {
  Route route;
  Board board;
  for (const auto& demand : demands) {
    board.by_demand.push_back(judge_offers(run, demand, route));
    for (const auto& scored : board.by_demand.back()) {
      const auto& supplier = scored.offer->supplier;
      if (std::ranges::find(board.suppliers, supplier) == board.suppliers.end()) {
        board.suppliers.push_back(supplier);
      }
    }
  }
  const bool split = !run.rule("routing.split") || split_permitted(run);
  route.heuristic = demands.size() > exact_lines || board.suppliers.size() > exact_suppliers;
  auto choice = route.heuristic ? choose_greedily(demands, board, split)
                                : choose_exactly(demands, board, split);
  std::int64_t pieces = 0;
  for (const auto& demand : demands) pieces += demand.quantity;
  const auto least = run.policy().routing.least_score;
  if (choice.allocations.empty()) {
    route.failure = failure_of(route, demands, board);
  } else if (run.rule("routing.stop_loss") && choice.score < least * pieces) {
    route.failure = "the best choice scores " + std::to_string(choice.score / pieces) +
                    ", below the stop-loss of " + std::to_string(least);
  } else {
    route.allocations = std::move(choice.allocations);
  }
  return route;
}

}  // namespace holdfast::core
