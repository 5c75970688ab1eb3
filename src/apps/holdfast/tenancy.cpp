#include "apps/holdfast/tenancy.h"

#include <utility>

#include "base/log.h"

namespace holdfast::apps {

Tenancy::Tenancy(store::PostgresStore& store, TenantId tenant, Duration lease,
                 std::function<void()> lost)
    : store_(store), tenant_(tenant), lease_(lease), lost_(std::move(lost)), thread_([this] {
        run();
      }) {}

Tenancy::~Tenancy() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_one();
  thread_.join();
  if (auto given = store_.give_up_lease(tenant_); !given) {
    log_warning("lease", "the tenant was not given up; another process takes it when it has ended",
                {field("why", describe(given.error()))});
  }
}

void Tenancy::run() {
  while (true) {
    const auto renewed = store_.renew_lease(tenant_);
    if (!renewed && renewed.error().code == ErrorCode::Conflict) {
      log_error("lease", "another process works for this tenant; this one ends", {});
      lost_();
      return;
    }
    if (!renewed) {
      log_warning("lease", "the lease was not renewed", {field("why", describe(renewed.error()))});
    }
    std::unique_lock lock(mutex_);
    const auto pause = std::chrono::milliseconds(lease_.ms / 3);
    if (woken_.wait_for(lock, pause, [this] { return stopping_; })) return;
  }
}

}  // namespace holdfast::apps
