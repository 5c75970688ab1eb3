#include <gtest/gtest.h>

#include "tests/kit/in_process.h"

namespace holdfast {
namespace {

TEST(Thread, OrdersWithoutFaultsAreDeliveredWithoutAPerson) {
  kit::InProcess world({});
  world.place_orders(12, minutes(10));
  world.run(days(21));
  const auto orders = world.orders();
  ASSERT_EQ(orders.size(), 12u);
  for (const auto& order : orders) {
    EXPECT_EQ(order.stage, "delivered") << order.store_number << " " << order.summary;
    EXPECT_FALSE(order.live) << order.store_number;
  }
  for (const auto& open : world.exceptions(true)) {
    ADD_FAILURE() << name_of(open.reason) << " " << open.store_number << " " << open.about << ": "
                  << open.detail;
  }
}

}  // namespace
}  // namespace holdfast
