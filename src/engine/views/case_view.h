#pragma once
// Case view: an exception as the queue and its page show it, with what a decision needs beside it.
// It must never hide a case: one whose order cannot be read is still listed.

#include "engine/views/words.h"

namespace holdfast::engine {

/// The contract's Exception, from an order's history or from a queue row.
Json case_json(const History& history, const core::ExceptionState& known);
Json case_json(const ports::ExceptionRow& row);

/// The contract's ExceptionDetail, with what was compared when its pieces were last routed, as far
/// as that is stored. NotFound when the stream has no such exception.
Result<Json> case_detail_json(ports::Store& store, const History& history, std::int64_t number);

/// The contract's StreamException of every exception that these events changed.
std::vector<Json> case_changes_json(const History& history, std::int64_t first_version);

/// The contract's StreamOrder at the history's version.
Json order_change_json(const History& history);

}  // namespace holdfast::engine
