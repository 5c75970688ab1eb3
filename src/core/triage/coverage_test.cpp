// Coverage hours: zones, weekdays, days off, nights, and what a clock change makes of them.
#include "core/triage/coverage.h"

#include <gtest/gtest.h>

namespace holdfast::core {
namespace {

Instant at(const char* text) { return *parse_instant(text); }

RosterEntry entry(std::int64_t from, std::int64_t to, std::string zone = "UTC",
                  std::vector<std::int64_t> days = {}) {
  RosterEntry made;
  made.owner = "desk";
  made.from_hour = from;
  made.to_hour = to;
  made.zone = std::move(zone);
  made.days = std::move(days);
  return made;
}

TEST(Coverage, WithoutAWordItIsEveryHourOfEveryDay) {
  const auto always = entry(0, 24);
  EXPECT_TRUE(covers(always, at("2026-03-08T23:59:59Z")));
  EXPECT_FALSE(covers_until(always, at("2026-03-08T23:59:59Z")));
}

TEST(Coverage, HoursAreThoseOfTheZone) {
  const auto berlin = entry(9, 17, "Europe/Berlin");
  EXPECT_FALSE(covers(berlin, at("2026-03-04T07:59:00Z")));
  EXPECT_TRUE(covers(berlin, at("2026-03-04T08:00:00Z")));
  EXPECT_TRUE(covers(berlin, at("2026-07-01T07:00:00Z"))) << "summer time";
  EXPECT_EQ(covers_until(berlin, at("2026-03-04T08:00:00Z")), at("2026-03-04T16:00:00Z"));
  EXPECT_EQ(covers_until(berlin, at("2026-07-01T08:00:00Z")), at("2026-07-01T15:00:00Z"));
  EXPECT_FALSE(covers_until(berlin, at("2026-03-04T16:00:00Z")));
  const auto kolkata = entry(9, 17, "Asia/Kolkata");
  EXPECT_FALSE(covers(kolkata, at("2026-03-04T03:29:00Z")));
  EXPECT_TRUE(covers(kolkata, at("2026-03-04T03:30:00Z")));
  EXPECT_EQ(covers_until(kolkata, at("2026-03-04T03:30:00Z")), at("2026-03-04T11:30:00Z"));
}

TEST(Coverage, WeekdaysAreThoseOnWhichTheHoursBegin) {
  const auto nights = entry(20, 4, "UTC", {5});  // Friday night
  EXPECT_FALSE(covers(nights, at("2026-03-06T03:00:00Z"))) << "Thursday's night";
  EXPECT_TRUE(covers(nights, at("2026-03-06T20:00:00Z")));
  EXPECT_TRUE(covers(nights, at("2026-03-07T03:59:00Z")));
  EXPECT_FALSE(covers(nights, at("2026-03-07T20:00:00Z")));
  EXPECT_EQ(covers_until(nights, at("2026-03-06T21:00:00Z")), at("2026-03-07T04:00:00Z"));
  EXPECT_EQ(covers_until(nights, at("2026-03-07T03:00:00Z")), at("2026-03-07T04:00:00Z"));
}

TEST(Coverage, WholeDaysGoOnUntilTheFirstThatIsOff) {
  auto week = entry(0, 24, "UTC", {1, 2, 3, 4, 5});
  EXPECT_EQ(covers_until(week, at("2026-03-04T09:00:00Z")), at("2026-03-07T00:00:00Z"));
  EXPECT_FALSE(covers(week, at("2026-03-07T09:00:00Z")));
  week.closures = {"2026-03-05..2026-03-06"};
  EXPECT_EQ(covers_until(week, at("2026-03-04T09:00:00Z")), at("2026-03-05T00:00:00Z"));
  EXPECT_FALSE(covers(week, at("2026-03-06T09:00:00Z")));
}

TEST(Coverage, ANightEndsByTheClockWhenItChanges) {
  const auto night = entry(22, 6, "Europe/Berlin");
  EXPECT_EQ(covers_until(night, at("2026-03-28T22:00:00Z")), at("2026-03-29T04:00:00Z"));
  EXPECT_EQ(covers_until(night, at("2026-10-25T01:30:00Z")), at("2026-10-25T05:00:00Z"));
}

}  // namespace
}  // namespace holdfast::core
