#include "ports/codes.h"

#include <gtest/gtest.h>

namespace holdfast::ports {
namespace {

constexpr std::string_view head = "code,status,flag,proof,party,note\n";

TEST(Codes, AnUnlistedCodeIsUnknownAndElectronic) {
  const auto table = parse_codes(std::string(head) + "A_1,delivered,none,physical,none,done\n");
  ASSERT_TRUE(table) << describe(table.error());
  EXPECT_EQ(table->of("a_1").status, TrackingStatus::Delivered);
  EXPECT_EQ(table->of("A_2").status, TrackingStatus::Unknown);
  EXPECT_EQ(table->of("A_2").proof, Proof::Electronic);
  EXPECT_FALSE(table->knows("A_2"));
  EXPECT_EQ(table->version().size(), 12u);
}

TEST(Codes, LastKeepsTheStatus) {
  const auto table = parse_codes(std::string(head) + "X,last,delayed,inferred,weather,\"a, b\"\n");
  ASSERT_TRUE(table) << describe(table.error());
  EXPECT_TRUE(table->of("X").keeps_status);
  EXPECT_EQ(table->of("X").party, Party::Weather);
  EXPECT_EQ(table->of("X").note, "a, b");
}

TEST(Codes, MistakesAreNamed) {
  EXPECT_FALSE(parse_codes("code,status\n"));
  EXPECT_FALSE(parse_codes(std::string(head) + "X,flying,none,physical,none,\n"));
  EXPECT_FALSE(parse_codes(std::string(head) + "X,lost,none,maybe,none,\n"));
  EXPECT_FALSE(parse_codes(std::string(head) + "X,lost,none\n"));
  const auto twice = parse_codes(std::string(head) + "X,lost,none,physical,none,\n" +
                                 "x,lost,none,physical,none,\n");
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().what, "a code stands twice");
}

TEST(Codes, TheVersionFollowsTheBytes) {
  const auto one = parse_codes(std::string(head) + "X,lost,none,physical,none,a\n");
  const auto two = parse_codes(std::string(head) + "X,lost,none,physical,none,b\n");
  EXPECT_NE(one->version(), two->version());
}

TEST(Csv, QuotesLineEndsAndEmptyCells) {
  const auto rows = parse_csv("a,\"b \"\"c\"\"\",\r\n\r\n\"x\ny\",,z");
  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->size(), 2u);
  EXPECT_EQ((*rows)[0], (std::vector<std::string>{"a", "b \"c\"", ""}));
  EXPECT_EQ((*rows)[1], (std::vector<std::string>{"x\ny", "", "z"}));
  EXPECT_FALSE(parse_csv("a,\"b"));
}

TEST(Csv, FormulasAreDisarmed) {
  EXPECT_EQ(csv_row({"=1+1", "+49", "-2", "@a", "\tb"}), "'=1+1,'+49,'-2,'@a,'\tb\r\n");
  EXPECT_EQ(csv_row({"\rc", "\nd"}), "\"'\rc\",\"'\nd\"\r\n");
  EXPECT_EQ(csv_row({"a=b", "", "x,y", "say \"hi\""}), "a=b,,\"x,y\",\"say \"\"hi\"\"\"\r\n");
}

}  // namespace
}  // namespace holdfast::ports
