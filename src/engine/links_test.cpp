#include "engine/links.h"

#include <gtest/gtest.h>

#include "engine/vault.h"

namespace holdfast::engine {
namespace {

constexpr TenantId tenant{1};

ports::StreamKey order(std::int64_t id) { return {tenant, ports::StreamKind::Order, id}; }

TEST(Links, TokensOfNeighboursShareAMarkAndNothingElse) {
  const auto vault = Vault::open(std::string(32, 'k'), tenant);
  ASSERT_TRUE(vault);
  const auto one = vault->link_token(order(128), "order:128", 1);
  const auto next = vault->link_token(order(129), "order:129", 1);
  const auto far = vault->link_token(order(192), "order:192", 1);
  EXPECT_EQ(one, vault->link_token(order(128), "order:128", 1));
  EXPECT_EQ(one.substr(0, 4), next.substr(0, 4));
  EXPECT_NE(one.substr(0, 4), far.substr(0, 4));
  EXPECT_NE(one.substr(4), next.substr(4));
  EXPECT_EQ(one.size(), 26u);
}

TEST(Links, RowsLieTogetherByTheMarkAndHideTheRest) {
  const std::string token = "mark0123456789abcdefghijkl";
  const Link link{"order", "7", order(7), Instant{1}};
  const auto row = link_row(link, token);
  EXPECT_TRUE(row.key.starts_with("mark"));
  EXPECT_EQ(row.key.find(token.substr(4, 8)), std::string::npos);
  // Links that were sent before tokens had a mark still lead where they led.
  const auto older = link_row(link, "0123456789abcdefghijkl");
  EXPECT_EQ(older.key, hex(sha256("0123456789abcdefghijkl")));
}

}  // namespace
}  // namespace holdfast::engine
