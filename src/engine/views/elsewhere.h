#pragma once
// Elsewhere: the supplier that pieces would go to next, with its price and the days it states, as
// it was compared when they were last routed. It must never ask today's catalogue or guess a price.

#include <optional>
#include <vector>

#include "engine/views/case_pieces.h"
#include "engine/views/history.h"
#include "engine/views/routing_facts.h"

namespace holdfast::engine {

struct Elsewhere {
  std::string supplier;
  Money cost;
  std::int64_t lead_days = 0;  // that supplier's working days from purchase to hand-over
  Instant compared_at;

  bool operator==(const Elsewhere&) const = default;
};

/// When and how the pieces were last routed.
struct LastRouted {
  Instant at;
  const RoutingDecided* decided = nullptr;
};

/// The newest decision about these pieces' lines; none when they were never routed, or in vain
/// since.
std::optional<LastRouted> last_routed(const History& history, const std::vector<CasePiece>& pieces);

/// The best of the suppliers that were left for all of these pieces, neither theirs now nor one
/// that failed for them; nothing when none was, or when its price cannot be told.
std::optional<Elsewhere> elsewhere_of(const core::OrderState& state,
                                      const std::vector<CasePiece>& pieces,
                                      const LastRouted& routed, const ComparedOffers& compared);

}  // namespace holdfast::engine
