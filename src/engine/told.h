#pragma once
// Told: what a buyer was written, word for word, sealed with the order's key. It must never stand
// in an event: events outlive what retention and erasure take.

#include <string>

#include "engine/vault.h"

namespace holdfast::engine {

/// A message to a buyer as it was handed over for sending.
struct ToldText {
  std::string language;  // "en" or "de"
  std::string subject;
  std::string text;
  Instant at;  // when it was handed over, for the last time if several times
};

/// Seals what the message of the event `seq` says into `batch`, in place of what an earlier attempt
/// to send it said. Invalid when the order's key does not open.
Status keep_told(const Vault& vault, ports::Entropy& entropy, const ports::StreamKey& stream,
                 std::string_view sealed_key, std::int64_t seq, const ToldText& told,
                 Instant keep_until, ports::Batch& batch);

/// What the message of the event `seq` said; NotFound when nothing of it is kept (any more).
Result<ToldText> read_told(ports::Store& store, const Vault& vault, const ports::StreamKey& stream,
                           std::int64_t seq);

}  // namespace holdfast::engine
