// What strangers can do to those who sign in: not keep them waiting, and not fill their record.
#include <gtest/gtest.h>

#include "tests/api/browser.h"

namespace holdfast::api_tests {
namespace {

TEST(Strangers, LinksAreTriedByAddressAlone) {
  ApiWorld world;
  for (int i = 1; i <= 40; ++i) {
    Browser stranger(world, "198.51.100." + std::to_string(i));
    const auto tried = stranger.post("/session/join",
                                     R"({"token":"guessed","password":"a long enough password"})");
    EXPECT_EQ(tried.status, 404) << i;
  }
  Browser one(world, "198.51.100.200");
  int let = 0;
  for (int i = 0; i < 40; ++i) {
    const auto tried =
        one.post("/session/join", R"({"token":"guessed","password":"a long enough password"})");
    if (tried.status == 404) ++let;
  }
  EXPECT_EQ(let, 30) << "an address has a budget";
}

TEST(Strangers, ANetworkOfSixtyFourBitsIsOneAddress) {
  ApiWorld world;
  const auto tried = [&](const std::string& address, int name) {
    return Browser(world, address).login("name" + std::to_string(name), "wrong").status;
  };
  for (int i = 0; i < 30; ++i) {
    EXPECT_EQ(tried("2001:db8:0:1::" + std::to_string(i + 1), i), 401);
  }
  EXPECT_EQ(tried("2001:db8:0:1:ffff::1", 31), 429);
  EXPECT_EQ(tried("2001:db8:0:2::1", 32), 401);
}

std::vector<Json> refusals_of(ApiWorld& world, const std::string& name) {
  return world.get_json("/api/v1/audit?deed=sign_in_refused&limit=250&person=" + name)["items"]
      .items();
}

TEST(Strangers, ManyRefusedTriesAreFewEntriesThatCountThem) {
  ApiWorld world;
  (void)world.signed_in();
  const auto try_often = [&](int times) {
    for (int i = 0; i < times; ++i) {
      world.clock.pass(seconds(10));
      Browser guesser(world, "198.51.100." + std::to_string(i + 1));
      ASSERT_EQ(guesser.login("admin", "wrong").status, 401);
    }
  };
  try_often(50);
  const auto first = refusals_of(world, "admin");
  ASSERT_EQ(first.size(), 20u);
  EXPECT_NE(first.front()["detail"].string().find("counts 30 more"), std::string::npos)
      << first.front()["detail"].string();
  world.clock.pass(hours(1));
  try_often(1);
  EXPECT_EQ(refusals_of(world, "admin").size(), 21u) << "another hour, another entry";
}

}  // namespace
}  // namespace holdfast::api_tests
