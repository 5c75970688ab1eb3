#pragma once
// Live: tells open consoles that something changed (server-sent events). Bounded: whoever was away
// for too long is told to fetch again. It must never be taken for a source of truth.

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "base/instant.h"
#include "base/json.h"
#include "net/event_stream.h"

namespace holdfast::api {

class Live {
 public:
  using Stores = std::set<std::string>;  // channel accounts; none means all

  struct Reader {
    Stores stores;
    std::string key;          // of the session or token that lets them in
    Instant until;            // when that is over
    std::string person = {};  // user id; "" for a program
  };

  /// Opens a stream for somebody of some stores; with `last_id` what came after it is told first,
  /// or `reset` when it is too long ago. Null when too many are open, in all or by this key.
  std::shared_ptr<net::EventStream> open(std::string_view last_id, Reader reader);

  /// Ends a file on its way together with its reader's session or token; `reader.stores` and
  /// `reader.person` do not count, since nothing is told on it.
  void end_with(const std::shared_ptr<net::EventStream>& file, Reader reader);

  /// Ends the streams of a session or token. Who may still come in opens another one.
  void end(const std::string& key);

  /// Ends the streams of sessions and tokens that are over by now.
  void end_over(Instant now);

  /// Ends the streams whose session or token is not `there` any more, taken away by a command on
  /// the machine or by another process; looked at every ten seconds at most.
  void end_gone(Instant now, const std::function<bool(const std::string& key)>& there);

  /// Tells every open stream whose reader sees a store ("" for what only readers of all see).
  /// `event` is one of the contract's.
  void tell(std::string_view event, const Json& data, std::string_view store);

  /// Tells the streams of one person only; not told again to who was away.
  void tell_person(std::string_view event, const Json& data, std::string_view person);

  /// Tells each reader what `data` gives for that reader's stores; nothing when it gives null. It
  /// is asked once for all readers of the same stores, and not told again to who was away.
  void tell_each(std::string_view event, const std::function<Json(const Stores&)>& data);

  /// Tells every open stream to fetch everything again.
  void reset();

  /// Whether anybody listens.
  bool heard();

  /// Ends every stream.
  void close();

 private:
  struct Told {
    std::int64_t id = 0;
    std::string event, data, store;
  };
  struct Listener {
    std::shared_ptr<net::EventStream> stream;
    Stores stores;
    std::string key;
    Instant until;
    std::string person;

    bool sees(std::string_view store) const {
      return stores.empty() || stores.contains(std::string(store));
    }
  };
  /// A file is kept by whoever reads it.
  struct File {
    std::weak_ptr<net::EventStream> stream;
    std::string key;
    Instant until;
  };
  void forget_closed();
  void end_those(const std::function<bool(const std::string& key, Instant until)>& over);

  std::mutex mutex_;
  std::int64_t next_id_ = 1;
  Instant look_again_;
  std::deque<Told> recent_;
  std::vector<Listener> open_;
  std::vector<File> files_;
};

}  // namespace holdfast::api
