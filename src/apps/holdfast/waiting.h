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

struct WaitingParts {
  engine::Engine* reader = nullptr;  // proves messages and reads; nobody pumps it
  store::PostgresStore* store = nullptr;
  ports::Entropy* entropy = nullptr;
  ports::Clock* clock = nullptr;
  net::ServerOptions server;
  Duration request_limit;
  api::ApiOptions api;  // for reading only
};

class Waiting {
 public:
  /// Serves from now on. Errors: the server's, the transport's.
  static Result<std::unique_ptr<Waiting>> open(WaitingParts parts);
  virtual ~Waiting() = default;
};

/// Takes the tenant as soon as it is free; false when `stopped` said so first. Errors: the store's
/// that waiting does not heal.
Result<bool> wait_for_tenant(store::PostgresStore& store, TenantId tenant,
                             const std::function<bool()>& stopped);

}  // namespace holdfast::apps
