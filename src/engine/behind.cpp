#include "engine/behind.h"

#include <exception>

#include "base/check.h"

namespace holdfast::engine {

Behind::Behind() : thread_([this] { run(); }) {}

Behind::~Behind() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Behind::begin(std::function<Status()> task) {
  {
    const std::lock_guard lock(mutex_);
    check(!busy_, "one commit is written at a time");
    task_ = std::move(task);
    busy_ = true;
  }
  changed_.notify_all();
}

Status Behind::wait() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !busy_; });
  return said_;
}

void Behind::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return busy_ || stopping_; });
    if (!busy_) return;
    const auto task = std::exchange(task_, {});
    lock.unlock();
    Status said;
    try {
      said = task();
    } catch (const std::exception& failure) {
      said = fail(ErrorCode::Internal, failure.what(), "store");
    }
    lock.lock();
    said_ = std::move(said);
    busy_ = false;
    changed_.notify_all();
  }
}

}  // namespace holdfast::engine
