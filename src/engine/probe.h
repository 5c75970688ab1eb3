#pragma once
// Probe: tries an account by asking its partner something harmless, through the connector and the
// transport that orders use. It changes nothing here or there, and keeps no secret.

#include <functional>
#include <string>

#include "engine/setup.h"

namespace holdfast::engine {

/// What a trial came to.
struct ProbeResult {
  enum class How {
    Asked,    // the connector asked, and read the answer
    Reached,  // the connector has no question: only that somebody answers at the address
    Nothing,  // there is nothing to reach
  };
  How how = How::Nothing;
  bool ok = false;
  std::string address;  // what was spoken to; "" for nothing
  std::string detail;   // what came back, in words and without the account's secrets
};

/// Tries an account of a room ("channel", "supplier", "tracking", "notifier") within `limit` of
/// real time. `done` is called exactly once, from any thread, and may be called before this
/// returns. Only the transport must outlive it.
void probe(const Setup& setup, ports::Transport& transport, const std::string& room,
           ports::Account account, Duration limit, std::function<void(ProbeResult)> done);

}  // namespace holdfast::engine
