#include "net/dates.h"

#include <array>
#include <chrono>

namespace holdfast::net {
namespace {

constexpr std::array<const char*, 7> weekdays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<const char*, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string padded(std::int64_t number, std::size_t width) {
  auto text = std::to_string(number);
  if (text.size() < width) text.insert(0, width - text.size(), '0');
  return text;
}

// The names are English by both standards, so no locale may touch them.
std::string date_with_zone(Instant instant, const char* zone) {
  const std::chrono::sys_time<std::chrono::milliseconds> point{
      std::chrono::milliseconds{instant.ms}};
  const auto day = std::chrono::floor<std::chrono::days>(point);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(point - day)};
  const std::chrono::weekday weekday{day};
  std::string out = weekdays.at(weekday.c_encoding());
  out += ", " + padded(static_cast<unsigned>(date.day()), 2) + " ";
  out += months.at(static_cast<unsigned>(date.month()) - 1);
  out += " " + padded(static_cast<int>(date.year()), 4) + " " + padded(time.hours().count(), 2) +
         ":" + padded(time.minutes().count(), 2) + ":" + padded(time.seconds().count(), 2) + " ";
  return out + zone;
}

}  // namespace

std::string http_date(Instant instant) { return date_with_zone(instant, "GMT"); }

std::string mail_date(Instant instant) { return date_with_zone(instant, "+0000"); }

}  // namespace holdfast::net
