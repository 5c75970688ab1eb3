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

EventStream::EventStream(std::size_t most_bytes) : most_bytes_(most_bytes) {}

bool EventStream::send(std::string_view data, std::string_view event, std::string_view id) {
  check(is_one_line(event) && is_one_line(id), "an event's name and id are one line");
  bool sent = false;
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return false;
    auto text = event_text(data, event, id);
    sent = queued_.size() + text.size() <= most_bytes_;
    if (sent) queued_ += text;
    closed_ = !sent;
  }
  tell();
  return sent;
}

void EventStream::close() {
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    closed_ = true;
  }
  tell();
}

bool EventStream::closed() const {
  const std::lock_guard lock(mutex_);
  return closed_;
}

std::string EventStream::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(queued_, {});
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
