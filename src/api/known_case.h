#pragma once
// Known case: the exception that a call or a list names, where its store is the caller's.

#include "api/desk.h"

namespace holdfast::api {

/// The row of an exception; NotFound when there is none, or when its store is not the caller's.
Result<ports::ExceptionRow> known_case(Desk& desk, const Who& who, std::string_view stream,
                                       std::int64_t number);

/// The same of the stream and number in a call's path. Fails with NotFound as above.
Result<ports::ExceptionRow> known_case(Desk& desk, const Call& call);

}  // namespace holdfast::api
