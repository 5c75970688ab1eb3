#pragma once
// Working time: adding hours and days in a partner's own calendar and zone.
// Clock changes: a skipped time rolls forward, a doubled one counts once.

#include "base/instant.h"
#include "model/supplier.h"

namespace holdfast::core {

/// Whether a text is what a calendar's closures hold: "2026-12-25" or "2027-01-26..2027-02-05".
bool is_closure(std::string_view text);

/// Whether the local day of `at` is a working day of the calendar.
bool is_working_day(const Calendar& calendar, Instant at);

/// The instant after `span` of working hours from `from`; bounded to two years ahead.
Instant add_working_time(const Calendar& calendar, Instant from, Duration span);

/// The next cut-off ("HH:MM" local) at or after `from` on a working day; bounded to two years.
Instant next_cut_off(const Calendar& calendar, Instant from, std::string_view cut_off);

/// Close of business `days` working days after `from`. An order after `cut_off` ("HH:MM" local, ""
/// for none) counts from the next working day.
Instant add_working_days(const Calendar& calendar, Instant from, std::int64_t days,
                         std::string_view cut_off);

}  // namespace holdfast::core
