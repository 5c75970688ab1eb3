#pragma once
// Gate: evaluates a gate's pass condition over recorded facts.
// A gate opens only on evidence of at least its strength; an override is a person's event.

#include <string>
#include <vector>

#include "core/run.h"

namespace holdfast::core {

struct Verdict {
  GateResult result = GateResult::Pending;
  Strength strength{};
  std::vector<std::int64_t> evidence;  // event numbers
  std::string detail;
};

/// What one gate guards: the order, one purchase order, or one parcel.
struct Scope {
  const PoState* po = nullptr;
  const ParcelState* parcel = nullptr;

  /// "PO number" or "parcel 1"; "" for the whole order.
  std::string about() const;
};

/// Key of a gate in the state: its name, with "@" and what it is about when not the order.
std::string gate_key(const GatePolicy& gate, const Scope& scope);

/// The gates of the order's procedure that guard a commitment, in the procedure's order.
std::vector<const GatePolicy*> gates_of(const Run& run, Commitment guards);

/// Evaluates one gate now.
Verdict evaluate(const Run& run, const GatePolicy& gate, const Scope& scope);

/// Whether a supplier's new price for a line may pass by policy: it is not dearer than the margin
/// gate's max_price_rise_permille lets it be, and the gate's margin still holds. Another currency
/// never passes.
bool may_pass(const Run& run, const PoLine& line, UnitPrice cost);

/// Evaluates and records every gate that guards `guards` for this scope, opening and closing the
/// exceptions their results call for. True when all of them let the step pass.
bool pass_gates(Run& run, Commitment guards, const Scope& scope);

/// Like pass_gates for the gates that can be judged before suppliers are chosen.
bool pass_gates_before_routing(Run& run);

/// Whether a result lets the guarded step happen.
bool lets_pass(GateResult result);

}  // namespace holdfast::core
