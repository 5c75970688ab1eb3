#pragma once
// Supplier form: what a supplier typed on its page becomes a command, attested, for that purchase
// order alone. It must never trust a field to name another order, line or currency.

#include "api/desk.h"
#include "engine/views/page_view.h"

namespace holdfast::api {

/// The command of a form sent to /s/{token}/{action}: read, answer, check, parcel. NotFound for
/// another action; Invalid, naming the field, when something typed does not read. A photo stands in
/// the form as the SHA-256 it is stored under, put there by us.
Result<Command> supplier_command(const engine::SupplierPage& page, std::string_view action,
                                 const net::Pairs& form, Instant now);

}  // namespace holdfast::api
