#pragma once
// Workers: a few threads for what may not be done on the server's own: reads, pages, passwords.
// Its queue is bounded; it must never be waited for by one of its own threads.

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace holdfast::api {

class Workers {
 public:
  Workers(int threads, std::size_t most_waiting);
  /// Drops what still waits and ends the threads.
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  /// Queues a job; false when too many wait, and then it is not run.
  bool run(std::function<void()> job);

  /// Ends the threads; nothing is run after it. A second call does nothing.
  void stop();

 private:
  void work();

  const std::size_t most_waiting_;
  std::mutex mutex_;
  std::condition_variable woken_;
  std::deque<std::function<void()>> waiting_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace holdfast::api
