#include <algorithm>

#include "base/planted.h"
#include "core/gates/conditions.h"

namespace holdfast::core {
namespace {

Verdict open_on(std::int64_t event, Strength strength, std::string detail) {
  return {GateResult::Open, strength, {event}, std::move(detail)};
}

Verdict shut(GateResult result, std::int64_t event, std::string detail) {
  std::vector<std::int64_t> evidence;
  if (event != 0) evidence.push_back(event);
  return {result, {}, std::move(evidence), std::move(detail)};
}

bool nothing_ships(const OrderState& state) {
  return std::ranges::none_of(state.lines, [](const LineState& line) { return line.line.ships; });
}

bool counts_as_paid(PaymentRule rule, PaymentState payment) {
  switch (payment) {
    case PaymentState::Paid:
    case PaymentState::PartiallyRefunded:
      return true;
    case PaymentState::Authorized:
      return rule != PaymentRule::Captured;
    case PaymentState::Pending:
    case PaymentState::PartiallyPaid:
    case PaymentState::Unknown:
      if (planted("what is unpaid is bought")) return true;
      return rule == PaymentRule::Terms || rule == PaymentRule::CashOnDelivery ||
             rule == PaymentRule::MarketplaceCollects;
    case PaymentState::Refunded:
    case PaymentState::Voided:
    case PaymentState::Expired:
      return false;
  }
  return false;
}

bool payment_is_gone(PaymentState payment) {
  return payment == PaymentState::Refunded || payment == PaymentState::Voided ||
         payment == PaymentState::Expired;
}

}  // namespace

Verdict payment_secured(const Run& run) {
  const auto& state = run.state();
  const auto rule = channel_policy(run).payment;
  const std::string words = "payment is " + std::string(name_of(state.payment)) + ", rule is " +
                            std::string(name_of(rule));
  if (state.total.minor == 0 && state.total.currency.known()) {
    return open_on(1, Strength::Verified, "nothing to pay");
  }
  if (payment_is_gone(state.payment)) {
    return shut(GateResult::Failed, state.payment_event, words);
  }
  const bool asked = run.rule("payment", name_of(rule));
  if (!asked || !counts_as_paid(rule, state.payment)) {
    return shut(GateResult::Pending, state.payment_event, words);
  }
  const bool lapsed = state.payment == PaymentState::Authorized && state.authorization_expires_at &&
                      state.authorization_expires_at <= run.now();
  if (lapsed) return shut(GateResult::Failed, state.payment_event, "the authorization lapsed");
  return open_on(state.payment_event ? state.payment_event : 1, Strength::Verified, words);
}

Verdict fraud_cleared(const Run& run) {
  const auto& state = run.state();
  const std::string words = "risk is " + std::string(name_of(state.risk));
  switch (state.risk) {
    case RiskLevel::Low:
    case RiskLevel::Medium:
      return open_on(state.risk_event, Strength::Verified, words);
    case RiskLevel::High:
      if (planted("fraud is bought")) return open_on(state.risk_event, Strength::Verified, words);
      return shut(GateResult::Failed, state.risk_event, words);
    case RiskLevel::None:
      break;
  }
  const auto wait = channel_policy(run).fraud_wait;
  const bool late = run.now() >= state.placed_at + wait;
  if (late && planted("no assessment is a good one")) {
    return open_on(1, Strength::Verified, "nothing was said against it");
  }
  return shut(late ? GateResult::Unclear : GateResult::Pending, 0, "no risk assessment yet");
}

Verdict address_complete(const Run& run) {
  const auto& state = run.state();
  if (nothing_ships(state)) return {GateResult::NotApplicable, {}, {1}, "nothing ships"};
  std::vector<std::string> problems;
  for (const auto& problem : state.destination.problems) {
    if (problem != "po_box") problems.push_back(problem);
  }
  if (problems.empty() || planted("an address without a street passes")) {
    return open_on(state.destination_event, Strength::Verified, "address complete");
  }
  return shut(GateResult::Failed, state.destination_event, join(problems, ", "));
}

Verdict destination_allowed(const Run& run) {
  const auto& state = run.state();
  const auto& channel = channel_policy(run);
  if (nothing_ships(state)) return {GateResult::NotApplicable, {}, {1}, "nothing ships"};
  const auto& destination = state.destination;
  const auto& excluded = channel.excluded_countries;
  const bool shut_out = std::ranges::find(excluded, destination.country) != excluded.end();
  if (shut_out && !planted("excluded countries are served")) {
    return shut(GateResult::Failed, state.destination_event,
                destination.country + " is excluded for this channel");
  }
  const bool po_box =
      std::ranges::find(destination.problems, "po_box") != destination.problems.end();
  if (po_box && !channel.po_boxes) {
    return shut(GateResult::Failed, state.destination_event, "PO boxes are not delivered to");
  }
  return open_on(state.destination_event, Strength::Verified, "destination allowed");
}

Verdict skus_mapped(const Run& run) {
  std::vector<std::string> missing;
  for (const auto& line : run.state().lines) {
    if (line.wanted() == 0) continue;
    const auto& mapped = run.facts().mapped_skus;
    if (std::ranges::find(mapped, line.line.sku) == mapped.end()) {
      missing.push_back(line.line.sku.empty()
                            ? "line " + std::to_string(line.line.line) + " without a SKU"
                            : line.line.sku);
    }
  }
  if (missing.empty()) return open_on(1, Strength::Recorded, "every SKU is mapped");
  return shut(GateResult::Failed, 1, "no live supplier SKU for " + join(missing, ", "));
}

namespace {

/// Whether `now` is dearer than `before` by more than the gate lets a price rise.
bool rises_too_far(const GatePolicy& gate, UnitPrice before, UnitPrice now) {
  return now.currency != before.currency ||
         now.micros * 1000 > before.micros * (1000 + gate.max_price_rise_permille);
}

/// What a supplier asks today for a line that has not left, when that is too much more than when
/// the order was routed.
std::string risen_since(const Run& run, const GatePolicy& gate) {
  for (const auto& po : run.state().pos) {
    if (po.released_event != 0 || po.closed) continue;
    for (const auto& line : po.lines) {
      for (const auto& known : run.facts().offers) {
        const auto& offer = *known;
        const bool same = offer.supplier == po.supplier &&
                          offer.supplier_sku == line.asked.supplier_sku && line.live() > 0;
        if (!same || !offer.cost.currency.known()) continue;
        if (!rises_too_far(gate, line.asked.cost, offer.cost)) continue;
        return po.supplier + " asks " + to_text(offer.cost) + " for " + offer.supplier_sku +
               " now, " + to_text(line.asked.cost) + " when it was routed";
      }
    }
  }
  return {};
}

bool leaves_margin(const GatePolicy& gate, Money revenue, Money margin) {
  return margin.minor * 1000 >= revenue.minor * gate.least_margin_permille;
}

}  // namespace

bool may_pass(const Run& run, const PoLine& line, UnitPrice cost) {
  const auto* order_line = run.state().line(line.asked.line);
  for (const auto* gate : gates_of(run, Commitment::Buy)) {
    if (gate->condition != Condition::MarginWithin || gate->max_price_rise_permille <= 0) continue;
    if (!order_line || rises_too_far(*gate, line.asked.cost, cost)) return false;
    const auto revenue = price_of(order_line->line.price, line.live());
    const auto paid = price_of(cost, line.live());
    const auto margin = revenue && paid ? subtract(*revenue, *paid) : revenue;
    return revenue && paid && margin && leaves_margin(*gate, *revenue, *margin);
  }
  return false;
}

Verdict margin_within(const Run& run, const GatePolicy& gate) {
  const auto& state = run.state();
  if (state.routing_event == 0) return shut(GateResult::Pending, 0, "not routed yet");
  Money revenue, cost;
  for (const auto& po : state.pos) {
    for (const auto& line : po.lines) {
      const auto* order_line = state.line(line.asked.line);
      if (!order_line || line.live() == 0) continue;
      const auto price = price_of(order_line->line.price, line.live());
      const auto paid = price_of(line.asked.cost, line.live());
      if (!price || !paid)
        return shut(GateResult::Unclear, state.routing_event, "amounts overflow");
      const auto revenue_sum = add(revenue, *price);
      const auto cost_sum = add(cost, *paid);
      if (!revenue_sum || !cost_sum) {
        return shut(GateResult::Unclear, state.routing_event, "costs in several currencies");
      }
      revenue = *revenue_sum;
      cost = *cost_sum;
    }
  }
  const auto margin = subtract(revenue, cost);
  if (!margin) {
    return shut(GateResult::Unclear, state.routing_event,
                "price and cost are in different currencies and no dated rate is known");
  }
  const std::string words = "margin " + to_text(*margin) + " on " + to_text(revenue);
  if (!leaves_margin(gate, revenue, *margin)) {
    return shut(GateResult::Failed, state.routing_event, words + " is too small");
  }
  const auto risen = risen_since(run, gate);
  if (!risen.empty() && run.rule("price.routed")) {
    return shut(GateResult::Failed, state.routing_event, risen);
  }
  return open_on(state.routing_event, Strength::Recorded, words);
}

Verdict service_mapped(const Run& run) {
  if (nothing_ships(run.state())) return {GateResult::NotApplicable, {}, {1}, "nothing ships"};
  const auto* service = service_policy(run);
  if (!service) {
    return shut(GateResult::Failed, 1, "no supplier service for \"" + run.state().service + "\"");
  }
  return open_on(1, Strength::Recorded, "ships as " + service->supplier_service);
}

Verdict no_channel_hold(const Run& run) {
  const auto& holds = run.state().channel_holds;
  if (holds.empty()) return open_on(1, Strength::Verified, "no hold at the channel");
  return shut(GateResult::Failed, 0,
              "the channel holds " + std::to_string(holds.size()) + " part(s)");
}

}  // namespace holdfast::core
