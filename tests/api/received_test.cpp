#include "engine/received.h"

#include <gtest/gtest.h>

#include "tests/api/world.h"

namespace holdfast::api_tests {
namespace {

/// Five messages that were read for order 1, the third for order 2, too.
void read_messages(ApiWorld& world) {
  for (std::int64_t seq = 1; seq <= 5; ++seq) {
    const engine::Received message{seq, "fern", "orders/updated", world.clock.now() + seconds(seq)};
    const auto* about = seq == 3 ? "ord_2,ord_1" : "ord_1";
    world.write_records(engine::received_rows(TenantId{1}, message, about, {}));
  }
}

std::string ids(const Json& page) {
  std::string all;
  for (const auto& item : page["items"].items()) all += item["id"].string() + " ";
  return all;
}

TEST(Received, IsListedOnItsOrdersNewestFirst) {
  ApiWorld world;
  world.import_order(1);
  world.import_order(2);
  read_messages(world);
  read_messages(world);  // read again, and listed once
  const auto all = world.get_json(world.order_path(1) + "/received");
  EXPECT_EQ(ids(all), "msg_5 msg_4 msg_3 msg_2 msg_1 ");
  EXPECT_TRUE(all["next_cursor"].is_null());
  const auto& newest = all["items"].items().front();
  EXPECT_EQ(newest["account"].string(), "fern");
  EXPECT_EQ(newest["topic"].string(), "orders/updated");
  EXPECT_EQ(newest["received_at"].string(), to_text(world.clock.now() + seconds(5)));
  EXPECT_EQ(ids(world.get_json(world.order_path(2) + "/received")), "msg_3 ");
}

TEST(Received, PagesGoOnAtTheCursor) {
  ApiWorld world;
  world.import_order(1);
  read_messages(world);
  auto path = world.order_path(1) + "/received?limit=2";
  std::string seen;
  for (int page = 0; page < 4; ++page) {
    const auto found = world.get_json(path);
    seen += ids(found) + "|";
    if (found["next_cursor"].is_null()) break;
    path = world.order_path(1) + "/received?limit=2&cursor=" + found["next_cursor"].string();
  }
  EXPECT_EQ(seen, "msg_5 msg_4 |msg_3 msg_2 |msg_1 |");
  EXPECT_EQ(world.get(world.order_path(1) + "/received?cursor=other").status, 422);
  EXPECT_EQ(world.get(world.order_path(7) + "/received").status, 404);
}

}  // namespace
}  // namespace holdfast::api_tests
