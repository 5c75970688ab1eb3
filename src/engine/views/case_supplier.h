#pragma once
// Case supplier: whose goods an exception is about, so that a supplier's cases stand together.
// It must never guess: a case that names no purchase, parcel or supplier is nobody's.

#include <string>
#include <string_view>

#include "core/state.h"

namespace holdfast::engine {

/// The parcel that a text such as "gate@parcel 2" or "parcel 2" names, or nullptr.
const core::ParcelState* parcel_of(const core::OrderState& state, std::string_view about);

/// The purchase order that a case names, or that of the parcel it names; nullptr for neither.
const core::PoState* po_of(const core::OrderState& state, std::string_view about);

/// The supplier of the purchase order or parcel that a case is about, or the one it shares its
/// cause with; "" for neither.
std::string supplier_of(const core::OrderState& state, const core::ExceptionState& known);

}  // namespace holdfast::engine
