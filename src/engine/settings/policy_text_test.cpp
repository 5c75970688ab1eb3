#include "engine/settings/policy_text.h"

#include <gtest/gtest.h>

#include "engine/settings/policy_check.h"
#include "engine/settings/test_files.h"

namespace holdfast::engine {
namespace {

TEST(PolicyText, TheShippedFolderReadsTheSameAsText) {
  const auto text = read_policy_text(own_policy()).value();
  EXPECT_EQ(policy_hash(policy_of_text(text, "policy").value()),
            policy_hash(load_policy(own_policy()).value()));
  EXPECT_TRUE(policy_text_problems(text).empty());
}

TEST(PolicyText, TheWholePolicyInOneFileIsSoundToo) {
  const auto text = read_policy_text(own_policy() + "/light.toml").value();
  EXPECT_EQ(text.size(), 1u);
  EXPECT_TRUE(policy_text_problems(text).empty());
}

TEST(PolicyText, AFileWithANameStandsAlone) {
  auto text = read_policy_text(own_policy()).value();
  text["light.toml"] = read_policy_text(own_policy() + "/light.toml").value()["light.toml"];
  const auto problems = policy_text_problems(text);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].file, "light.toml");
  EXPECT_GT(problems[0].line, 0);
}

TEST(PolicyText, WhatStandsInTwoFilesIsToldWithTheSecond) {
  auto text = read_policy_text(own_policy()).value();
  text["tiers-more.toml"] = text["tiers.toml"];
  const auto problems = policy_text_problems(text);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].file, "tiers.toml");
  EXPECT_NE(problems[0].todo.find("tiers-more.toml"), std::string::npos);
}

TEST(PolicyText, AnEntryOfALaterFileIsFoundByItsNumberInTheWholeList) {
  auto text = read_policy_text(own_policy()).value();
  text["zz.toml"] = "\n[[roster]]\nowner = \"night desk\"\nrole = \"operations\"\nbackup = \"x\"\n";
  const auto problems = policy_text_problems(text);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].file, "zz.toml");
  EXPECT_EQ(problems[0].line, 5);
}

TEST(PolicyText, NamesAndSizesAreBounded) {
  EXPECT_TRUE(fits_policy_text({{"gates.toml", ""}}));
  for (const auto* name : {"gates", ".toml", "a/b.toml", "Gates.toml", "a b.toml", "a:b.toml"}) {
    EXPECT_FALSE(fits_policy_text({{name, ""}})) << name;
  }
  EXPECT_FALSE(fits_policy_text({}));
  EXPECT_FALSE(fits_policy_text({{"a.toml", std::string(2u << 20, ' ')}}));
}

TEST(PolicyText, AChangeIsCountedInLines) {
  const auto change = policy_text_change({{"a.toml", "1\n2\n3\n"}, {"b.toml", "x\n"}},
                                         {{"a.toml", "1\n3\n4\n5\n"}, {"b.toml", "x\n"}});
  EXPECT_EQ(change.files, std::vector<std::string>{"a.toml"});
  EXPECT_EQ(change.added, 2);
  EXPECT_EQ(change.removed, 1);
  EXPECT_EQ(policy_text_change({}, {{"new.toml", "a\nb"}}).added, 2);
}

}  // namespace
}  // namespace holdfast::engine
