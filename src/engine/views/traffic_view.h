#pragma once
// Traffic view: what an order sent outside and what came of it, for its page.
// It must never show a document: that is built at sending time and holds the buyer's data.

#include "engine/views/words.h"
#include "engine/words.h"
#include "ports/store.h"

namespace holdfast::engine {

/// The contract's StoreMessage: what the store was told and its answer, oldest first.
Json store_messages_json(const History& history);

/// The contract's OrderRequest of each row of the order's outbox, newest first; `words` are the
/// order's.
Json requests_json(const History& history, const std::vector<ports::OutboxRow>& rows,
                   const WordBook& words);

}  // namespace holdfast::engine
