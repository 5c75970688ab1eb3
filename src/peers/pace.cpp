#include "peers/pace.h"

#include <charconv>
#include <chrono>
#include <memory>

#include "base/text.h"

namespace holdfast::peers {
namespace {

Instant at(const Pace& pace, std::int64_t monotonic) {
  return pace.origin + milliseconds((monotonic - pace.began_ms) * pace.speed);
}

}  // namespace

std::int64_t monotonic_ms() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

std::string to_text(const Pace& pace) {
  return std::to_string(pace.origin.ms) + "," + std::to_string(pace.began_ms) + "," +
         std::to_string(pace.speed);
}

Result<Pace> parse_pace(std::string_view text) {
  Pace pace;
  const auto parts = split(text, ',');
  std::int64_t* const fields[] = {&pace.origin.ms, &pace.began_ms, &pace.speed};
  bool sound = parts.size() == std::size(fields);
  for (std::size_t i = 0; sound && i < parts.size(); ++i) {
    const auto* last = std::to_address(parts[i].end());
    const auto [end, problem] =
        std::from_chars(std::to_address(parts[i].begin()), last, *fields[i]);
    sound = problem == std::errc() && end == last;
  }
  if (sound && pace.speed >= 1) return pace;
  return fail(ErrorCode::Invalid, "not a clock's pace", std::string(text),
              "write origin_ms,began_ms,speed");
}

Instant PacedClock::now() {
  const std::scoped_lock lock(mutex_);
  return at(pace_, monotonic_ms());
}

void PacedClock::change(std::int64_t speed) {
  const std::scoped_lock lock(mutex_);
  const auto monotonic = monotonic_ms();
  pace_ = {at(pace_, monotonic), monotonic, speed};
}

Pace PacedClock::pace() {
  const std::scoped_lock lock(mutex_);
  return pace_;
}

}  // namespace holdfast::peers
