#include "core/sla/working_time.h"

#include <algorithm>
#include <charconv>

#include "base/zone.h"

namespace holdfast::core {
namespace {

constexpr int longest_search_days = 730;

bool closed_on(const Calendar& calendar, const LocalTime& local) {
  if (std::ranges::find(calendar.weekend, std::int64_t{local.weekday}) != calendar.weekend.end()) {
    return true;
  }
  const auto day = date_text(local);
  for (const std::string_view closure : calendar.closures) {
    const auto dots = closure.find("..");
    const auto first = closure.substr(0, dots);
    const auto last = dots == std::string_view::npos ? first : closure.substr(dots + 2);
    if (day >= first && day <= last) return true;
  }
  return false;
}

Instant opening(const Calendar& calendar, const LocalTime& day) {
  return instant_at(day.year, day.month, day.day, int(calendar.opens_hour), 0, calendar.zone);
}

Instant closing(const Calendar& calendar, const LocalTime& day) {
  return instant_at(day.year, day.month, day.day, int(calendar.closes_hour), 0, calendar.zone);
}

/// Noon of the next local day: far enough from midnight that no clock change skips a day.
LocalTime next_day(const Calendar& calendar, const LocalTime& day) {
  const auto noon = instant_at(day.year, day.month, day.day, 12, 0, calendar.zone);
  return local_time(noon + hours(24), calendar.zone);
}

int minutes_of(std::string_view clock) {
  int hour = 0, minute = 0;
  const auto colon = clock.find(':');
  if (colon == std::string_view::npos) return -1;
  const auto hours_text = clock.substr(0, colon);
  const auto minutes_text = clock.substr(colon + 1);
  std::from_chars(hours_text.data(), hours_text.data() + hours_text.size(), hour);
  std::from_chars(minutes_text.data(), minutes_text.data() + minutes_text.size(), minute);
  return hour * 60 + minute;
}

}  // namespace

bool is_closure(std::string_view text) {
  const auto is_date = [](std::string_view date) {
    return date.size() == 10 && parse_instant(std::string(date) + "T00:00:00Z").has_value();
  };
  const auto dots = text.find("..");
  if (dots == std::string_view::npos) return is_date(text);
  const auto from = text.substr(0, dots), to = text.substr(dots + 2);
  return is_date(from) && is_date(to) && from <= to;
}

bool is_working_day(const Calendar& calendar, Instant at) {
  return !closed_on(calendar, local_time(at, calendar.zone));
}

Instant add_working_time(const Calendar& calendar, Instant from, Duration span) {
  auto day = local_time(from, calendar.zone);
  auto left = span;
  for (int i = 0; i < longest_search_days; ++i, day = next_day(calendar, day)) {
    if (closed_on(calendar, day)) continue;
    const auto start = std::max(from, opening(calendar, day));
    const auto end = closing(calendar, day);
    if (start >= end) continue;
    if (end - start >= left) return start + left;
    left = left - (end - start);
  }
  return from + days(longest_search_days);
}

Instant next_cut_off(const Calendar& calendar, Instant from, std::string_view cut_off) {
  auto day = local_time(from, calendar.zone);
  const int limit = std::max(0, minutes_of(cut_off));
  for (int i = 0; i < longest_search_days; ++i, day = next_day(calendar, day)) {
    if (closed_on(calendar, day)) continue;
    const auto at = instant_at(day.year, day.month, day.day, limit / 60, limit % 60, calendar.zone);
    if (at >= from) return at;
  }
  return from + days(longest_search_days);
}

Instant add_working_days(const Calendar& calendar, Instant from, std::int64_t count,
                         std::string_view cut_off) {
  auto day = local_time(from, calendar.zone);
  const int limit = minutes_of(cut_off);
  const bool late = limit >= 0 && day.hour * 60 + day.minute >= limit;
  auto left = count + (late && !closed_on(calendar, day) ? 1 : 0);
  for (int i = 0; i < longest_search_days; ++i, day = next_day(calendar, day)) {
    if (closed_on(calendar, day)) continue;
    if (left-- <= 0) return std::max(from, closing(calendar, day));
  }
  return from + days(longest_search_days);
}

}  // namespace holdfast::core
