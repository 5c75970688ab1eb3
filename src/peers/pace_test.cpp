#include "peers/pace.h"

#include <gtest/gtest.h>

namespace holdfast::peers {
namespace {

TEST(Pace, TwoClocksOfOnePaceAgreeAndAChangeOfSpeedIsNoJump) {
  const Pace pace{*parse_instant("2026-11-02T08:00:00Z"), monotonic_ms() - 1000, 60};
  const auto read = parse_pace(to_text(pace));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(*read, pace);
  PacedClock clock(*read);
  EXPECT_GE(clock.now(), pace.origin + seconds(60));
  const auto before = clock.now();
  clock.change(1);
  EXPECT_GE(clock.now(), before);
  EXPECT_EQ(clock.pace().speed, 1);
}

TEST(Pace, WhatIsNoPaceIsRefused) {
  for (const auto* text : {"", "1,2", "1,2,0", "1,2,x", "1,2,3,4"}) {
    EXPECT_FALSE(parse_pace(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace holdfast::peers
