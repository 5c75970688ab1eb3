#include "engine/settings/toml.h"

#include <gtest/gtest.h>

#include "base/instant.h"

namespace holdfast::engine {
namespace {

TEST(Toml, BecomesJsonInTheOrderOfTheText) {
  const auto document = parse_toml(
      "zeta = 9007199254740993\nalpha = \"x\"\nlist = [1, 2]\nyes = true\nshare = 0.25\n"
      "[inner]\nkey = \"value\"\n[[entry]]\nid = 1\n[[entry]]\nid = 2\n",
      "a.toml");
  ASSERT_TRUE(document) << describe(document.error());
  EXPECT_EQ(holdfast::to_text(document->value),
            R"({"zeta":9007199254740993,"alpha":"x","list":[1,2],"yes":true,"share":0.25,)"
            R"("inner":{"key":"value"},"entry":[{"id":1},{"id":2}]})");
}

TEST(Toml, DatesBecomeRfc3339Text) {
  const auto document = parse_toml(
      "day = 2026-12-25\nat = 2026-11-02T09:00:00Z\nthere = 2026-11-02T09:00:00+08:00\n"
      "hour = 16:30:00\n",
      "a.toml");
  ASSERT_TRUE(document) << describe(document.error());
  EXPECT_EQ(document->value["day"].string(), "2026-12-25");
  EXPECT_EQ(document->value["at"].string(), "2026-11-02T09:00:00Z");
  EXPECT_EQ(document->value["there"].string(), "2026-11-02T09:00:00+08:00");
  EXPECT_EQ(document->value["hour"].string(), "16:30:00");
  EXPECT_TRUE(parse_instant(document->value["there"].string()));
}

TEST(Toml, AnErrorNamesFileLineAndColumn) {
  const auto document = parse_toml("one = 1\ntwo = = 2\n", "broken.toml");
  ASSERT_FALSE(document);
  EXPECT_EQ(document.error().code, ErrorCode::Invalid);
  EXPECT_TRUE(document.error().where.starts_with("broken.toml:2:")) << document.error().where;
}

TEST(Toml, KnowsThePlaceOfEveryKey) {
  const auto document = parse_toml("[[gates]]\ngate = \"a\"\n\n[[gates]]\n  least = \"x\"\n", "g");
  ASSERT_TRUE(document);
  EXPECT_EQ(document->where("gates[1].least"), "g:5:3 gates[1].least");
  EXPECT_EQ(document->where("gates[1].least.x"), "g:5:3 gates[1].least.x");
  EXPECT_EQ(document->where("nothing"), "g nothing");
}

TEST(Toml, AMissingFileIsNotFound) {
  const auto document = read_toml("/nonexistent/holdfast.toml");
  ASSERT_FALSE(document);
  EXPECT_EQ(document.error().code, ErrorCode::NotFound);
}

}  // namespace
}  // namespace holdfast::engine
