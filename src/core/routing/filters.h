#pragma once
// Filters and scores of single candidates; choice.cpp combines them.
// A filter names itself, so that the explanation can say what removed a candidate.

#include <optional>

#include "core/routing/route.h"

namespace holdfast::core {

struct Removed {
  std::string filter;
  std::string detail;
};

/// The first filter that removes an offer for a demand; nothing when it stays.
std::optional<Removed> removed_by(const Run& run, const Demand& demand, const Offer& offer);

/// 0…1000 by the weights that match channel, category and region; `cheapest` is the lowest cost
/// among the offers that stayed.
std::int64_t score_of(const Run& run, const Demand& demand, const Offer& offer, UnitPrice cheapest);

/// Pieces the offer can be trusted with: stated stock less the buffer.
std::int64_t trusted_stock(const Run& run, const Offer& offer);

}  // namespace holdfast::core
