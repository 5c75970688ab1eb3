#include "cli/columns.h"

#include <gtest/gtest.h>

namespace holdfast::cli {
namespace {

TEST(Columns, CountsCharactersAndNotBytes) {
  Columns table;
  table.add({"größe", "1"});
  table.add({"a", "2"});
  EXPECT_EQ(table.text("  "), "  größe  1\n  a      2\n");
}

TEST(Columns, LeavesNoBlanksAtTheEnd) {
  Columns table;
  table.add({"a", ""});
  table.add({"bbb", "x"});
  EXPECT_EQ(table.text(""), "a\nbbb  x\n");
}

TEST(Columns, ShortensTimes) {
  EXPECT_EQ(short_time("2026-11-02T09:00:00Z"), "2026-11-02 09:00");
  EXPECT_EQ(short_time(""), "–");
}

}  // namespace
}  // namespace holdfast::cli
