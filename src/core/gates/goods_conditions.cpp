#include <algorithm>

#include "core/gates/conditions.h"
#include "core/tracking/proof.h"

namespace holdfast::core {

Verdict supplier_confirmed(const Scope& scope) {
  const auto& po = *scope.po;
  if (po.refused) return {GateResult::Failed, {}, {}, "the supplier refused the purchase order"};
  if (po.acknowledged_event == 0) {
    const std::string heard = po.reply ? std::string(name_of(*po.reply)) : "not sent";
    return {GateResult::Pending, {}, {}, "no answer per line; purchase order is " + heard};
  }
  for (const auto& line : po.lines) {
    if (line.change_open()) {
      return {GateResult::Pending,
              {},
              {po.acknowledged_event},
              "line " + std::to_string(line.asked.line) + " awaits approval of a change"};
    }
  }
  if (!po.confirmed()) {
    return {GateResult::Pending, {}, {po.acknowledged_event}, "some lines are unanswered"};
  }
  return {GateResult::Open, po.ack_strength, {po.acknowledged_event}, "confirmed per line"};
}

namespace {

/// Whether the order's procedure wants a direct supplier's word on a check.
bool statement_demanded(const Run& run, CheckKind kind) {
  for (const auto& procedure : run.policy().procedures) {
    if (procedure.procedure != run.state().procedure) continue;
    const auto& wanted = procedure.statements;
    return std::ranges::find(wanted, kind) != wanted.end() && run.rule("statement.demanded");
  }
  return false;
}

/// A direct supplier said nothing: the goods cannot be stopped by us, our own next steps can.
Verdict no_statement(const Run& run, const PoState& po, CheckKind kind) {
  const std::string name(name_of(kind));
  if (!statement_demanded(run, kind)) {
    return {GateResult::NotApplicable,
            {},
            {po.drafted_event},
            "ships direct; the supplier made no statement on " + name};
  }
  const auto demanded = "procedure " + run.state().procedure + " demands the supplier's statement";
  for (const auto& parcel : run.state().parcels) {
    if (parcel.po != po.po) continue;
    return {GateResult::Unclear,
            {},
            {parcel.announced_event},
            demanded + "; goods left and there is none on " + name};
  }
  return {GateResult::Pending, {}, {}, demanded + " on " + name};
}

}  // namespace

Verdict checked(const Run& run, const Scope& scope, CheckKind kind) {
  const auto& po = *scope.po;
  const std::string name(name_of(kind));
  const auto found = po.checks.find(kind);
  if (found == po.checks.end()) {
    if (po.ship_model == ShipModel::Direct) return no_statement(run, po, kind);
    return {GateResult::Pending, {}, {}, name + " not recorded"};
  }
  const auto& check = found->second;
  const auto which = check.amiss.empty() ? "" : ": " + check.amiss;
  switch (check.verdict) {
    case CheckVerdict::Pass:
      return {GateResult::Open, check.strength, {check.event}, name + " passed"};
    case CheckVerdict::Fail:
      return {GateResult::Failed, {}, {check.event}, name + " failed" + which};
    case CheckVerdict::Unclear:
      return {GateResult::Unclear, {}, {check.event}, name + " unclear" + which};
  }
  return {};
}

Verdict label_matched(const Run& run, const Scope& scope) {
  const auto& parcel = *scope.parcel;
  const auto* po = run.state().po(parcel.po);
  if (parcel.label_mismatched) {
    return {GateResult::Failed, {}, {parcel.label_event}, "the label belongs to another order"};
  }
  if (parcel.label_matched) {
    return {GateResult::Open, Strength::Verified, {parcel.label_event}, "scanned together"};
  }
  if (po && po->ship_model == ShipModel::Direct) {
    return {GateResult::NotApplicable, {}, {parcel.announced_event}, "labelled by the supplier"};
  }
  return {GateResult::Pending, {}, {}, "order and label not scanned"};
}

Verdict tracking_valid(const Run& run, const Scope& scope) {
  const auto& parcel = *scope.parcel;
  const auto said = parcel.mistaken.empty() ? parcel.announced_event : parcel.numbered_event;
  const auto& elsewhere = run.facts().tracking_elsewhere;
  if (std::ranges::find(elsewhere, parcel.tracking) != elsewhere.end()) {
    return {GateResult::Failed, {}, {said}, "the number is another order's"};
  }
  for (const auto& event : parcel.events) {
    if (event.status == TrackingStatus::InvalidNumber) {
      return {GateResult::Failed, {}, {event.event}, "the carrier does not know the number"};
    }
  }
  return {GateResult::Open, parcel.strength, {said}, "number is this parcel's"};
}

Verdict carrier_proof(const Run& run, const GatePolicy& gate, const Scope& scope) {
  const auto* service = service_policy(run);
  auto needed = service ? service->proof : Proof::Physical;
  if (run.rule("gate.proof")) needed = std::max(needed, gate.proof);
  const auto* proven = acceptance(*scope.parcel);
  if (!proven) return {GateResult::Pending, {}, {}, "no carrier has the parcel yet"};
  const std::string words =
      std::string(name_of(proven->status)) + ", proof " + std::string(name_of(proven->proof));
  if (proven->proof < needed) {
    return {GateResult::Pending,
            {},
            {proven->event},
            words + "; needed is " + std::string(name_of(needed))};
  }
  return {GateResult::Open, strength_of(proven->proof), {proven->event}, words};
}

}  // namespace holdfast::core
