#pragma once
// Instant and Duration: points and spans of time in UTC milliseconds.
// It must never read a clock; the present comes from ports/clock.h and travels as a fact.

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace holdfast {

/// A span of time in milliseconds; may be negative.
struct Duration {
  std::int64_t ms = 0;

  auto operator<=>(const Duration&) const = default;
  Duration operator+(Duration other) const { return {ms + other.ms}; }
  Duration operator-(Duration other) const { return {ms - other.ms}; }
  Duration operator*(std::int64_t factor) const { return {ms * factor}; }
  Duration operator/(std::int64_t divisor) const { return {ms / divisor}; }
};

/// A span of `n` milliseconds.
constexpr Duration milliseconds(std::int64_t n) { return {n}; }
/// A span of `n` seconds.
constexpr Duration seconds(std::int64_t n) { return {n * 1000}; }
/// A span of `n` minutes.
constexpr Duration minutes(std::int64_t n) { return {n * 60'000}; }
/// A span of `n` hours.
constexpr Duration hours(std::int64_t n) { return {n * 3'600'000}; }
/// A span of `n` days of 24 h.
constexpr Duration days(std::int64_t n) { return {n * 86'400'000}; }

/// A point in time: milliseconds since 1970-01-01T00:00:00Z; 0 means "not known".
struct Instant {
  std::int64_t ms = 0;

  auto operator<=>(const Instant&) const = default;
  explicit operator bool() const { return ms != 0; }
  Instant operator+(Duration span) const { return {ms + span.ms}; }
  Instant operator-(Duration span) const { return {ms - span.ms}; }
  Duration operator-(Instant earlier) const { return {ms - earlier.ms}; }
};

/// RFC 3339 in UTC, milliseconds only when there are any: "2026-11-02T09:00:00Z".
std::string to_text(Instant instant);

/// Reads RFC 3339 with any offset; Invalid when it is not one.
Result<Instant> parse_instant(std::string_view text);

/// "90m", "2h", "3d", "45s", "1h30m": as people write spans in policy files and stories.
std::string to_text(Duration span);

/// Reads what to_text(Duration) writes; Invalid for anything else.
Result<Duration> parse_duration(std::string_view text);

}  // namespace holdfast
