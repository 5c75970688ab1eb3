#pragma once
// History: one stream read whole, with its state folded from the stored events, for pages that need
// more than a list row. Readers call it from any thread; it must never be kept past one answer.

#include <string>
#include <vector>

#include "core/state.h"
#include "engine/vault.h"
#include "model/channel_order.h"
#include "ports/store.h"

namespace holdfast::engine {

/// A stored event and what it says.
struct Recorded {
  ports::EventRow row;
  Event event;
};

struct History {
  ports::StreamKey stream;
  core::OrderState state;
  std::vector<Recorded> events;  // in order of version

  /// The event with a version, or nullptr.
  const Recorded* at(std::int64_t version) const;
};

/// Reads a stream with its words opened; what was erased reads "[erased]". NotFound when it has no
/// events; Invalid when a stored event cannot be read.
Result<History> read_history(ports::Store& store, const Vault& vault,
                             const ports::StreamKey& stream);

/// The buyer's address of an order; NotFound when there is none or it was erased.
Result<Address> read_buyer(ports::Store& store, const Vault& vault, const ports::StreamKey& stream);

/// A stream's sealed data key; NotFound when there is none or it was destroyed.
Result<std::string> read_key(ports::Store& store, const ports::StreamKey& stream);

/// Text form of a stream's id: ord_…, sup_…, exc_… or cas_….
std::string stream_text(const ports::StreamKey& stream);

/// Reads what stream_text wrote; Invalid when it is none.
Result<ports::StreamKey> parse_stream(TenantId tenant, std::string_view text);

}  // namespace holdfast::engine
