#pragma once
// Summary: what lists and pages show of an order, derived from its facts at one version.
// Nothing here is stored as truth; views keep it beside the version it was derived at.

#include <string>
#include <vector>

#include "core/state.h"

namespace holdfast::core {

/// Where an order stands, in the way of one order.
enum class Stage : std::uint8_t {
  AwaitingPayment,
  Held,
  Routing,
  Buying,
  Confirming,
  Preparing,
  AwaitingCarrier,
  InTransit,
  Delivered,
  Cancelled
};

/// The stage's stable name, for example "awaiting_carrier".
std::string_view name_of(Stage stage);

/// The stage of the least advanced wanted piece; open cases do not change it.
Stage stage_of(const OrderState& state);

/// Whether something stops the order right now: a shut gate, a hold, or an undecided case.
bool is_held(const OrderState& state);

/// Whether nothing more will happen by itself and nobody has anything to decide.
bool is_over(const OrderState& state);

/// The nearest promise still open, or 0.
Instant next_due(const OrderState& state);

/// Small JSON for lists: lines, pieces, suppliers, held, parcels, tracking numbers, total; until
/// the order is over also its SKUs and the purchase orders whose goods no carrier has yet.
std::string summary_json(const OrderState& state);

}  // namespace holdfast::core
