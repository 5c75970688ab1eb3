#include "api/live.h"

#include <algorithm>
#include <charconv>

namespace holdfast::api {
namespace {

constexpr std::size_t most_recent = 1000;
constexpr std::size_t most_open = 200;
constexpr Duration look_every = seconds(10);
constexpr std::ptrdiff_t most_of_one = 20;  // of one session or token

}  // namespace

void Live::forget_closed() {
  std::erase_if(open_, [](const Listener& known) { return known.stream->closed(); });
  std::erase_if(files_, [](const File& known) {
    const auto stream = known.stream.lock();
    return !stream || stream->closed();
  });
}

std::shared_ptr<net::EventStream> Live::open(std::string_view last_id, Reader reader) {
  auto stream = std::make_shared<net::EventStream>();
  const std::lock_guard lock(mutex_);
  forget_closed();
  if (open_.size() >= most_open) return nullptr;
  if (std::ranges::count(open_, reader.key, &Listener::key) >= most_of_one) return nullptr;
  const Listener listener{stream, std::move(reader.stores), std::move(reader.key), reader.until,
                          std::move(reader.person)};
  const auto newest = std::to_string(next_id_ - 1);
  stream->send("{}", "hello", newest);
  std::int64_t last = 0;
  const auto read = std::from_chars(last_id.data(), last_id.data() + last_id.size(), last);
  if (!last_id.empty() && read.ec == std::errc{} && last != next_id_ - 1) {
    const bool known = last < next_id_ && !recent_.empty() && recent_.front().id <= last + 1;
    if (!known) stream->send("{}", "reset", newest);
    for (const auto& told : recent_) {
      if (!known || told.id <= last || !listener.sees(told.store)) continue;
      stream->send(told.data, told.event, std::to_string(told.id));
    }
  }
  open_.push_back(listener);
  return stream;
}

void Live::end_with(const std::shared_ptr<net::EventStream>& file, Reader reader) {
  const std::lock_guard lock(mutex_);
  forget_closed();
  files_.push_back({file, std::move(reader.key), reader.until});
}

void Live::end_those(const std::function<bool(const std::string& key, Instant until)>& over) {
  const std::lock_guard lock(mutex_);
  for (const auto& listener : open_) {
    if (over(listener.key, listener.until)) listener.stream->close();
  }
  for (const auto& file : files_) {
    const auto stream = file.stream.lock();
    if (stream && over(file.key, file.until)) stream->close();
  }
  forget_closed();
}

void Live::end(const std::string& key) {
  end_those([&](const std::string& one, Instant) { return one == key; });
}

void Live::end_over(Instant now) {
  end_those([&](const std::string&, Instant until) { return until <= now; });
}

void Live::end_gone(Instant now, const std::function<bool(const std::string& key)>& there) {
  std::set<std::string> keys;
  {
    const std::lock_guard lock(mutex_);
    if (now < look_again_) return;
    look_again_ = now + look_every;
    for (const auto& listener : open_) keys.insert(listener.key);
    for (const auto& file : files_) keys.insert(file.key);
  }
  // Asked without the lock: it reads the store.
  for (const auto& key : keys) {
    if (!there(key)) end(key);
  }
}

void Live::tell(std::string_view event, const Json& data, std::string_view store) {
  const auto text = to_text(data);
  const std::lock_guard lock(mutex_);
  const auto id = next_id_++;
  recent_.push_back({id, std::string(event), text, std::string(store)});
  if (recent_.size() > most_recent) recent_.pop_front();
  for (const auto& listener : open_) {
    if (listener.sees(store)) listener.stream->send(text, event, std::to_string(id));
  }
  forget_closed();
}

void Live::tell_person(std::string_view event, const Json& data, std::string_view person) {
  const auto text = to_text(data);
  const std::lock_guard lock(mutex_);
  for (const auto& listener : open_) {
    if (listener.person == person) {
      listener.stream->send(text, event, std::to_string(next_id_ - 1));
    }
  }
}

void Live::tell_each(std::string_view event, const std::function<Json(const Stores&)>& data) {
  std::set<Stores> groups;
  {
    const std::lock_guard lock(mutex_);
    forget_closed();
    for (const auto& listener : open_) groups.insert(listener.stores);
  }
  // Asked without the lock: it reads the store.
  for (const auto& stores : groups) {
    const auto json = data(stores);
    if (json.is_null()) continue;
    const auto text = to_text(json);
    const std::lock_guard lock(mutex_);
    for (const auto& listener : open_) {
      if (listener.stores == stores) {
        listener.stream->send(text, event, std::to_string(next_id_ - 1));
      }
    }
  }
}

void Live::reset() {
  const std::lock_guard lock(mutex_);
  recent_.clear();
  const auto id = std::to_string(next_id_++);
  for (const auto& listener : open_) listener.stream->send("{}", "reset", id);
}

bool Live::heard() {
  const std::lock_guard lock(mutex_);
  forget_closed();
  return !open_.empty();
}

void Live::close() {
  const std::lock_guard lock(mutex_);
  for (const auto& listener : open_) listener.stream->close();
  for (const auto& file : files_) {
    if (const auto stream = file.stream.lock()) stream->close();
  }
  open_.clear();
  files_.clear();
}

}  // namespace holdfast::api
