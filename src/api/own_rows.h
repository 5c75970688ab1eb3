#pragma once
// Own rows: lists of the store, cut down to the stores somebody works for.
// Every list that shows orders or exceptions comes here; none may ask the store by itself.

#include <tuple>
#include <vector>

#include "api/desk.h"

namespace holdfast::api {

/// Whether a stream is about one of their stores. An order is its channel's; another stream is
/// theirs when one of its exceptions is. Errors are the store's.
Result<bool> sees_stream(Desk& desk, const Who& who, const ports::StreamKey& stream);

/// Store::orders for the stores of somebody: of the query's channel where it names one, else of all
/// of theirs, newest first. Errors are the store's.
Result<std::vector<ports::OrderRow>> own_orders(Desk& desk, const Who& who,
                                                const ports::OrderQuery& query);

/// Store::exceptions likewise, by review deadline. Fails as the store does.
Result<std::vector<ports::ExceptionRow>> own_exceptions(Desk& desk, const Who& who,
                                                        const ports::ExceptionQuery& query);

/// Store::count_exceptions likewise. Fails as the store does.
Result<std::int64_t> count_own_exceptions(Desk& desk, const Who& who,
                                          const ports::ExceptionQuery& query);

/// The place of an exception in the queue.
std::tuple<Instant, std::int64_t, std::int64_t> queue_place(const ports::ExceptionRow& row);

}  // namespace holdfast::api
