#include "store/sqlite/reader_pool.h"

#include <chrono>

namespace holdfast::store {

Result<ReaderPool::Loan> ReaderPool::lend() {
  std::unique_lock lock(guard_);
  const bool in_time = freed_.wait_for(lock, std::chrono::seconds(5),
                                       [&] { return !free_.empty() || lent_ < most_; });
  if (!in_time) {
    return fail(ErrorCode::Unavailable, "all reading connections are busy", "store",
                "try again; allow more readers when it stays so");
  }
  if (!free_.empty()) {
    auto database = std::move(free_.back());
    free_.pop_back();
    ++lent_;
    return Loan(*this, std::move(database));
  }
  auto opened = Database::open(path_, Access::Read, tuning_);
  if (!opened) return fail(opened.error());
  ++lent_;
  return Loan(*this, std::move(*opened));
}

void ReaderPool::give_back(std::unique_ptr<Database> database) {
  const std::lock_guard lock(guard_);
  --lent_;
  // A connection that cannot end its transaction is not lent again; a new one takes its place.
  if (database->rollback()) free_.push_back(std::move(database));
  freed_.notify_one();
}

}  // namespace holdfast::store
