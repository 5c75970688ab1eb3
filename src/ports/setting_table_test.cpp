#include "ports/setting_table.h"

#include <gtest/gtest.h>

#include "base/check.h"

namespace holdfast::ports {
namespace {

TEST(SettingTable, ReadsBlocksInOrder) {
  const SettingTable table(
      "# about\n\n[[setting]]\nkey = \"url\"\nmeaning = \"Where; with = in it\"\nrequired = true\n"
      "secret = false\nstandard = \"x\"   # a default\n[[setting]]\nkey = \"password\"\n"
      "meaning = \"p\"\nrequired = false\nsecret = true\nstandard = \"\"\n");
  ASSERT_EQ(table.all().size(), 2u);
  EXPECT_STREQ(table.all()[0].key, "url");
  EXPECT_STREQ(table.all()[0].meaning, "Where; with = in it");
  EXPECT_TRUE(table.all()[0].required);
  EXPECT_STREQ(table.all()[0].standard, "x");
  EXPECT_TRUE(table.all()[1].secret);
}

TEST(SettingTable, AnythingElseFailsACheck) {
  EXPECT_THROW(SettingTable("key = \"a\"\n"), CheckFailed);
  EXPECT_THROW(SettingTable("[[setting]]\ncolour = \"a\"\n"), CheckFailed);
  EXPECT_THROW(SettingTable("[[setting]]\nrequired = yes\n"), CheckFailed);
  EXPECT_THROW(SettingTable("[[setting]]\nkey = \"a\n"), CheckFailed);
}

}  // namespace
}  // namespace holdfast::ports
