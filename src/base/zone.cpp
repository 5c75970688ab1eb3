#include "base/zone.h"

#include <cstdio>

#include <date/tz.h>

namespace holdfast {
namespace {

const date::time_zone* find_zone(std::string_view name) {
  try {
    return date::locate_zone(std::string(name));
  } catch (const std::exception&) {
    return nullptr;
  }
}

const date::time_zone* zone_or_utc(std::string_view name) {
  const auto* zone = name.empty() ? nullptr : find_zone(name);
  return zone ? zone : find_zone("UTC");
}

}  // namespace

bool zone_known(std::string_view zone) { return !zone.empty() && find_zone(zone) != nullptr; }

LocalTime local_time(Instant instant, std::string_view zone) {
  using namespace date;
  const auto point = sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(instant.ms));
  const auto local = zone_or_utc(zone)->to_local(point);
  const auto day = floor<date::days>(local);
  const year_month_day ymd(day);
  const auto rest = hh_mm_ss<std::chrono::milliseconds>(local - day);
  return {int(ymd.year()),           int(unsigned(ymd.month())),  int(unsigned(ymd.day())),
          int(rest.hours().count()), int(rest.minutes().count()), int(weekday(day).c_encoding())};
}

Instant instant_at(int year, int month, int day, int hour, int minute, std::string_view zone) {
  using namespace date;
  const auto midnight = local_days(date::year(year) / month / day);
  const auto local = midnight + std::chrono::hours(hour) + std::chrono::minutes(minute);
  const auto info = zone_or_utc(zone)->get_info(local);
  if (info.result == local_info::nonexistent) {
    return Instant{
        std::chrono::duration_cast<std::chrono::milliseconds>(info.first.end.time_since_epoch())
            .count()};
  }
  const auto utc = local.time_since_epoch() - info.first.offset;
  return Instant{std::chrono::duration_cast<std::chrono::milliseconds>(utc).count()};
}

std::string date_text(const LocalTime& local) {
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", local.year, local.month, local.day);
  return buffer;
}

}  // namespace holdfast
