#include "core/decide.h"

#include "core/advance.h"
#include "core/decide/handlers.h"

namespace holdfast::core {

namespace {

/// Lets the command's handler speak.
Status record(Run& run, const Command& command) {
  // A stream of cases (an account's troubles) never imports an order; it only has decisions.
  const bool needs_order = std::holds_alternative<SupplierCommand>(command) ||
                           std::holds_alternative<PeopleCommand>(command);
  if (!run.state().imported && needs_order) {
    return fail(ErrorCode::NotFound, "the order was not imported yet");
  }
  return std::visit([&](const auto& group) { return deciding::handle(run, group); }, command);
}

}  // namespace

Result<Decision> decide_whole(OrderState state, const Command& command, const Facts& facts) {
  Run run(std::move(state), facts);
  if (auto status = record(run, command); !status) return fail(status.error());
  if (run.state().imported) advance(run);
  return Decision{run.take(), run.take_effects(), run.take_state()};
}

Result<std::vector<Event>> decide(const OrderState& state, const Command& command,
                                  const Facts& facts) {
  auto decision = decide_whole(state, command, facts);
  if (!decision) return fail(decision.error());
  return std::move(decision->events);
}

Result<std::vector<Event>> recorded_by(const OrderState& state, const Command& command,
                                       const Facts& facts) {
  Run run(state, facts);
  if (auto status = record(run, command); !status) return fail(status.error());
  return run.take();
}

}  // namespace holdfast::core
