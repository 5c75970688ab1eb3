#include "core/summary.h"

#include <algorithm>

#include "base/json.h"
#include "core/gates/gate.h"
#include "core/tracking/proof.h"

namespace holdfast::core {
namespace {

bool any_open_case(const OrderState& state) {
  return std::ranges::any_of(state.exceptions, &ExceptionState::open);
}

bool any_gate_shut(const OrderState& state) {
  return std::ranges::any_of(state.gates, [](const auto& gate) {
    return gate.second.result == GateResult::Failed || gate.second.result == GateResult::Unclear;
  });
}

Stage stage_of_purchases(const OrderState& state) {
  bool released = false, confirmed = true;
  for (const auto& po : state.pos) {
    if (po.live() == 0) continue;
    released = released || po.released_event != 0;
    confirmed = confirmed && po.confirmed();
  }
  if (!released) return Stage::Buying;
  return confirmed ? Stage::Preparing : Stage::Confirming;
}

}  // namespace

std::string_view name_of(Stage stage) {
  switch (stage) {
    case Stage::AwaitingPayment:
      return "awaiting_payment";
    case Stage::Held:
      return "held";
    case Stage::Routing:
      return "routing";
    case Stage::Buying:
      return "buying";
    case Stage::Confirming:
      return "confirming";
    case Stage::Preparing:
      return "preparing";
    case Stage::AwaitingCarrier:
      return "awaiting_carrier";
    case Stage::InTransit:
      return "in_transit";
    case Stage::Delivered:
      return "delivered";
    case Stage::Cancelled:
      return "cancelled";
  }
  return "routing";
}

Stage stage_of(const OrderState& state) {
  const bool nothing_on_order = std::ranges::all_of(
      state.lines, [&](const LineState& line) { return state.on_order(line.line.line) == 0; });
  if (state.cancelled_at_channel && nothing_on_order) return Stage::Cancelled;
  if (state.wanted() == 0 && nothing_on_order && state.parcels.empty()) return Stage::Cancelled;
  bool all_in_parcels = true;
  for (const auto& line : state.lines) {
    if (state.in_parcels(line.line.line) < line.wanted()) all_in_parcels = false;
  }
  if (all_in_parcels && !state.parcels.empty()) {
    const auto ended = [](const ParcelState& parcel) { return has_ended(parcel); };
    const auto moving = [](const ParcelState& parcel) { return acceptance(parcel) != nullptr; };
    const auto delivered = [](const ParcelState& parcel) {
      return status_of(parcel) == TrackingStatus::Delivered;
    };
    if (std::ranges::all_of(state.parcels, ended)) {
      const bool arrived = std::ranges::all_of(state.parcels, delivered);
      return !arrived && any_open_case(state) ? Stage::Held : Stage::Delivered;
    }
    return std::ranges::all_of(state.parcels, moving) ? Stage::InTransit : Stage::AwaitingCarrier;
  }
  for (const auto& line : state.lines) {
    if (state.on_order(line.line.line) < line.wanted()) {
      const auto payment = state.gates.find("payment");
      const bool unpaid =
          payment != state.gates.end() && payment->second.result == GateResult::Pending;
      if (unpaid) return Stage::AwaitingPayment;
      return is_held(state) ? Stage::Held : Stage::Routing;
    }
  }
  return stage_of_purchases(state);
}

bool is_held(const OrderState& state) {
  return !state.holds.empty() || any_gate_shut(state) || any_open_case(state);
}

bool is_over(const OrderState& state) { return state.finished() && !any_open_case(state); }

Instant next_due(const OrderState& state) {
  if (state.finished()) return {};
  const auto* ship_by = state.promise(PromiseKind::ShipBy);
  const auto* deliver_by = state.promise(PromiseKind::DeliverBy);
  const bool told =
      !state.parcels.empty() && std::ranges::all_of(state.parcels, [](const ParcelState& parcel) {
        return parcel.told_event != 0;
      });
  if (ship_by && !told) return ship_by->due_at;
  return deliver_by ? deliver_by->due_at : Instant{};
}

std::string summary_json(const OrderState& state) {
  Json json;
  std::int64_t pieces = 0;
  for (const auto& line : state.lines) pieces += line.wanted();
  json.set("lines", static_cast<std::int64_t>(state.lines.size()));
  json.set("pieces", pieces);
  json.set("held", is_held(state));
  json.set("total", to_text(state.total));
  json.set("country", state.destination.country);
  Json suppliers{Json::Array{}}, tracking{Json::Array{}};
  for (const auto& po : state.pos) {
    if (po.live() > 0) suppliers.push(po.supplier);
  }
  for (const auto& parcel : state.parcels) tracking.push(parcel.tracking);
  json.set("suppliers", std::move(suppliers));
  json.set("tracking", std::move(tracking));
  return to_text(json);
}

}  // namespace holdfast::core
