#include "api/refusals.h"

#include "base/text.h"

namespace holdfast::api {
namespace {

constexpr std::int64_t most_entries = 20;  // of a name in an hour
constexpr std::size_t most_names = 10'000;

}  // namespace

Refusals::Place Refusals::place_of(const std::string& name, const std::string& fresh, Instant now) {
  const std::lock_guard lock(mutex_);
  const auto over = [&](const Hour& hour) { return hour.since + hours(1) <= now; };
  if (hours_.size() >= most_names) {
    std::erase_if(hours_, [&](const auto& entry) { return over(entry.second); });
  }
  auto& hour = hours_[lower(name)];
  if (hour.tries == 0 || over(hour)) hour = {now, 0, {}};
  if (++hour.tries > most_entries) return {hour.last, hour.tries - most_entries};
  hour.last = fresh;
  return {fresh, 0};
}

}  // namespace holdfast::api
