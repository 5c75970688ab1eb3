#pragma once
// Tenancy: this process's hold on its tenant where several share one store. Nothing is sent to a
// partner while the hold is not sure, and it must never be taken up again once it was lost: what
// the engine remembers is then stale, so the process ends.

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "engine/engine.h"
#include "store/postgres/postgres_store.h"

namespace holdfast::apps {

class Tenancy {
 public:
  /// Renews what `store` holds of `tenant`, three times a lease, and puts letters that other
  /// processes left into the engine's inbox. `lost` is called once, when another process took it.
  Tenancy(store::PostgresStore& store, TenantId tenant, Duration lease, engine::Engine& engine,
          std::function<void()> lost);
  /// Stops, and lets another process take the tenant at once. The engine is pumped no more.
  ~Tenancy();
  Tenancy(const Tenancy&) = delete;
  Tenancy& operator=(const Tenancy&) = delete;

 private:
  void run();
  void take_letters();

  store::PostgresStore& store_;
  const TenantId tenant_;
  const Duration lease_;
  engine::Engine& engine_;
  const std::function<void()> lost_;
  std::mutex mutex_;
  std::condition_variable woken_;
  bool stopping_ = false;
  std::atomic<int> under_way_ = 0;
  std::thread thread_;
};

/// A message as a letter's bytes, before they are sealed.
std::string encode_letter(const std::string& account, const ports::Inbound& inbound,
                          const ports::Delivery& delivery);

struct LetterContent {
  std::string account;
  ports::Inbound inbound;
  ports::Delivery delivery;
};

/// The message of a letter's bytes; Invalid when they are none.
Result<LetterContent> decode_letter(const std::string& bytes);

}  // namespace holdfast::apps
