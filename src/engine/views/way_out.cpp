#include "engine/views/way_out.h"

#include <algorithm>
#include <optional>

#include "engine/views/case_supplier.h"
#include "engine/views/words.h"

namespace holdfast::engine {
namespace {

bool is_change(ReasonCode reason) {
  return reason == ReasonCode::Substitution || reason == ReasonCode::PriceChange;
}

bool one_of(std::string_view verb, std::initializer_list<std::string_view> verbs) {
  return std::ranges::find(verbs, verb) != verbs.end();
}

/// What the buyer paid for the pieces that are still wanted.
std::optional<Money> open_revenue(const core::OrderState& state) {
  std::vector<CasePiece> wanted;
  for (const auto& line : state.lines) {
    if (line.wanted() > 0) wanted.push_back({line.line.line, line.wanted(), {}, {}});
  }
  return price_of(state, wanted);
}

struct Trade {
  std::optional<Money> cost, margin;
};

/// What pieces cost as they are offered now, and what they leave.
Trade trade_of(const core::OrderState& state, const std::vector<CasePiece>& pieces) {
  const auto cost = cost_of(pieces);
  return {cost, left_of(price_of(state, pieces), cost)};
}

/// What goes back to the buyer: the price of the pieces it is about, or all that is at risk.
std::optional<Money> refund_of(const core::OrderState& state, const core::ExceptionState& known) {
  if (po_of(state, known.about)) return price_of(state, named_pieces(state, known.about));
  const auto& all = known.money_at_risk;
  return all.currency.known() ? std::optional(all) : std::nullopt;
}

/// What pieces cost where they would come from next, and what they leave then.
Trade trade_elsewhere(const core::OrderState& state, const core::ExceptionState& known,
                      const Elsewhere& elsewhere) {
  const auto price = price_of(state, moved_pieces(state, known.about));
  return {elsewhere.cost, left_of(price, elsewhere.cost)};
}

Trade trade_of(const core::OrderState& state, const core::ExceptionState& known,
               std::string_view verb, const std::optional<Elsewhere>& elsewhere) {
  const bool leaves = leaves_with(known.reason, known.about, verb) != "nothing";
  if (goes_elsewhere(known.reason, verb)) {
    return elsewhere ? trade_elsewhere(state, known, *elsewhere) : Trade{};
  }
  if (verb == "cancel") return {open_revenue(state), {}};
  if (verb == "refund") return {refund_of(state, known), {}};
  const auto named = named_pieces(state, known.about);
  if (leaves && one_of(verb, {"approve", "retry"})) return trade_of(state, named);
  if (leaves && one_of(verb, {"override", "release"})) {
    // A gate or a hold that names neither purchase nor parcel is about all of its order.
    const bool whole = known.about.find('@') == known.about.npos && !po_of(state, known.about);
    return trade_of(state, whole ? all_pieces(state) : named);
  }
  if (verb != "confirm") return {};
  if (known.reason == ReasonCode::SupplierPayment) return trade_of(state, named);
  if (known.reason == ReasonCode::CancellationRequest) return {cost_of(named), {}};
  return {};
}

Json elsewhere_json(const Elsewhere& elsewhere) {
  Json json;
  json.set("supplier", elsewhere.supplier);
  json.set("lead_days", elsewhere.lead_days);
  json.set("compared_at", to_text(elsewhere.compared_at));
  return json;
}

Json maybe_json(const std::optional<Money>& amount) {
  return amount ? amount_json(*amount) : Json();
}

}  // namespace

std::string_view leaves_with(ReasonCode reason, std::string_view about, std::string_view verb) {
  if (reason == ReasonCode::AutomationOffer) return "nothing";
  if (one_of(verb, {"approve", "buy_again", "release"})) return "purchase";
  if (verb == "retry" && reason == ReasonCode::UnknownOutcome) return "purchase";
  if (one_of(verb, {"cancel", "reroute"})) return "cancellation";
  if (verb == "reject" && is_change(reason)) return "cancellation";
  // A gate about a purchase order or a parcel stands before its goods, any other before buying.
  if (verb == "override") return about.find('@') == about.npos ? "purchase" : "goods";
  if (verb == "refund") return "money";
  return "nothing";
}

std::string_view promise_after(ReasonCode reason, std::string_view verb) {
  if (one_of(verb, {"cancel", "refund"})) return "ends";
  if (one_of(verb, {"reroute", "buy_again", "replace"})) return "moves";
  if (verb == "reject" && reason != ReasonCode::AutomationOffer) return "moves";
  if (one_of(verb, {"wait", "contact", "hold"})) return "runs";
  return "kept";
}

bool goes_elsewhere(ReasonCode reason, std::string_view verb) {
  return verb == "reroute" || (verb == "reject" && promise_after(reason, verb) == "moves");
}

Json way_out_json(const core::OrderState& state, const core::ExceptionState& known,
                  const Option& option, const std::optional<Elsewhere>& elsewhere) {
  const auto trade = trade_of(state, known, option.verb, elsewhere);
  const bool moves = elsewhere && goes_elsewhere(known.reason, option.verb);
  Json json;
  json.set("verb", option.verb);
  json.set("consequence", option.consequence);
  json.set("cost",
           option.cost.currency.known() ? amount_json(option.cost) : maybe_json(trade.cost));
  json.set("margin", maybe_json(trade.margin));
  json.set("promise", promise_after(known.reason, option.verb));
  json.set("leaves", leaves_with(known.reason, known.about, option.verb));
  json.set("elsewhere", moves ? elsewhere_json(*elsewhere) : Json());
  return json;
}

}  // namespace holdfast::engine
