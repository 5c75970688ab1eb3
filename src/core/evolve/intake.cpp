#include <algorithm>

#include "core/evolve/groups.h"

namespace holdfast::core::evolving {
namespace {

struct Intake {
  OrderState& state;

  void operator()(const OrderImported& e) {
    state.imported = true;
    state.channel = e.channel;
    state.channel_order = e.channel_order;
    state.store_number = e.store_number;
    state.placed_at = e.placed_at;
    state.as_of = e.as_of;
    state.total = e.total;
    state.destination = e.destination;
    state.destination_event = state.version;
    state.buyer = e.buyer;
    state.locale = e.locale;
    state.service = e.service;
    state.instructions = e.instructions;
    state.test = e.test;
    for (const auto& line : e.lines) state.lines.push_back({line});
  }
  void operator()(const PaymentRecorded& e) {
    const bool paid = e.state == PaymentState::Paid || e.state == PaymentState::PartiallyRefunded;
    // Paid when it came in: the buyer paid on placing it.
    if (paid && !state.paid_at) state.paid_at = state.payment_event ? e.as_of : state.placed_at;
    if (e.total.currency.known()) state.total = e.total;
    state.payment = e.state;
    state.authorized = e.authorized;
    state.captured = e.captured;
    state.refunded = e.refunded;
    state.authorization_expires_at = e.authorization_expires_at;
    state.payment_as_of = e.as_of;
    state.payment_event = state.version;
    seen(e.as_of);
  }
  void operator()(const RiskRecorded& e) {
    state.risk = e.level;
    state.risk_as_of = e.as_of;
    state.risk_event = state.version;
    seen(e.as_of);
  }
  void operator()(const DestinationChanged& e) {
    state.destination = e.destination;
    state.buyer = e.buyer;
    state.destination_event = state.version;
    seen(e.as_of);
  }
  void operator()(const LineAdded& e) {
    state.lines.push_back({e.line});
    seen(e.as_of);
  }
  void operator()(const LineReduced& e) {
    if (auto* line = state.line(e.line)) {
      const bool is_decision = e.cause == LineCause::Decision;
      const auto known = is_decision ? 0 : std::min(e.by, line->decided);
      line->reduced += e.by - known;
      line->decided += is_decision ? e.by : -known;
    }
    seen(e.as_of);
  }
  void operator()(const MoneyRefunded& e) { seen(e.as_of); }
  void operator()(const ChannelPartsRecorded& e) {
    state.parts = e.parts;
    state.parts_known = true;
    seen(e.as_of);
  }
  void operator()(const ChannelHoldChanged& e) {
    const std::pair key{e.part, e.hold};
    std::erase(state.channel_holds, key);
    if (e.placed) state.channel_holds.push_back(key);
  }
  void operator()(const OrderCancelledAtChannel& e) {
    state.cancelled_at_channel = true;
    state.deleted_at_channel = e.deleted;
    // Pieces that the channel took out stay out, even when somebody had fulfilled them before.
    for (auto& line : state.lines) {
      line.reduced = std::max(line.reduced, line.line.quantity - line.elsewhere);
    }
    seen(e.as_of);
  }
  void operator()(const FulfilledElsewhere& e) {
    state.fulfilled_elsewhere.push_back(e.fulfillment);
    for (const auto& part : e.lines) {
      if (auto* line = state.line(part.line)) line->elsewhere += part.quantity;
    }
  }
  void operator()(const ServiceChanged& e) {
    state.service = e.service;
    state.instructions = e.instructions;
    seen(e.as_of);
  }

  void seen(Instant as_of) { state.as_of = std::max(state.as_of, as_of); }
};

}  // namespace

void apply(OrderState& state, const IntakeEvent& event) { std::visit(Intake{state}, event); }

}  // namespace holdfast::core::evolving
