#pragma once
// Supplier view: the terms a supplier works under: tier, calendar, limits, what its connection can
// do. It must never show an account's settings or secrets.

#include "engine/setup.h"

namespace holdfast::engine {

/// The contract's Supplier but for `supplier` and `automation`; the calendar shows the next
/// `day_count` local days.
Json supplier_terms_json(const Setup& setup, const SupplierProfile& profile, Instant now,
                         int day_count);

}  // namespace holdfast::engine
