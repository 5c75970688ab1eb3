#include "peers/scene.h"

#include <algorithm>

#include "base/check.h"
#include "base/hash.h"

namespace holdfast::peers {

Agenda::Agenda(Instant start, std::int64_t hurry)
    : now_(start), hurry_(std::max<std::int64_t>(hurry, 1)) {}

void Agenda::after(Duration wait, std::function<void()> act) {
  at(now_ + wait / hurry_, std::move(act));
}

void Agenda::at(Instant instant, std::function<void()> act) {
  due_.emplace(std::pair(std::max(instant, now_), ++count_), std::move(act));
}

void Agenda::advance_to(Instant instant) {
  while (!due_.empty() && due_.begin()->first.first <= instant) {
    auto node = due_.extract(due_.begin());
    now_ = std::max(now_, node.key().first);
    node.mapped()();
  }
  now_ = std::max(now_, instant);
}

Instant Agenda::next() const { return due_.empty() ? Instant{} : due_.begin()->first.first; }

std::int64_t Chance::number(std::string_view key, std::int64_t least, std::int64_t most) const {
  check(least <= most, "a range has a least and a most");
  const auto digest = sha256(std::to_string(seed_) + "/" + std::string(key));
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 8; ++i) value = value << 8 | digest[i];
  const auto size = static_cast<std::uint64_t>(most - least) + 1;
  return least + static_cast<std::int64_t>(value % size);
}

Duration Chance::span(std::string_view key, Duration least, Duration most) const {
  return seconds(number(key, least.ms / 1000, most.ms / 1000));
}

bool Chance::happens(std::string_view key, std::int64_t permille) const {
  return number(key, 0, 999) < permille;
}

std::string Chance::hex_text(std::string_view key, std::size_t length) const {
  return hex(sha256(std::to_string(seed_) + "/hex/" + std::string(key))).substr(0, length);
}

std::string Chance::uuid(std::string_view key) const {
  auto text = hex_text(key, 32);
  for (const std::size_t at : {8U, 13U, 18U, 23U}) text.insert(at, 1, '-');
  return text;
}

void Post::send(ports::HttpRequest request, Answered answered) {
  waiting_.emplace(++count_, std::move(answered));
  queue_.push_back({count_, std::move(request)});
}

std::vector<Outgoing> Post::take() { return std::exchange(queue_, {}); }

void Post::answer(std::int64_t number, const ports::Response& response) {
  const auto found = waiting_.find(number);
  if (found == waiting_.end()) return;
  const auto answered = std::move(found->second);
  waiting_.erase(found);
  if (answered) answered(response);
}

bool is_success(const ports::Response& response) {
  const auto* http = std::get_if<ports::HttpResponse>(&response);
  return http && http->status >= 200 && http->status < 300;
}

}  // namespace holdfast::peers
