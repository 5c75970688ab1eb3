#include "core/evolve.h"

#include "core/evolve/groups.h"

namespace holdfast::core {

void evolve(OrderState& state, const Event& event) {
  ++state.version;
  std::visit([&](const auto& group) { evolving::apply(state, group); }, event.step());
}

}  // namespace holdfast::core
