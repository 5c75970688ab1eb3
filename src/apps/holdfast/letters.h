#pragma once
// Letters: messages that processes waiting for a tenant made durable, on their way into the inbox
// of the one that works for it.

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "engine/engine.h"
#include "store/postgres/postgres_store.h"

namespace holdfast::apps {

class Letters {
 public:
  /// Looks twice a second for letters and puts them into the engine's inbox.
  Letters(store::PostgresStore& store, engine::Engine& engine);
  /// Stops. The engine is pumped no more.
  ~Letters();
  Letters(const Letters&) = delete;
  Letters& operator=(const Letters&) = delete;

 private:
  void run();
  void take();

  store::PostgresStore& store_;
  engine::Engine& engine_;
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
