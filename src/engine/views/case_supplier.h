#pragma once
// Case supplier: whose goods an exception is about, so that a supplier's cases stand together.
// It must never guess: a case that names no purchase, parcel or supplier is nobody's.

#include <string>

#include "core/state.h"

namespace holdfast::engine {

/// The supplier of the purchase order or parcel that a case is about, or the one it shares its
/// cause with; "" for neither.
std::string supplier_of(const core::OrderState& state, const core::ExceptionState& known);

}  // namespace holdfast::engine
