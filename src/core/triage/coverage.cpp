#include "core/triage/coverage.h"

#include <algorithm>

#include "base/zone.h"
#include "core/sla/working_time.h"

namespace holdfast::core {
namespace {

constexpr int longest_search_days = 14;

/// Noon of a local day, and of the days around it: far enough from midnight that no clock change
/// skips one.
Instant noon_of(const LocalTime& day, const RosterEntry& entry) {
  return instant_at(day.year, day.month, day.day, 12, 0, entry.zone);
}

bool is_on(const RosterEntry& entry, Instant noon) {
  if (entry.days.empty() && entry.closures.empty()) return true;
  Calendar calendar;
  calendar.zone = entry.zone;
  calendar.closures = entry.closures;
  calendar.weekend.clear();
  for (std::int64_t day = 0; day < 7 && !entry.days.empty(); ++day) {
    if (std::ranges::find(entry.days, day) == entry.days.end()) calendar.weekend.push_back(day);
  }
  return is_working_day(calendar, noon);
}

/// Whether the hours end on the day after the one they begin on.
bool ends_next_day(const RosterEntry& entry) { return entry.to_hour < entry.from_hour; }

/// Noon of the day on which the shift began that the moment may lie in; none outside the hours.
Instant day_of(const RosterEntry& entry, Instant now) {
  const auto local = local_time(now, entry.zone);
  const auto noon = noon_of(local, entry);
  if (!ends_next_day(entry)) {
    return entry.from_hour <= local.hour && local.hour < entry.to_hour ? noon : Instant{};
  }
  if (local.hour >= entry.from_hour) return noon;
  if (local.hour >= entry.to_hour) return {};
  return noon_of(local_time(noon - hours(24), entry.zone), entry);
}

/// When the shift of a day ends.
Instant end_of(const RosterEntry& entry, Instant noon) {
  const bool midnight = entry.to_hour == 24;
  const auto last = ends_next_day(entry) || midnight ? noon + hours(24) : noon;
  const auto day = local_time(last, entry.zone);
  return instant_at(day.year, day.month, day.day, midnight ? 0 : int(entry.to_hour), 0, entry.zone);
}

}  // namespace

bool covers(const RosterEntry& entry, Instant now) {
  const auto day = day_of(entry, now);
  return day && is_on(entry, day);
}

Instant covers_until(const RosterEntry& entry, Instant now) {
  if (entry.from_hour == 0 && entry.to_hour == 24 && entry.days.empty() && entry.closures.empty()) {
    return {};
  }
  auto at = now;
  for (int i = 0; i < longest_search_days; ++i) {
    const auto day = day_of(entry, at);
    if (!day || !is_on(entry, day)) return at == now ? Instant{} : at;
    at = end_of(entry, day);
  }
  return {};
}

}  // namespace holdfast::core
