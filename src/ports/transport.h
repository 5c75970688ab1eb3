#pragma once
// Transport: carries a request to a partner and brings back what came of it.
// It must never retry, follow a redirect, or reach a private address the operator did not allow.

#include <functional>

#include "ports/message.h"

namespace holdfast::ports {

class Transport {
 public:
  virtual ~Transport() = default;
  /// Starts the exchange and returns at once; `done` is called exactly once, from any thread.
  /// `limit` bounds the whole exchange, connecting included.
  virtual void send(Request request, Duration limit, std::function<void(Response)> done) = 0;
};

}  // namespace holdfast::ports
