#pragma once
// Setup of suppliers: which of those that are connected get orders, and why none does.
// It must never count one that routing passes over.

#include <string>
#include <vector>

#include "engine/setup.h"

namespace holdfast::api {

/// The suppliers that orders can go to: vetted and not suspended.
std::vector<ports::Account> usable_suppliers(const engine::Setup& setup);

/// Why none of those that are there gets an order: "not_vetted" where one waits for that,
/// "suspended" where all were vetted once; "" where none is there. Asked when none is usable.
std::string missing_of_suppliers(const engine::Setup& setup);

}  // namespace holdfast::api
