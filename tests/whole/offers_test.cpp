// Offers age; what is stated anew counts at once, also for orders that wait for a supplier.
#include <gtest/gtest.h>

#include "tests/kit/in_process.h"

namespace holdfast {
namespace {

std::int64_t purchases(kit::InProcess& world) {
  return std::ssize(world.world().books()["suppliers"].items());
}

TEST(Offers, WhatIsStatedAnewFreesTheOrdersThatWaitedForIt) {
  kit::InProcess world({});
  world.run(hours(30));
  world.place_orders(1, minutes(1));
  world.run(hours(1));
  // Every statement is older than a day by now: nobody is believed.
  ASSERT_EQ(purchases(world), 0);
  const auto open = world.exceptions(true);
  ASSERT_EQ(open.size(), 1u);

  auto offers = world.engine().setup().offers;
  for (auto& offer : offers) offer.stated_at = world.now();
  world.engine().state_offers(offers, {});
  world.run(hours(1));
  EXPECT_GE(purchases(world), 1);
  EXPECT_TRUE(world.exceptions(true).empty());
}

}  // namespace
}  // namespace holdfast
