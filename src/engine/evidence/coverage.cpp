#include "engine/evidence/coverage.h"

#include <algorithm>

#include "core/tracking/proof.h"

namespace holdfast::engine {
namespace {

using core::OrderState;
using core::ParcelState;
using core::PoState;

class Tally {
 public:
  void ask(bool proven, std::string what) {
    ++coverage_.asked;
    if (!proven) coverage_.missing.push_back(std::move(what));
  }

  Coverage done() {
    const auto missing = static_cast<std::int64_t>(coverage_.missing.size());
    if (coverage_.asked > 0) {
      coverage_.permille = (coverage_.asked - missing) * 1000 / coverage_.asked;
    }
    return std::move(coverage_);
  }

 private:
  Coverage coverage_;
};

/// Whether a gate about this thing was recorded as not applying, or let pass by a named person.
bool excused(const OrderState& state, std::string_view about, std::string_view word) {
  return std::ranges::any_of(state.gates, [&](const auto& entry) {
    const auto& [key, gate] = entry;
    const auto at = key.find('@');
    const bool fits = at != std::string::npos && std::string_view(key).substr(at + 1) == about &&
                      key.substr(0, at).find(word) != std::string::npos;
    return fits &&
           (gate.result == GateResult::NotApplicable || gate.result == GateResult::Overridden);
  });
}

/// Goods over our bench need our own check, the supplier's word does for goods it ships itself.
bool checked(const OrderState& state, const PoState& po, CheckKind kind, std::string_view gate) {
  const auto found = po.checks.find(kind);
  const auto least = po.ship_model == ShipModel::Hub ? Strength::Recorded : Strength::Attested;
  const bool passed = found != po.checks.end() && found->second.verdict == CheckVerdict::Pass &&
                      found->second.strength >= least;
  return passed || excused(state, po.po, gate);
}

void ask_of_purchase(Tally& tally, const OrderState& state, const PoState& po) {
  tally.ask(!po.supplier_ref.empty(), po.po + ": supplier's reference");
  for (const auto& line : po.lines) {
    if (line.live() == 0) continue;
    const bool exact = line.answer && !line.answer->supplier_sku.empty() && !line.change_open() &&
                       po.ack_strength >= Strength::Attested;
    tally.ask(exact, po.po + ": confirmation of line " + std::to_string(line.asked.line));
  }
  tally.ask(checked(state, po, CheckKind::Inspection, "inspection"),
            po.po + ": inspection or statement");
  tally.ask(checked(state, po, CheckKind::Packing, "packing"),
            po.po + ": packing and instructions");
}

void ask_of_parcel(Tally& tally, const OrderState& state, const ParcelState& parcel) {
  const auto name = "parcel " + std::to_string(parcel.parcel);
  const auto* po = state.po(parcel.po);
  const bool attested = po && po->ship_model == ShipModel::Direct &&
                        checked(state, *po, CheckKind::LabelMatch, "label");
  tally.ask(parcel.label_matched || attested || excused(state, name, "label"),
            name + ": label matched to order");
  tally.ask(core::acceptance(parcel) != nullptr, name + ": carrier's hand-over event");
  tally.ask(!parcel.tracking.empty() && !parcel.events.empty(), name + ": tracking record");
}

}  // namespace

Coverage coverage_of(const core::OrderState& state, const std::vector<Event>& events) {
  Tally tally;
  for (const auto& line : state.lines) {
    if (line.wanted() == 0) continue;
    tally.ask(state.on_order(line.line.line) >= line.wanted(),
              "line " + std::to_string(line.line.line) + ": purchase order");
  }
  for (const auto& po : state.pos) {
    if (po.live() > 0) ask_of_purchase(tally, state, po);
  }
  for (const auto& parcel : state.parcels) ask_of_parcel(tally, state, parcel);
  for (const auto& exception : state.exceptions) {
    const bool decided = std::ranges::any_of(events, [&](const Event& event) {
      const auto* resolved = event.as<ExceptionResolved>();
      return resolved && resolved->number == exception.number && !resolved->verb.empty() &&
             !resolved->actor.empty();
    });
    tally.ask(decided, "exception " + std::to_string(exception.number) + ": decision and approver");
  }
  return tally.done();
}

}  // namespace holdfast::engine
