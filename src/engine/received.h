#pragma once
// Received: which messages of partners were read for an order, so that its page can list them. It
// must never hold what they said: that stays, sealed, in the inbox.

#include <string>
#include <string_view>
#include <vector>

#include "ports/store.h"

namespace holdfast::engine {

/// A partner's message that was read.
struct Received {
  std::int64_t seq = 0;  // of its inbox row
  std::string account;
  std::string topic;
  Instant received_at;
};

/// Rows by which the orders among `about` (ids of streams by commas) list a message until `until`;
/// the same rows when it is read again.
std::vector<ports::RecordRow> received_rows(TenantId tenant, const Received& message,
                                            std::string_view about, Instant until);

/// What was read for an order, newest first: messages before `before` (0 for all), at most `limit`.
/// Errors are the store's; Invalid when a row cannot be read.
Result<std::vector<Received>> received_about(ports::Store& store, const ports::StreamKey& order,
                                             std::int64_t before, std::size_t limit);

}  // namespace holdfast::engine
