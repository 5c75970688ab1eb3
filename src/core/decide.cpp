#include "core/decide.h"

#include "core/advance.h"
#include "core/decide/handlers.h"

namespace holdfast::core {

Result<std::vector<Event>> decide(const OrderState& state, const Command& command,
                                  const Facts& facts) {
  Run run(state, facts);
  // A stream of cases (an account's troubles) never imports an order; it only has decisions.
  const bool needs_order = std::holds_alternative<SupplierCommand>(command) ||
                           std::holds_alternative<PeopleCommand>(command);
  if (!state.imported && needs_order) {
    return fail(ErrorCode::NotFound, "the order was not imported yet");
  }
  const auto status =
      std::visit([&](const auto& group) { return deciding::handle(run, group); }, command);
  if (!status) return fail(status.error());
  if (run.state().imported) advance(run);
  return run.take();
}

}  // namespace holdfast::core
