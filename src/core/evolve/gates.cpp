#include <algorithm>

#include "core/evolve/groups.h"

namespace holdfast::core::evolving {
namespace {

struct Gates {
  OrderState& state;

  void operator()(const GateEvaluated& e) {
    state.gates[e.gate] = {e.result, e.strength, e.evidence, e.detail, state.version};
  }
  void operator()(const GateOverridden& e) {
    state.gates[e.gate] = {GateResult::Overridden,
                           Strength::Recorded,
                           {state.version},
                           e.actor + ": " + e.reason,
                           state.version};
  }
  void operator()(const HoldPlaced& e) { state.holds[e.hold] = e.reason; }
  void operator()(const HoldReleased& e) { state.holds.erase(e.hold); }
  void operator()(const PromiseMade& e) {
    std::erase_if(state.promises, [&](const PromiseState& p) { return p.promise == e.promise; });
    state.promises.push_back({e.promise, e.due_at, e.source, e.provisional});
  }
  void operator()(const TimerSet& e) {
    drop(e.timer, e.about);
    state.timers.push_back({e.timer, e.about, e.due_at});
  }
  void operator()(const TimerDropped& e) { drop(e.timer, e.about); }
  void operator()(const TimerFired& e) { drop(e.timer, e.about); }
  void operator()(const ProcedureChosen& e) {
    state.procedure = e.procedure;
    state.risks = e.risks;
  }

  void drop(TimerKind timer, const std::string& about) {
    std::erase_if(state.timers,
                  [&](const TimerState& set) { return set.timer == timer && set.about == about; });
  }
};

}  // namespace

void apply(OrderState& state, const GatesEvent& event) { std::visit(Gates{state}, event); }

}  // namespace holdfast::core::evolving
