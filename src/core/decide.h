#pragma once
// decide: state, command and facts in; new events or a rejection out. Pure.
// It must never read a clock, wait, log, or draw a random number.

#include <vector>

#include "core/facts.h"
#include "core/state.h"
#include "model/command.h"
#include "model/effect.h"

namespace holdfast::core {

/// What a command leads to.
struct Decision {
  std::vector<Event> events;
  std::vector<std::vector<Effect>> effects;  // what each event asks for outside (react.h)
  OrderState state;                          // after all of them
};

/// The events a command makes, with what they lead to. Fails with what decide fails with.
Result<Decision> decide_whole(OrderState state, const Command& command, const Facts& facts);

/// The events a command makes, in order; none when it only repeats what is known.
/// Errors: Invalid (the command makes no sense here), NotFound (what it names does not exist),
/// Conflict (it came too late), Forbidden. A rejected command changes nothing.
Result<std::vector<Event>> decide(const OrderState& state, const Command& command,
                                  const Facts& facts);

/// What the command itself would record, without what may follow from it: for a dry run. Commands
/// of suppliers and carriers need no facts but time and policy. Errors are decide's.
Result<std::vector<Event>> recorded_by(const OrderState& state, const Command& command,
                                       const Facts& facts);

}  // namespace holdfast::core
