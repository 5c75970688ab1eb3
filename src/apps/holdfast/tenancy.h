#pragma once
// Tenancy: this process's hold on its tenant where several share one store. Nothing is sent to a
// partner while the hold is not sure, and it must never be taken up again once it was lost: what
// the engine remembers is then stale, so the process ends. It lasts while the engine begins again.

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "store/postgres/postgres_store.h"

namespace holdfast::apps {

class Tenancy {
 public:
  /// Renews what `store` holds of `tenant`, three times a lease. `lost` is called once, when
  /// another process took it.
  Tenancy(store::PostgresStore& store, TenantId tenant, Duration lease, std::function<void()> lost);
  /// Stops, and lets another process take the tenant at once. No engine of it works any more.
  ~Tenancy();
  Tenancy(const Tenancy&) = delete;
  Tenancy& operator=(const Tenancy&) = delete;

 private:
  void run();

  store::PostgresStore& store_;
  const TenantId tenant_;
  const Duration lease_;
  const std::function<void()> lost_;
  std::mutex mutex_;
  std::condition_variable woken_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace holdfast::apps
