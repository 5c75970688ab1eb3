#include "engine/views/elsewhere.h"

#include <algorithm>
#include <set>

namespace holdfast::engine {
namespace {

/// Whether a supplier refused a line, or lost pieces of it to somebody else: it is not asked again.
bool failed_for(const core::PoState& po, std::int64_t line) {
  const auto* part = po.line(line);
  return part && (po.refused || po.double_buy || part->refused > 0 || part->withdrawn > 0);
}

bool may_take(const core::OrderState& state, const CasePiece& piece, const std::string& supplier) {
  return supplier != piece.supplier && std::ranges::none_of(state.pos, [&](const auto& po) {
           return po.supplier == supplier && failed_for(po, piece.line);
         });
}

const Candidate* left_for(const RoutingDecided& decided, std::int64_t line,
                          const std::string& supplier) {
  const auto found = std::ranges::find_if(decided.candidates, [&](const Candidate& one) {
    return one.line == line && one.supplier == supplier && one.removed_by.empty();
  });
  return found == decided.candidates.end() ? nullptr : &*found;
}

/// The one offer of a supplier for an article; nullptr for none, or for several that differ.
const Offer* offer_of(const std::vector<Offer>& offers, const std::string& sku,
                      const std::string& supplier) {
  const Offer* known = nullptr;
  for (const auto& offer : offers) {
    if (offer.sku != sku || offer.supplier != supplier) continue;
    if (known && known->cost != offer.cost) return nullptr;
    known = &offer;
  }
  return known;
}

/// A supplier for all the pieces, with how well it did.
struct Bid {
  Elsewhere elsewhere;
  std::int64_t score = 0;
};

std::optional<Bid> bid_of(const core::OrderState& state, const std::vector<CasePiece>& pieces,
                          const LastRouted& routed, const ComparedOffers& compared,
                          const std::string& supplier) {
  Bid bid{{supplier, {}, 0, routed.at}, 0};
  auto bought = pieces;
  for (auto& piece : bought) {
    const auto* line = state.line(piece.line);
    const auto* candidate = left_for(*routed.decided, piece.line, supplier);
    const auto* offer = line ? offer_of(compared.offers, line->line.sku, supplier) : nullptr;
    if (!candidate || !offer || !may_take(state, piece, supplier)) return std::nullopt;
    if (offer->stock < piece.quantity) return std::nullopt;
    piece.cost = offer->cost;
    bid.score += candidate->score * piece.quantity;
    bid.elsewhere.lead_days = std::max(bid.elsewhere.lead_days, offer->lead_days);
  }
  const auto cost = cost_of(bought);
  if (!cost) return std::nullopt;
  bid.elsewhere.cost = *cost;
  return bid;
}

bool concerns(const std::vector<Candidate>& candidates, const std::vector<CasePiece>& pieces) {
  return std::ranges::any_of(pieces, [&](const CasePiece& piece) {
    return std::ranges::find(candidates, piece.line, &Candidate::line) != candidates.end();
  });
}

}  // namespace

std::optional<LastRouted> last_routed(const History& history,
                                      const std::vector<CasePiece>& pieces) {
  for (auto at = history.events.rbegin(); at != history.events.rend(); ++at) {
    const auto* decided = at->event.as<RoutingDecided>();
    if (decided && concerns(decided->candidates, pieces)) return LastRouted{at->row.at, decided};
    // Nobody was left since: what an older comparison says of these lines no longer holds.
    const auto* failed = at->event.as<RoutingFailed>();
    if (failed && concerns(failed->candidates, pieces)) return std::nullopt;
  }
  return std::nullopt;
}

std::optional<Elsewhere> elsewhere_of(const core::OrderState& state,
                                      const std::vector<CasePiece>& pieces,
                                      const LastRouted& routed, const ComparedOffers& compared) {
  std::set<std::string> suppliers;
  for (const auto& candidate : routed.decided->candidates) suppliers.insert(candidate.supplier);
  std::optional<Bid> best;
  for (const auto& supplier : suppliers) {
    auto bid = bid_of(state, pieces, routed, compared, supplier);
    if (bid && (!best || bid->score > best->score)) best = std::move(bid);
  }
  return best ? std::optional(std::move(best->elsewhere)) : std::nullopt;
}

}  // namespace holdfast::engine
