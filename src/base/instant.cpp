#include "base/instant.h"

#include <charconv>

#include <date/date.h>

namespace holdfast {
namespace {

/// Reads exactly `width` digits at `at`, or -1.
int digits(std::string_view text, std::size_t at, std::size_t width) {
  if (at + width > text.size()) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + width; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

/// Writes a number of at most `width` digits over what stands at `at`.
void set_digits(std::string& text, std::size_t at, std::size_t width, int value) {
  for (auto place = at + width; place > at; value /= 10) {
    text[--place] = static_cast<char>('0' + value % 10);
  }
}

tl::unexpected<Error> not_an_instant(std::string_view text) {
  return fail(ErrorCode::Invalid, "not a time", std::string(text.substr(0, 40)),
              "write it as 2026-11-02T09:00:00Z (RFC 3339)");
}

/// Minutes east of UTC from "Z", "+02:00" or "-0500"; -10000 when it is none of them.
int offset_minutes(std::string_view zone) {
  if (zone == "Z" || zone == "z") return 0;
  if (zone.size() < 5 || (zone[0] != '+' && zone[0] != '-')) return -10'000;
  const bool colon = zone[3] == ':';
  const int hour = digits(zone, 1, 2);
  const int minute = digits(zone, colon ? 4 : 3, 2);
  if (zone.size() != (colon ? 6u : 5u) || hour < 0 || hour > 23 || minute < 0 || minute > 59) {
    return -10'000;
  }
  return (zone[0] == '-' ? -1 : 1) * (hour * 60 + minute);
}

}  // namespace

std::string to_text(Instant instant) {
  using namespace date;
  const auto point = sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(instant.ms));
  const auto day = floor<date::days>(point);
  const year_month_day ymd(day);
  const auto rest = hh_mm_ss<std::chrono::milliseconds>(point - day);
  const int y = int(ymd.year());
  // Every event holds a few of these, so the digits are set without a format's help.
  std::string text = y >= 0 && y <= 9999 ? "0000-00-00T00:00:00" : std::to_string(y);
  if (y >= 0 && y <= 9999)
    set_digits(text, 0, 4, y);
  else
    text += "-00-00T00:00:00";
  const auto at = text.size() - 15;
  set_digits(text, at + 1, 2, int(unsigned(ymd.month())));
  set_digits(text, at + 4, 2, int(unsigned(ymd.day())));
  set_digits(text, at + 7, 2, int(rest.hours().count()));
  set_digits(text, at + 10, 2, int(rest.minutes().count()));
  set_digits(text, at + 13, 2, int(rest.seconds().count()));
  if (const auto ms = rest.subseconds().count(); ms != 0) {
    text += ".000";
    set_digits(text, text.size() - 3, 3, int(ms));
  }
  text += 'Z';
  return text;
}

Result<Instant> parse_instant(std::string_view text) {
  using namespace date;
  const int y = digits(text, 0, 4), mo = digits(text, 5, 2), d = digits(text, 8, 2);
  const int h = digits(text, 11, 2), mi = digits(text, 14, 2), s = digits(text, 17, 2);
  if (text.size() < 20 || y < 0 || text[4] != '-' || text[7] != '-' ||
      (text[10] != 'T' && text[10] != 't' && text[10] != ' ') || text[13] != ':' ||
      text[16] != ':' || h < 0 || h > 23 || mi < 0 || mi > 59 || s < 0 || s > 60) {
    return not_an_instant(text);
  }
  const auto ymd = year(y) / mo / d;
  if (mo < 1 || d < 1 || !ymd.ok()) return not_an_instant(text);
  std::size_t at = 19;
  std::int64_t ms = 0;
  if (text[at] == '.') {
    std::int64_t scale = 100;
    for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
      ms += (text[at] - '0') * scale;
      scale /= 10;
    }
  }
  const int offset = offset_minutes(text.substr(at));
  if (offset == -10'000) return not_an_instant(text);
  const std::int64_t day = sys_days(ymd).time_since_epoch().count();
  return Instant{((day * 24 + h) * 60 + mi - offset) * 60'000LL + s * 1000LL + ms};
}

std::string to_text(Duration span) {
  if (span.ms == 0) return "0s";
  std::string text = span.ms < 0 ? "-" : "";
  auto rest = span.ms < 0 ? -span.ms : span.ms;
  const auto take = [&](std::int64_t unit, const char* name) {
    if (rest / unit == 0) return;
    text += std::to_string(rest / unit) + name;
    rest %= unit;
  };
  take(86'400'000, "d");
  take(3'600'000, "h");
  take(60'000, "m");
  take(1000, "s");
  take(1, "ms");
  return text;
}

Result<Duration> parse_duration(std::string_view text) {
  const auto bad = [&] {
    return fail(ErrorCode::Invalid, "not a span of time", std::string(text.substr(0, 40)),
                "write it as 45s, 90m, 2h, 3d or 1h30m");
  };
  std::string_view rest = text;
  const bool negative = !rest.empty() && rest.front() == '-';
  if (negative) rest.remove_prefix(1);
  if (rest.empty()) return bad();
  std::int64_t total = 0;
  while (!rest.empty()) {
    std::int64_t number = 0;
    const auto [end, problem] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    if (problem != std::errc() || number < 0 || number > 1'000'000'000) return bad();
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    std::int64_t unit = 0;
    if (rest.starts_with("ms"))
      unit = 1;
    else if (rest.starts_with("s"))
      unit = 1000;
    else if (rest.starts_with("m"))
      unit = 60'000;
    else if (rest.starts_with("h"))
      unit = 3'600'000;
    else if (rest.starts_with("d"))
      unit = 86'400'000;
    else
      return bad();
    rest.remove_prefix(unit == 1 ? 2 : 1);
    total += number * unit;
  }
  return Duration{negative ? -total : total};
}

}  // namespace holdfast
