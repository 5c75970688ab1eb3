#include "api/live.h"

#include <charconv>

namespace holdfast::api {
namespace {

constexpr std::size_t most_recent = 1000;
constexpr std::size_t most_open = 200;

}  // namespace

std::shared_ptr<net::EventStream> Live::open(std::string_view last_id) {
  auto stream = std::make_shared<net::EventStream>();
  const std::lock_guard lock(mutex_);
  std::erase_if(open_, [](const auto& known) { return known->closed(); });
  if (open_.size() >= most_open) return nullptr;
  const auto newest = std::to_string(next_id_ - 1);
  stream->send("{}", "hello", newest);
  std::int64_t last = 0;
  const auto read = std::from_chars(last_id.data(), last_id.data() + last_id.size(), last);
  if (!last_id.empty() && read.ec == std::errc{} && last != next_id_ - 1) {
    const bool known = last < next_id_ && !recent_.empty() && recent_.front().id <= last + 1;
    if (!known) stream->send("{}", "reset", newest);
    for (const auto& told : recent_) {
      if (known && told.id > last) stream->send(told.data, told.event, std::to_string(told.id));
    }
  }
  open_.push_back(stream);
  return stream;
}

void Live::tell(std::string_view event, const Json& data) {
  const auto text = to_text(data);
  const std::lock_guard lock(mutex_);
  const auto id = next_id_++;
  recent_.push_back({id, std::string(event), text});
  if (recent_.size() > most_recent) recent_.pop_front();
  for (const auto& stream : open_) stream->send(text, event, std::to_string(id));
  std::erase_if(open_, [](const auto& known) { return known->closed(); });
}

bool Live::heard() {
  const std::lock_guard lock(mutex_);
  std::erase_if(open_, [](const auto& known) { return known->closed(); });
  return !open_.empty();
}

void Live::close() {
  const std::lock_guard lock(mutex_);
  for (const auto& stream : open_) stream->close();
  open_.clear();
}

}  // namespace holdfast::api
