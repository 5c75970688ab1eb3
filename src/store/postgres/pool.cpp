#include "store/postgres/pool.h"

#include <chrono>

namespace holdfast::store::pg {

Result<Pool::Loan> Pool::lend() {
  std::unique_lock lock(guard_);
  const bool in_time =
      freed_.wait_for(lock, std::chrono::seconds(5), [&] { return lent_ < most_; });
  if (!in_time) {
    return fail(ErrorCode::Unavailable, "all reading connections are busy", "store",
                "try again; allow more readers when it stays so");
  }
  ++lent_;
  if (!free_.empty()) {
    auto database = std::move(free_.back());
    free_.pop_back();
    return Loan(*this, std::move(database), false);
  }
  // Connecting takes long; others may lend meanwhile.
  lock.unlock();
  auto opened = Database::open(address_, name_);
  if (opened) return Loan(*this, std::move(*opened), true);
  lock.lock();
  --lent_;
  freed_.notify_one();
  return fail(opened.error());
}

void Pool::give_back(std::unique_ptr<Database> database) {
  const bool sound = database->end();
  const std::lock_guard lock(guard_);
  --lent_;
  // What broke may be true of the others too: they are opened anew.
  if (sound)
    free_.push_back(std::move(database));
  else
    free_.clear();
  freed_.notify_one();
}

}  // namespace holdfast::store::pg
