#pragma once
// The per-step halves of evolve; only evolve.cpp calls them.

#include "core/state.h"

namespace holdfast::core::evolving {

/// Applies one event of its step. The state's version is already the event's number.
void apply(OrderState& state, const IntakeEvent& event);
void apply(OrderState& state, const GatesEvent& event);
void apply(OrderState& state, const SourcingEvent& event);
void apply(OrderState& state, const PurchaseEvent& event);
void apply(OrderState& state, const PhysicalEvent& event);
void apply(OrderState& state, const TransitEvent& event);
void apply(OrderState& state, const TellingEvent& event);
void apply(OrderState& state, const ExceptionsEvent& event);

}  // namespace holdfast::core::evolving
