#pragma once
// Behind: a thread that writes one commit while the next is put together. It must never look into
// what it runs, and never holds more than one task.

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "base/result.h"

namespace holdfast::engine {

class Behind {
 public:
  Behind();
  /// Ends after the task under way.
  ~Behind();
  Behind(const Behind&) = delete;
  Behind& operator=(const Behind&) = delete;

  /// Starts a task; the one before must have been waited for.
  void begin(std::function<Status()> task);
  /// Waits for the task that was begun last and gives what it said; the same again when asked again.
  Status wait();

 private:
  void run();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::function<Status()> task_;
  Status said_;
  bool busy_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace holdfast::engine
