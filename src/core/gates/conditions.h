#pragma once
// Conditions: the fixed shapes of what a gate can ask. Each reads facts and cites event numbers.
// They must never change the state, nor open a case; gate.cpp does both.

#include "core/gates/gate.h"

namespace holdfast::core {

/// The buyer's money by the channel's rule: captured, authorized, terms, cash on delivery, or
/// collected by the marketplace. A zero total passes; so does a partial refund for what is left.
Verdict payment_secured(const Run& run);

/// The channel's fraud assessment; none after the channel's waiting time is unclear.
Verdict fraud_cleared(const Run& run);

/// The buyer's address has everything its country needs.
Verdict address_complete(const Run& run);

/// The destination is one the channel delivers to; PO boxes by the channel's rule.
Verdict destination_allowed(const Run& run);

/// Every wanted SKU has at least one live supplier SKU.
Verdict skus_mapped(const Run& run);

/// Price less cost is at least the gate's share of the price, and no supplier asks more today than
/// the gate lets a price rise since it was routed; differing currencies are unclear.
Verdict margin_within(const Run& run, const GatePolicy& gate);

/// The buyer's shipping service has a supplier service.
Verdict service_mapped(const Run& run);

/// No hold but ours stands at the channel.
Verdict no_channel_hold(const Run& run);

/// The supplier answered for every live line and nothing in the answer awaits approval.
Verdict supplier_confirmed(const Scope& scope);

/// A physical check passed; on direct orders the supplier's statement. Without one: not applicable,
/// or, where the procedure demands it, pending until goods leave and unclear from then on.
Verdict checked(const Run& run, const Scope& scope, CheckKind kind);

/// Order and label were scanned together and fit.
Verdict label_matched(const Run& run, const Scope& scope);

/// The tracking number is no other order's and the carrier knows it.
Verdict tracking_valid(const Run& run, const Scope& scope);

/// The carrier has the parcel, proven at least as the order's shipping service and the gate ask.
Verdict carrier_proof(const Run& run, const GatePolicy& gate, const Scope& scope);

}  // namespace holdfast::core
