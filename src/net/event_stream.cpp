#include "net/event_stream.h"

#include <utility>

#include "base/check.h"

namespace holdfast::net {
namespace {

bool is_one_line(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

std::string event_text(std::string_view data, std::string_view event, std::string_view id) {
  std::string out;
  if (!event.empty()) out.append("event: ").append(event).append("\n");
  if (!id.empty()) out.append("id: ").append(id).append("\n");
  for (;;) {
    const auto end = data.find_first_of("\r\n");
    out.append("data: ").append(data.substr(0, end)).append("\n");
    if (end == std::string_view::npos) break;
    data.remove_prefix(end + (data.substr(end, 2) == "\r\n" ? 2 : 1));
  }
  return out + "\n";
}

}  // namespace

EventStream::EventStream(std::size_t most_bytes, StreamForm form)
    : most_bytes_(most_bytes), form_(form) {}

bool EventStream::send(std::string_view data, std::string_view event, std::string_view id) {
  check(is_one_line(event) && is_one_line(id), "an event's name and id are one line");
  return queue(event_text(data, event, id));
}

bool EventStream::write(std::string_view bytes) { return queue(bytes); }

bool EventStream::queue(std::string_view text) {
  bool sent = false;
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return false;
    sent = queued_.size() + text.size() <= most_bytes_;
    if (sent) queued_ += text;
    closed_ = !sent;
  }
  tell();
  return sent;
}

void EventStream::close() { end(false); }

void EventStream::finish() { end(true); }

void EventStream::end(bool finished) {
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    closed_ = true;
    finished_ = finished;
  }
  tell();
}

bool EventStream::whole() const {
  const std::lock_guard lock(mutex_);
  return form_ == StreamForm::Events || finished_;
}

bool EventStream::closed() const {
  const std::lock_guard lock(mutex_);
  return closed_;
}

std::string EventStream::take() {
  std::string taken;
  std::function<void()> room;
  {
    const std::lock_guard lock(mutex_);
    taken = std::exchange(queued_, {});
    if (!taken.empty() && !closed_) room = room_;
  }
  if (room) room();
  return taken;
}

void EventStream::on_room(std::function<void()> room) {
  const std::lock_guard lock(mutex_);
  room_ = std::move(room);
}

void EventStream::on_change(std::function<void()> changed) {
  const std::lock_guard lock(mutex_);
  changed_ = std::move(changed);
}

// Called without the lock, because the receiver may come back with take().
void EventStream::tell() {
  std::function<void()> changed;
  {
    const std::lock_guard lock(mutex_);
    changed = changed_;
  }
  if (changed) changed();
}

}  // namespace holdfast::net
