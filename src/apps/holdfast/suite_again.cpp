// A suite begins its engine again with what the store holds by then. It waits until nobody is in
// its way before the first request has to wait; whoever saves something meanwhile joins in.
#include <chrono>
#include <utility>

#include "apps/holdfast/suite.h"
#include "base/log.h"

namespace holdfast::apps {
namespace {

constexpr std::chrono::milliseconds look_again{5};
constexpr std::chrono::milliseconds look_for_use{50};
constexpr std::chrono::seconds longest_request{30};

}  // namespace

/// `done` hears of it before anything is ended: with the reason when it will not be.
void Suite::reopen(Begun done) {
  {
    const std::lock_guard lock(mutex_);
    if (!stopped_) {
      asked_.push_back(std::move(done));
      changed_.notify_all();
      return;
    }
  }
  done(fail(ErrorCode::Unavailable, "the program ends", "", "look again when it has started"));
}

void Suite::run_again() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return stopped_ || !asked_.empty(); });
    if (stopped_) return;
    lock.unlock();
    if (answer_asked()) begin_again();
    lock.lock();
  }
}

/// Answers those who asked since the last time; whether the engine can begin with what the store
/// holds now, which has what they saved.
bool Suite::answer_asked() {
  std::vector<Begun> asked;
  {
    const std::lock_guard lock(mutex_);
    asked.swap(asked_);
  }
  if (asked.empty()) return false;
  const auto setup = setup_now();
  // Each is let go of at once: it holds a request, and requests are waited for.
  for (auto& done : asked) {
    std::exchange(done, {})(setup ? Status() : Status(fail(setup.error())));
  }
  return setup.has_value();
}

/// Answers those who join in; false when the program ends.
bool Suite::keep_waiting() {
  answer_asked();
  const std::lock_guard lock(mutex_);
  return !stopped_;
}

/// Lets calls to partners end, so that their outcome is known and need not be asked for.
bool Suite::come_to_rest() {
  draining_ = true;
  const auto until = std::chrono::steady_clock::now() +
                     std::chrono::seconds(parts_.config->limits.request_seconds + 1);
  while (!engine_->rest().quiet && std::chrono::steady_clock::now() < until) {
    if (!keep_waiting()) return false;
    std::this_thread::sleep_for(look_again);
  }
  return true;
}

/// Lets new requests wait and those under way be answered; false when the program ends.
bool Suite::shut() {
  const auto until = std::chrono::steady_clock::now() + longest_request;
  std::unique_lock lock(mutex_);
  shut_ = true;
  while (!stopped_) {
    changed_.wait_until(lock, until,
                        [this] { return stopped_ || under_way_ == 0 || !asked_.empty(); });
    if (asked_.empty()) break;
    lock.unlock();
    answer_asked();
    lock.lock();
  }
  if (under_way_ > 0 && !stopped_) {
    log_warning("settings", "requests that were not answered in time are given up",
                {field("requests", static_cast<std::int64_t>(under_way_))});
  }
  return !stopped_;
}

/// Passes on what waited.
void Suite::open_up() {
  std::deque<Waiter> waited;
  {
    const std::lock_guard lock(mutex_);
    shut_ = false;
    waited.swap(waiting_);
    under_way_ += waited.size();
  }
  for (auto& one : waited) pass(std::move(one.request), std::move(one.respond));
}

void Suite::begin_again() {
  // A long command of the command line ends first; until then nobody else waits for it.
  std::unique_lock use(engine_use_, std::defer_lock);
  while (!use.try_lock_for(look_for_use)) {
    if (!keep_waiting()) return;
  }
  if (!come_to_rest() || !shut()) return;
  // Read only now: whoever was answered so far finds it in force.
  auto setup = setup_now();
  if (!setup) {
    log_error("settings", "the engine goes on with what was set before",
              {field("why", describe(setup.error()))});
    draining_ = false;
    use.unlock();
    return open_up();
  }
  end_engine();
  draining_ = false;
  if (auto begun = begin(std::move(*setup)); !begun) {
    // Nothing is lost: whoever supervises starts the program again, and it says what is wrong.
    log_error("settings", "the engine could not begin again",
              {field("why", describe(begun.error()))});
    if (parts_.options->lost) parts_.options->lost();
    return;
  }
  use.unlock();
  log_info("settings", "the engine began again with what was set", {});
  open_up();
}

}  // namespace holdfast::apps
