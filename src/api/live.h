#pragma once
// Live: tells open consoles that something changed (server-sent events). Bounded: whoever was away
// for too long is told to fetch again. It must never be taken for a source of truth.

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/json.h"
#include "net/event_stream.h"

namespace holdfast::api {

class Live {
 public:
  /// Opens a stream; with `last_id` what came after it is told first, or `reset` when it is too
  /// long ago. Null when too many are open.
  std::shared_ptr<net::EventStream> open(std::string_view last_id);

  /// Tells every open stream. `event` is one of the contract's.
  void tell(std::string_view event, const Json& data);

  /// Whether anybody listens.
  bool heard();

  /// Ends every stream.
  void close();

 private:
  struct Told {
    std::int64_t id = 0;
    std::string event, data;
  };
  std::mutex mutex_;
  std::int64_t next_id_ = 1;
  std::deque<Told> recent_;
  std::vector<std::shared_ptr<net::EventStream>> open_;
};

}  // namespace holdfast::api
