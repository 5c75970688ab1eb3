#pragma once
// Runner: the thread that pumps an engine: as soon as there is work, and when the next is due.
// It must never touch the engine's insides.

#include <condition_variable>
#include <mutex>
#include <thread>

#include "engine/engine.h"

namespace holdfast::engine {

class Runner {
 public:
  explicit Runner(Engine& engine);
  /// Stops after the commit under way.
  ~Runner();
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  /// Asks the thread to end and waits for it. A second call does nothing.
  void stop();

 private:
  void run();

  Engine& engine_;
  std::mutex mutex_;
  std::condition_variable woken_;
  bool work_ = true;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace holdfast::engine
