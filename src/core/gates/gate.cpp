#include "core/gates/gate.h"

#include <algorithm>

#include "core/gates/conditions.h"

namespace holdfast::core {
namespace {

Verdict judge(const Run& run, const GatePolicy& gate, const Scope& scope) {
  switch (gate.condition) {
    case Condition::PaymentSecured:
      return payment_secured(run);
    case Condition::FraudCleared:
      return fraud_cleared(run);
    case Condition::AddressComplete:
      return address_complete(run);
    case Condition::DestinationAllowed:
      return destination_allowed(run);
    case Condition::SkusMapped:
      return skus_mapped(run);
    case Condition::MarginWithin:
      return margin_within(run, gate);
    case Condition::ServiceMapped:
      return service_mapped(run);
    case Condition::NoChannelHold:
      return no_channel_hold(run);
    case Condition::SupplierConfirmed:
      return supplier_confirmed(scope);
    case Condition::GoodsReceived:
      return checked(run, scope, CheckKind::Receiving);
    case Condition::InspectionPassed:
      return checked(run, scope, CheckKind::Inspection);
    case Condition::PackingDone:
      return checked(run, scope, CheckKind::Packing);
    case Condition::LabelMatched:
      return label_matched(run, scope);
    case Condition::TrackingValid:
      return tracking_valid(run, scope);
    case Condition::CarrierProof:
      return carrier_proof(run, gate, scope);
  }
  return {};
}

/// How long "pending" is normal: the gate's own time, or the channel's for its risk assessment.
Duration patience(const Run& run, const GatePolicy& gate) {
  if (gate.wait_for.ms > 0 || gate.condition != Condition::FraudCleared) return gate.wait_for;
  return channel_policy(run).fraud_wait;
}

/// When the wait for a gate's evidence began: with the parcel, the purchase order's leaving, or the
/// order.
Instant since(const Run& run, const Scope& scope) {
  if (scope.parcel) return scope.parcel->announced_at;
  if (scope.po && scope.po->released_event != 0) return scope.po->released_at;
  return run.state().placed_at;
}

/// Too long in "pending" is "unclear": somebody has to look.
void age(const Run& run, const GatePolicy& gate, const Scope& scope, Verdict& verdict) {
  if (verdict.result != GateResult::Pending || gate.wait_for.ms == 0) return;
  if (run.now() < since(run, scope) + gate.wait_for || !run.rule("evidence.waiting")) return;
  verdict.result = GateResult::Unclear;
  verdict.detail += " for longer than " + to_text(gate.wait_for);
}

void open_or_close_case(Run& run, const GatePolicy& gate, const std::string& key,
                        const Verdict& verdict) {
  switch (verdict.result) {
    case GateResult::Failed:
    case GateResult::Unclear: {
      CaseDetail detail;
      detail.about = key;
      detail.detail = verdict.detail;
      open_case(run, gate.reason, std::move(detail));
      return;
    }
    case GateResult::Open:
    case GateResult::NotApplicable:
    case GateResult::Overridden:
      close_case(run, gate.reason, key, verdict.detail);
      return;
    case GateResult::Pending:
      return;
  }
}

/// A gate is judged once for what it is about: an order's payment is not asked again per parcel.
Scope narrowed(Condition condition, const Scope& scope) {
  switch (condition) {
    case Condition::PaymentSecured:
    case Condition::FraudCleared:
    case Condition::AddressComplete:
    case Condition::DestinationAllowed:
    case Condition::SkusMapped:
    case Condition::MarginWithin:
    case Condition::ServiceMapped:
    case Condition::NoChannelHold:
      return {};
    case Condition::SupplierConfirmed:
    case Condition::GoodsReceived:
    case Condition::InspectionPassed:
    case Condition::PackingDone:
      return {scope.po, nullptr};
    case Condition::LabelMatched:
    case Condition::TrackingValid:
    case Condition::CarrierProof:
      return scope;
  }
  return scope;
}

bool same(const GateState& known, const Verdict& verdict) {
  return known.result == verdict.result && known.detail == verdict.detail;
}

/// Evaluates one gate, records a change, and says whether it lets the step pass.
bool pass(Run& run, const GatePolicy& gate, const Scope& scope) {
  const auto key = gate_key(gate, scope);
  const auto known = run.state().gates.find(key);
  if (known != run.state().gates.end() && known->second.result == GateResult::Overridden) {
    close_case(run, gate.reason, key, "overridden");
    return true;
  }
  if (!run.rule("gate", gate.gate)) return true;
  auto verdict = evaluate(run, gate, scope);
  if (known == run.state().gates.end() || !same(known->second, verdict)) {
    run.emit(GatesEvent(
        GateEvaluated{key, verdict.result, verdict.strength, verdict.evidence, verdict.detail}));
  }
  const auto wait = patience(run, gate);
  if (verdict.result == GateResult::Pending && wait.ms > 0 &&
      run.now() < since(run, scope) + wait) {
    set_timer(run, TimerKind::GateReview, key, since(run, scope) + wait);
  } else {
    drop_timer(run, TimerKind::GateReview, key);
  }
  open_or_close_case(run, gate, key, verdict);
  return gate.check || lets_pass(verdict.result);
}

}  // namespace

bool lets_pass(GateResult result) {
  switch (result) {
    case GateResult::Open:
    case GateResult::Overridden:
    case GateResult::NotApplicable:
      return true;
    case GateResult::Pending:
    case GateResult::Failed:
    case GateResult::Unclear:
      return false;
  }
  return false;
}

std::string Scope::about() const {
  if (parcel) return "parcel " + std::to_string(parcel->parcel);
  return po ? po->po : std::string();
}

std::string gate_key(const GatePolicy& gate, const Scope& scope) {
  const auto about = scope.about();
  return about.empty() ? gate.gate : gate.gate + "@" + about;
}

std::vector<const GatePolicy*> gates_of(const Run& run, Commitment guards) {
  std::vector<const GatePolicy*> found;
  for (const auto* gate : run.procedure_gates()) {
    if (gate->guards == guards) found.push_back(gate);
  }
  return found;
}

Verdict evaluate(const Run& run, const GatePolicy& gate, const Scope& scope) {
  if (scope.po && !gate.ship_models.empty()) {
    const std::string model(name_of(scope.po->ship_model));
    if (std::ranges::find(gate.ship_models, model) == gate.ship_models.end()) {
      return {GateResult::NotApplicable,
              {},
              {scope.po->drafted_event},
              "does not apply to " + model + " orders"};
    }
  }
  auto verdict = judge(run, gate, scope);
  const bool weak = verdict.result == GateResult::Open && verdict.strength < gate.least;
  if (weak && run.rule("evidence.strength")) {
    verdict.result = GateResult::Pending;
    verdict.detail += "; evidence is " + std::string(name_of(verdict.strength)) + ", needed is " +
                      std::string(name_of(gate.least));
  }
  age(run, gate, scope, verdict);
  return verdict;
}

bool pass_gates(Run& run, Commitment guards, const Scope& scope) {
  bool all = true;
  for (const auto* gate : gates_of(run, guards)) {
    all = pass(run, *gate, narrowed(gate->condition, scope)) && all;
  }
  return all;
}

bool pass_gates_before_routing(Run& run) {
  bool all = true;
  for (const auto* gate : gates_of(run, Commitment::Buy)) {
    if (gate->condition == Condition::MarginWithin) continue;  // known once suppliers are chosen
    all = pass(run, *gate, {}) && all;
  }
  return all;
}

}  // namespace holdfast::core
