// Automation that is earned, purchases that leave in batches, and incidents: what may be given of
// them, and what other orders report to the stream of cases that a story may be about.
#include <algorithm>
#include <charconv>

#include "apps/stories/phrase.h"
#include "apps/stories/world.h"

namespace holdfast::stories {
namespace {

Status with_gate(World& w, const std::string& name, auto change) {
  const auto found = std::ranges::find(w.policy.gates, name, &GatePolicy::gate);
  if (found == w.policy.gates.end()) {
    return fail(ErrorCode::NotFound, "the policy has no gate " + name);
  }
  change(*found);
  return {};
}

TierPolicy* tier_of(World& w, const std::string& name) {
  const auto found = std::ranges::find(w.policy.tiers, name, &TierPolicy::tier);
  return found == w.policy.tiers.end() ? nullptr : &*found;
}

/// "#1001" is the order whose stream is 1001.
std::int64_t stream_of(std::string_view order) {
  std::int64_t number = 0;
  order.remove_prefix(order.starts_with('#') ? 1 : 0);
  std::from_chars(order.data(), order.data() + order.size(), number);
  return number;
}

Status join(World& w, const Gaps& g, const std::string& incident) {
  for (const auto& known : w.state.exceptions) {
    if (!known.open || known.reason != g.name<ReasonCode>(0)) continue;
    return w.ask(EngineCommand(JoinIncident{known.number, incident}));
  }
  return expected("an open case " + g[0], "none");
}

Status report_case(World& w, const Gaps& g, bool joined) {
  CountIncident c;
  c.order = stream_of(g[0]);
  c.store_number = g[0];
  c.reason = g.name<ReasonCode>(1);
  c.cause = g[2];
  c.number = 1;
  c.joined = joined;
  const auto known = std::ranges::find(w.policy.reasons, c.reason, &ReasonPolicy::reason);
  if (known != w.policy.reasons.end()) c.options = known->options;
  return w.ask(EngineCommand(std::move(c)));
}

}  // namespace

Phrases automation_givens() {
  return {
      {"the rule <rule> is on <mode>",
       [](World& w, const Gaps& g) -> Status {
         auto& rules = w.policy.automation.rules;
         std::erase_if(rules, [&](const RuleMode& known) { return known.rule == g[0]; });
         rules.push_back({g[0], g.name<Mode>(1)});
         return {};
       }},
      {"auto is offered after <n> agreed proposals",
       [](World& w, const Gaps& g) -> Status {
         w.policy.automation.agreed_needed = g.number(0);
         return {};
       }},
      {"a named person let <subject> act by itself",
       [](World& w, const Gaps& g) -> Status {
         w.automation[g[0]].raised = true;
         return {};
       }},
      {"<n> cases of one cause make an incident",
       [](World& w, const Gaps& g) -> Status {
         w.policy.automation.incident_from = g.number(0);
         return {};
       }},
      {"supplier \"<supplier>\" is of the tier <tier>",
       [](World& w, const Gaps& g) -> Status {
         w.supplier(g[0]).tier = g[1];
         return {};
       }},
      {"purchases of the tier <tier> leave <span> before the cut-off",
       [](World& w, const Gaps& g) -> Status {
         auto* tier = tier_of(w, g[0]);
         if (!tier) return fail(ErrorCode::NotFound, "the policy has no tier " + g[0]);
         tier->batch_before = g.span(1);
         return {};
       }},
      {"suppliers of the tier <tier> have <n> days of handling",
       [](World& w, const Gaps& g) -> Status {
         auto* tier = tier_of(w, g[0]);
         if (!tier) return fail(ErrorCode::NotFound, "the policy has no tier " + g[0]);
         tier->handling_days = g.number(1);
         return {};
       }},
      {"procedure <procedure> demands a statement on <check>",
       [](World& w, const Gaps& g) -> Status {
         for (auto& procedure : w.policy.procedures) {
           if (procedure.procedure != g[0]) continue;
           procedure.statements.push_back(g.name<CheckKind>(1));
           return {};
         }
         return fail(ErrorCode::NotFound, "the policy has no procedure " + g[0]);
       }},
      {"gate <gate> takes <proof> proof",
       [](World& w, const Gaps& g) -> Status {
         return with_gate(w, g[0], [&](GatePolicy& gate) { gate.proof = g.name<Proof>(1); });
       }},
      {"gate <gate> guards telling the buyer",
       [](World& w, const Gaps& g) -> Status {
         return with_gate(w, g[0], [](GatePolicy& gate) { gate.guards = Commitment::TellBuyer; });
       }},
      {"gate <gate> lets a price rise by <n> per mille",
       [](World& w, const Gaps& g) -> Status {
         return with_gate(w, g[0],
                          [&](GatePolicy& gate) { gate.max_price_rise_permille = g.number(1); });
       }},
  };
}

Phrases automation_happenings() {
  return {
      {"<n> proposals of <subject> in a row were agreed to",
       [](World& w, const Gaps& g) {
         return w.ask(EngineCommand(WeighAutomation{g[1], g.number(0)}));
       }},
      {"order <order> has a case <reason> of the cause <cause>",
       [](World& w, const Gaps& g) { return report_case(w, g, true); }},
      {"order <order> no longer has its case <reason> of the cause <cause>",
       [](World& w, const Gaps& g) { return report_case(w, g, false); }},
      {"the case <reason> is decided by itself again",
       [](World& w, const Gaps& g) { return join(w, g, ""); }},
      {"the case <reason> is decided together with the incident <cause>",
       [](World& w, const Gaps& g) { return join(w, g, "incident " + g[1]); }},
  };
}

}  // namespace holdfast::stories
