#pragma once
// The per-source halves of decide: each turns its commands into events on a Run.
// They record what was said; what follows from it is advance.h's business.

#include "core/run.h"
#include "model/command.h"

namespace holdfast::core::deciding {

/// What the case is about that asks to cancel at the store what was cancelled here.
inline constexpr std::string_view store_cancellation = "cancel at the store";

/// What the case is about, and the hold called, when the store adds goods to an order that was
/// cancelled here and that it has not cancelled yet.
inline constexpr std::string_view late_addition = "added after the cancellation";

/// Records what a command says. A failure leaves the whole decision without events.
Status handle(Run& run, const ChannelCommand& command);
Status handle(Run& run, const SupplierCommand& command);
Status handle(Run& run, const PeopleCommand& command);
Status handle(Run& run, const CasesCommand& command);
Status handle(Run& run, const EngineCommand& command);

/// NotFound for a purchase order number this order does not have.
Status known_po(const Run& run, const std::string& po);

/// A person must be named where a decision is recorded; Invalid otherwise.
Status named(const std::string& actor, const std::string& reason);

/// Takes pieces of a purchase order back: at once when it never left, by asking when it did.
void withdraw(Run& run, const PoState& po, const std::vector<LineQuantity>& lines,
              const std::string& reason);

/// What is paid twice when pieces that were not stopped are bought again: their price at this
/// supplier, or nothing when it is in several currencies.
Money cost_of_unstopped(const PoState& po);

/// All live pieces of a purchase order that are not in parcels.
std::vector<LineQuantity> live_lines(const Run& run, const PoState& po);

/// Those of them that the supplier may still be asked to stop: not already asked, nor refused.
std::vector<LineQuantity> stoppable_lines(const Run& run, const PoState& po);

}  // namespace holdfast::core::deciding
