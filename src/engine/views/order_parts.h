#pragma once
// Order parts: the lists inside an order's page, each from state or history to JSON.
// Private to the views; it must never be reached from another room.

#include "engine/setup.h"
#include "engine/views/words.h"

namespace holdfast::engine {

/// The contract's Payment, Risk, Promise, OrderLine, PurchaseOrder, Parcel, BuyerMessage and
/// BuyerQuestion.
Json payment_json(const core::OrderState& state);
Json risk_json(const core::OrderState& state);
Json promises_json(const core::OrderState& state);
Json lines_json(const core::OrderState& state);
Json purchases_json(const Setup& setup, const History& history);
Json checks_json(const History& history, const core::PoState& po);
Json parcels_json(const History& history);
Json messages_json(const Setup& setup, const History& history);
Json questions_json(const core::OrderState& state);

/// [{line, quantity}].
Json quantities_json(const std::vector<LineQuantity>& lines);

}  // namespace holdfast::engine
