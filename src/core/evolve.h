#pragma once
// evolve: state after one more event. Total over every released event and free of any condition
// that could refuse a fact.

#include "core/state.h"

namespace holdfast::core {

/// Applies one event in place; the state's version grows by one.
void evolve(OrderState& state, const Event& event);

}  // namespace holdfast::core
