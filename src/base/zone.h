#pragma once
// Local time in IANA zones: for cut-offs, business days and coverage hours.
// Instants stay UTC everywhere else; a local time is never stored.

#include <string>
#include <string_view>

#include "base/instant.h"

namespace holdfast {

/// Wall-clock time in some zone; `weekday` is 0 for Sunday … 6 for Saturday.
struct LocalTime {
  int year = 0;
  int month = 0;
  int day = 0;
  int hour = 0;
  int minute = 0;
  int weekday = 0;
};

/// Whether the zone is one of the IANA time zone database.
bool zone_known(std::string_view zone);

/// Wall-clock time of an instant; an unknown zone counts as UTC.
LocalTime local_time(Instant instant, std::string_view zone);

/// The instant of a wall-clock time. A time that a clock change skips rolls forward to the first
/// one that exists; of one that occurs twice the first is taken.
Instant instant_at(int year, int month, int day, int hour, int minute, std::string_view zone);

/// "2026-11-02" of a local time, as calendars name days.
std::string date_text(const LocalTime& local);

}  // namespace holdfast
