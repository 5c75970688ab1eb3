#pragma once
// Case pieces: the bought pieces an exception is about, what they cost and what the buyer pays for
// them. A case whose pieces cannot be told has none: nothing is priced by a guess.

#include <optional>
#include <string_view>
#include <vector>

#include "core/state.h"

namespace holdfast::engine {

/// Some pieces of an order's line, bought from a supplier at a cost.
struct CasePiece {
  std::int64_t line = 0;
  std::int64_t quantity = 0;
  std::string supplier;
  UnitPrice cost;

  bool operator==(const CasePiece&) const = default;
};

/// The pieces of the parcel, purchase order or purchase order's line that a case names. One about a
/// cancellation ("cancel HF-7") is about the pieces that were not stopped.
std::vector<CasePiece> named_pieces(const core::OrderState& state, std::string_view about);

/// Every piece on order, as long as that is all the buyer still wants.
std::vector<CasePiece> all_pieces(const core::OrderState& state);

/// What buying elsewhere takes from its supplier: the purchase order a case names or that of its
/// parcel, else those that have not left, else all that are live.
std::vector<CasePiece> moved_pieces(const core::OrderState& state, std::string_view about);

/// What they cost, and what the buyer pays for them; nothing for no pieces, when a part is unknown,
/// or when the currencies differ.
std::optional<Money> cost_of(const std::vector<CasePiece>& pieces);
std::optional<Money> price_of(const core::OrderState& state, const std::vector<CasePiece>& pieces);

/// The difference, where both are known and in one currency.
std::optional<Money> left_of(const std::optional<Money>& from, const std::optional<Money>& what);

}  // namespace holdfast::engine
