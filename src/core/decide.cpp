#include "core/decide.h"

#include "core/advance.h"
#include "core/decide/handlers.h"

namespace holdfast::core {

Result<std::vector<Event>> decide(const OrderState& state, const Command& command,
                                  const Facts& facts) {
  Run run(state, facts);
  const bool first = std::holds_alternative<ChannelCommand>(command);
  if (!state.imported && !first) {
    return fail(ErrorCode::NotFound, "the order was not imported yet");
  }
  const auto status =
      std::visit([&](const auto& group) { return deciding::handle(run, group); }, command);
  if (!status) return fail(status.error());
  if (run.state().imported) advance(run);
  return run.take();
}

}  // namespace holdfast::core
