#include "engine/views/way_out.h"

#include <algorithm>
#include <optional>

#include "engine/views/words.h"

namespace holdfast::engine {
namespace {

bool is_change(ReasonCode reason) {
  return reason == ReasonCode::Substitution || reason == ReasonCode::PriceChange;
}

bool one_of(std::string_view verb, std::initializer_list<std::string_view> verbs) {
  return std::ranges::find(verbs, verb) != verbs.end();
}

/// A sum that is unknown as soon as one part of it is.
class Sum {
 public:
  void add_up(const Result<Money>& part) {
    if (!part || !part->currency.known()) {
      known_ = false;
      return;
    }
    const auto sum = add(sum_, *part);
    known_ = known_ && sum.has_value();
    if (sum) sum_ = *sum;
  }
  std::optional<Money> value() const {
    return known_ && sum_.currency.known() ? std::optional(sum_) : std::nullopt;
  }

 private:
  Money sum_;
  bool known_ = true;
};

std::optional<Money> less(const std::optional<Money>& from, const std::optional<Money>& what) {
  if (!from || !what) return std::nullopt;
  const auto rest = subtract(*from, *what);
  return rest ? std::optional(*rest) : std::nullopt;
}

/// What the buyer paid for the pieces that are still wanted.
std::optional<Money> open_revenue(const core::OrderState& state) {
  Sum sum;
  for (const auto& line : state.lines) {
    if (line.wanted() > 0) sum.add_up(price_of(line.line.price, line.wanted()));
  }
  return sum.value();
}

struct Trade {
  std::optional<Money> cost, margin;
};

/// What the pieces of a purchase order cost as they are offered now, and what they leave.
Trade trade_of(const core::OrderState& state, const core::PoState& po, std::int64_t line) {
  Sum paid, earned;
  for (const auto& part : po.lines) {
    if (line != 0 && part.asked.line != line) continue;
    const bool answered = part.answer && part.answer->cost.currency.known();
    const auto pieces = part.answer ? part.answer->quantity : part.live();
    paid.add_up(price_of(answered ? part.answer->cost : part.asked.cost, pieces));
    const auto* sold = state.line(part.asked.line);
    earned.add_up(sold ? price_of(sold->line.price, pieces) : Result<Money>(Money{}));
  }
  return {paid.value(), less(earned.value(), paid.value())};
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

Json way_out_json(const core::OrderState& state, const core::ExceptionState& known,
                  const Option& option, const core::PoState* po, std::int64_t line) {
  const auto leaves = leaves_with(known.reason, known.about, option.verb);
  Trade trade;
  if (option.verb == "approve" && leaves == "purchase" && po) trade = trade_of(state, *po, line);
  if (option.verb == "cancel") trade.cost = open_revenue(state);
  Json json;
  json.set("verb", option.verb);
  json.set("consequence", option.consequence);
  json.set("cost",
           option.cost.currency.known() ? amount_json(option.cost) : maybe_json(trade.cost));
  json.set("margin", maybe_json(trade.margin));
  json.set("promise", promise_after(known.reason, option.verb));
  json.set("leaves", leaves);
  return json;
}

}  // namespace holdfast::engine
