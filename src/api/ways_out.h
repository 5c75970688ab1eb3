#pragma once
// Ways out: who may take which option of a case. What a command asks for is asked for here as well:
// a case must never be a way round the right or the role that the command of the same deed needs.

#include <string>
#include <vector>

#include "api/desk.h"

namespace holdfast::api {

/// Whether somebody may decide a case so. Forbidden, naming who may; other errors are the store's.
Status may_take_way_out(const Desk& desk, const Who& who, const ports::ExceptionRow& row,
                        const std::string& verb);

/// A case's options as the contract's Option, each with whether the reader may take it and which
/// roles may.
Json with_takers(const Desk& desk, const Who& who, const ports::ExceptionRow& row,
                 const core::OrderState& state, const Json& options);

}  // namespace holdfast::api
