#pragma once
// Way out: what an exception's option would do, for whoever decides: what leaves the house with it,
// what it costs, what the pieces earn afterwards, and what becomes of the promise to the buyer.
// It must never guess: an amount that nobody knows yet is null.

#include <string_view>

#include "engine/views/elsewhere.h"

namespace holdfast::engine {

/// What leaves at once and cannot be taken back: "purchase", "cancellation", "goods", "money" or
/// "nothing".
std::string_view leaves_with(ReasonCode reason, std::string_view about, std::string_view verb);

/// The promise to the buyer afterwards: "kept", "runs" (its clock goes on while somebody is waited
/// for), "moves" (another supplier's times begin) or "ends".
std::string_view promise_after(ReasonCode reason, std::string_view verb);

/// Whether its pieces go to another supplier.
bool goes_elsewhere(ReasonCode reason, std::string_view verb);

/// The contract's Option of a case in its order; `elsewhere` is who would supply its pieces next,
/// where that was asked for and is known.
Json way_out_json(const core::OrderState& state, const core::ExceptionState& known,
                  const Option& option, const std::optional<Elsewhere>& elsewhere);

}  // namespace holdfast::engine
