#include "core/summary.h"

#include <algorithm>
#include <utility>

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

namespace {

void append_list(std::string& out, const char* name, const auto& items, const auto& text_of) {
  out += name;
  bool first = true;
  for (const auto& item : items) {
    const std::string* text = text_of(item);
    if (!text) continue;
    if (!first) out += ',';
    first = false;
    append_json_string(out, *text);
  }
  out += ']';
}

/// Whether a carrier proved to have every piece of a purchase order that may still arrive.
bool is_with_carrier(const OrderState& state, const PoState& po) {
  std::int64_t pieces = 0;
  for (const auto& parcel : state.parcels) {
    if (parcel.po != po.po || !acceptance(parcel)) continue;
    for (const auto& part : parcel.lines) pieces += part.quantity;
  }
  return pieces >= po.live();
}

/// Purchase orders that left and whose goods are still the supplier's business.
void append_open_purchases(std::string& out, const OrderState& state) {
  out += ",\"open\":[";
  bool first = true;
  for (const auto& po : state.pos) {
    if (!po.released_at || po.live() == 0 || is_with_carrier(state, po)) continue;
    if (!std::exchange(first, false)) out += ',';
    out += "{\"po\":";
    append_json_string(out, po.po);
    out += ",\"supplier\":";
    append_json_string(out, po.supplier);
    out += ",\"released_ms\":" + std::to_string(po.released_at.ms);
    const bool none = po.acknowledged_event == 0;
    out += po.confirmed() ? ",\"state\":\"confirmed\"}"
           : none         ? ",\"state\":\"unanswered\"}"
                          : ",\"state\":\"answered\"}";
  }
  out += ']';
}

/// SKUs that the buyer still waits for, each once.
void append_skus(std::string& out, const OrderState& state) {
  std::vector<std::string> skus;
  for (const auto& line : state.lines) {
    const auto& sku = line.line.sku;
    if (line.wanted() == 0 || sku.empty()) continue;
    if (std::ranges::find(skus, sku) == skus.end()) skus.push_back(sku);
  }
  append_list(out, ",\"skus\":[", skus, [](const std::string& sku) { return &sku; });
}

}  // namespace

/// Put together by hand: it is made at every step of every order.
std::string summary_json(const OrderState& state) {
  std::int64_t pieces = 0;
  for (const auto& line : state.lines) pieces += line.wanted();
  std::string out = "{\"lines\":" + std::to_string(state.lines.size());
  out += ",\"pieces\":" + std::to_string(pieces);
  out += is_held(state) ? ",\"held\":true" : ",\"held\":false";
  out += ",\"total\":";
  append_json_string(out, to_text(state.total));
  out += ",\"country\":";
  append_json_string(out, state.destination.country);
  out += ",\"procedure\":";
  append_json_string(out, state.procedure);
  append_list(out, ",\"suppliers\":[", state.pos,
              [](const PoState& po) { return po.live() > 0 ? &po.supplier : nullptr; });
  append_list(out, ",\"tracking\":[", state.parcels,
              [](const ParcelState& parcel) { return &parcel.tracking; });
  if (!is_over(state)) {
    append_open_purchases(out, state);
    append_skus(out, state);
  }
  out += '}';
  return out;
}

}  // namespace holdfast::core
