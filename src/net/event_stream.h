#pragma once
// EventStream: the sending end of a response that stays open: server-sent events, or a long file
// whose parts are made while it leaves. Its queue is bounded: whoever reads events too slowly is
// cut off and comes back; of a file no more is made before the reader took what there is.

#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

namespace holdfast::net {

enum class StreamForm { Events, File };

/// Made by a handler, given to the server in the response, and kept by whoever has events to tell.
/// Every method may be called from any thread.
class EventStream {
 public:
  explicit EventStream(std::size_t most_bytes = 256u << 10, StreamForm form = StreamForm::Events);

  /// Queues one event in the wire format of the HTML standard, section 9.2.6; line breaks in
  /// `data` become several data lines. False when the stream is closed, which it is from then on
  /// also when the queue would grow beyond its bound. `event` and `id` must hold no line break.
  bool send(std::string_view data, std::string_view event = {}, std::string_view id = {});

  /// Queues a part of a file as it is; false as send is.
  bool write(std::string_view bytes);

  /// Called, by the thread that takes, whenever everything queued was taken; it must not block. It
  /// may own what makes the next part, which then lives as long as the stream.
  void on_room(std::function<void()> room);

  /// No more events; what is queued is still written. A file closed like this is broken off, and
  /// its reader can tell.
  void close();

  /// The file is whole: close, and its reader is told that this was all.
  void finish();

  /// Whether the reader may be told that the response has come to its proper end.
  bool whole() const;

  StreamForm form() const { return form_; }

  /// Whether the reader has gone, the queue overflowed, or close was called.
  bool closed() const;

  /// For the server: everything queued, and from then on no longer queued.
  std::string take();

  /// For the server: called after every send and close; an empty function ends that.
  void on_change(std::function<void()> changed);

 private:
  void tell();
  bool queue(std::string_view text);
  void end(bool finished);

  const std::size_t most_bytes_;
  const StreamForm form_;
  mutable std::mutex mutex_;
  std::string queued_;
  bool closed_ = false;
  bool finished_ = false;
  std::function<void()> changed_;
  std::function<void()> room_;
};

}  // namespace holdfast::net
