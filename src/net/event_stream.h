#pragma once
// EventStream: the sending end of a response that stays open (server-sent events).
// Its queue is bounded: whoever reads too slowly is cut off and comes back, never buffered for.

#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

namespace holdfast::net {

/// Made by a handler, given to the server in the response, and kept by whoever has events to tell.
/// Every method may be called from any thread.
class EventStream {
 public:
  explicit EventStream(std::size_t most_bytes = 256u << 10);

  /// Queues one event in the wire format of the HTML standard, section 9.2.6; line breaks in
  /// `data` become several data lines. False when the stream is closed, which it is from then on
  /// also when the queue would grow beyond its bound. `event` and `id` must hold no line break.
  bool send(std::string_view data, std::string_view event = {}, std::string_view id = {});

  /// No more events; what is queued is still written.
  void close();

  /// Whether the reader has gone, the queue overflowed, or close was called.
  bool closed() const;

  /// For the server: everything queued, and from then on no longer queued.
  std::string take();

  /// For the server: called after every send and close; an empty function ends that.
  void on_change(std::function<void()> changed);

 private:
  void tell();

  const std::size_t most_bytes_;
  mutable std::mutex mutex_;
  std::string queued_;
  bool closed_ = false;
  std::function<void()> changed_;
};

}  // namespace holdfast::net
