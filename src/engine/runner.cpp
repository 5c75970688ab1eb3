#include "engine/runner.h"

#include <algorithm>

namespace holdfast::engine {
namespace {

// The wall clock may step while the thread sleeps; it looks again at least this often.
constexpr Duration longest_sleep = seconds(1);

}  // namespace

Runner::Runner(Engine& engine) : engine_(engine) {
  engine_.on_wake([this] {
    {
      const std::lock_guard lock(mutex_);
      work_ = true;
    }
    woken_.notify_one();
  });
  thread_ = std::thread([this] { run(); });
}

Runner::~Runner() { stop(); }

void Runner::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_one();
  if (thread_.joinable()) thread_.join();
  engine_.on_wake({});
}

void Runner::run() {
  while (true) {
    const auto due = engine_.pump();
    std::unique_lock lock(mutex_);
    if (stopping_) return;
    const auto wait = std::clamp(due - engine_.clock().now(), Duration{0}, longest_sleep);
    if (wait.ms > 0) {
      woken_.wait_for(lock, std::chrono::milliseconds(wait.ms),
                      [this] { return work_ || stopping_; });
    }
    if (stopping_) return;
    work_ = false;
  }
}

}  // namespace holdfast::engine
