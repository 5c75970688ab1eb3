#pragma once
// Result: a value or an Error. The only header of ours that shows a third-party type.
// It must never be used for broken invariants; those are check(...).

#include <tl/expected.hpp>

#include "base/error.h"

namespace holdfast {

template <class T>
using Result = tl::expected<T, Error>;

/// A Result without a value.
using Status = Result<void>;

/// Shorthand for returning a failure: `return fail(ErrorCode::Invalid, "what", "where", "todo")`.
inline tl::unexpected<Error> fail(ErrorCode code, std::string what, std::string where = {},
                                  std::string todo = {}) {
  return tl::unexpected<Error>(Error{code, std::move(what), std::move(where), std::move(todo)});
}

/// Passes on another result's failure.
inline tl::unexpected<Error> fail(Error error) { return tl::unexpected<Error>(std::move(error)); }

}  // namespace holdfast
