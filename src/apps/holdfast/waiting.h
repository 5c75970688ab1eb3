#pragma once
// Waiting: what a process does for a tenant that another one holds: it answers what is only read,
// makes partners' messages durable itself, hands everything else on to the holder, and takes over
// when the lease has ended. It must never decide anything or write a row of the tenant.

#include <atomic>
#include <functional>
#include <memory>

#include "api/api.h"
#include "engine/engine.h"
#include "net/server.h"
#include "store/postgres/postgres_store.h"

namespace holdfast::apps {

/// What proves messages and reads; nobody pumps it.
struct Reading {
  std::unique_ptr<engine::Engine> engine;
  std::unique_ptr<ports::Transport> transport;
  api::ApiOptions api;  // of that engine, for reading only
};

struct WaitingParts {
  TenantId tenant;
  store::PostgresStore* store = nullptr;
  ports::Entropy* entropy = nullptr;
  ports::Clock* clock = nullptr;
  net::ServerOptions server;
  Duration request_limit;
  Reading reading;
};

class Waiting {
 public:
  /// Serves from now on. Errors: the server's, the transport's.
  static Result<std::unique_ptr<Waiting>> open(WaitingParts parts);
  virtual ~Waiting() = default;

  /// Reads with this from now on, because something was set since; requests under way end as they
  /// began.
  virtual void read_with(Reading reading) = 0;
};

/// Takes the tenant as soon as it is free; false when `stopped` said so first. Errors: the store's
/// that waiting does not heal. `meanwhile` is called between two attempts.
Result<bool> wait_for_tenant(store::PostgresStore& store, TenantId tenant,
                             const std::function<bool()>& stopped,
                             const std::function<void()>& meanwhile);

}  // namespace holdfast::apps
