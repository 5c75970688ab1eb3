#pragma once
// View rows: what the small tables say of a stream, derived from its state alone, so that a step,
// a rebuild and a check write and expect the same. It must never read a store or a clock.

#include <string>
#include <utility>
#include <vector>

#include "core/state.h"
#include "ports/store.h"

namespace holdfast::engine {

/// A stream and the columns its next event hangs on.
struct StreamHead {
  ports::StreamKey stream;
  std::int64_t seq = 0;
  Digest hash{};
};

/// The list's row of a stream.
ports::OrderRow order_row(const core::OrderState& state, const StreamHead& head);

/// When an exception was closed, and the decision that closed it; the latter is null for one that
/// is open or decided together with others.
struct Closing {
  Instant at;
  const ExceptionResolved* decision = nullptr;
};

/// The queue's row of one exception; `closing` counts only when it is closed. Of the decision the
/// row's body says who took it and what they learned; its note stays with the event.
ports::ExceptionRow exception_row(const core::OrderState& state, const ports::StreamKey& stream,
                                  const core::ExceptionState& known, const Closing& closing);

/// What an event makes its stream findable by: kind and value.
std::vector<std::pair<std::string, std::string>> references_in(const Event& event);

}  // namespace holdfast::engine
