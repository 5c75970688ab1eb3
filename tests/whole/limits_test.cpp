// Limits on what automation buys hold across an end of the program.
#include <gtest/gtest.h>

#include "tests/kit/in_process.h"

namespace holdfast {
namespace {

std::int64_t purchases(kit::InProcess& world) {
  return std::ssize(world.world().books()["suppliers"].items());
}

TEST(Limits, WhatWasBoughtTodayCountsAfterARestart) {
  kit::InProcessOptions options;
  options.adjust = [](engine::Setup& setup) {
    LimitPolicy limit;
    limit.orders_a_day = 2;
    setup.policy.limits = {limit};
  };
  kit::InProcess world(std::move(options));
  world.place_orders(2, minutes(1));
  world.run(hours(2));
  ASSERT_EQ(purchases(world), 2);
  world.restart();
  world.place_orders(1, minutes(1));
  world.run(hours(2));
  EXPECT_EQ(purchases(world), 2);
  const auto open = world.exceptions(true);
  ASSERT_EQ(open.size(), 1u);
  EXPECT_EQ(open.front().reason, ReasonCode::LimitReached);
  world.run(days(1));
  EXPECT_EQ(purchases(world), 3);
}

}  // namespace
}  // namespace holdfast
