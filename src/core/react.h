#pragma once
// react: what must be done outside because of an event. Pure; every effect is done at most once
// per event, and its key is the event's number and the effect's place in the list.

#include <vector>

#include "core/state.h"
#include "model/effect.h"

namespace holdfast::core {

/// Effects of one event, given the state right after it.
std::vector<Effect> react(const OrderState& state, const Event& event);

/// Whether an effect is still true and wanted now that its turn has come; a text says why not.
std::string no_longer_wanted(const OrderState& state, const Effect& effect);

}  // namespace holdfast::core
