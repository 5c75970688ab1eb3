#include "engine/settings/policy_files.h"

#include <gtest/gtest.h>

#include "engine/settings/policy_check.h"
#include "engine/settings/test_files.h"

namespace holdfast::engine {
namespace {

std::string told(const std::vector<Error>& problems) {
  std::string text;
  for (const auto& problem : problems) text += describe(problem) + "\n";
  return text;
}

TEST(PolicyFiles, TheFolderLoadsAndChecksClean) {
  const auto policy = load_policy(own_policy());
  ASSERT_TRUE(policy) << describe(policy.error());
  EXPECT_EQ(policy->name, "policy");
  EXPECT_EQ(told(policy_problems(*policy)), "");
  EXPECT_TRUE(ready_for_live(*policy));
  EXPECT_EQ(policy->reasons.size(), Names<ReasonCode>::table.size());
  EXPECT_EQ(policy->tiers.size(), 4u);
}

TEST(PolicyFiles, TheLightPolicyStandsAloneAndIsLighter) {
  const auto whole = load_policy(own_policy());
  const auto light = load_policy(own_policy() + "/light.toml");
  ASSERT_TRUE(light) << describe(light.error());
  EXPECT_EQ(light->name, "light");
  EXPECT_EQ(told(policy_problems(*light)), "");
  EXPECT_TRUE(ready_for_live(*light));
  EXPECT_LT(light->gates.size(), whole->gates.size() / 2);
  EXPECT_EQ(light->procedures.size(), 1u);
}

TEST(PolicyFiles, EveryPartOfTheFolderReads) {
  for (const auto& entry : std::filesystem::directory_iterator(own_policy())) {
    if (entry.path().extension() != ".toml") continue;
    const auto document = read_toml(entry.path().string());
    ASSERT_TRUE(document) << describe(document.error());
    const auto part = read_policy_part(*document);
    EXPECT_TRUE(part) << describe(part.error());
  }
}

TEST(PolicyFiles, AMisspeltKeyNamesItsPlaceAndTheNearest) {
  const TestFolder folder;
  folder.write("tiers.toml",
               "[[tiers]]\ntier = \"a\"\ncut_off = \"\"\nremind_after = \"1h\"\n"
               "contact_aftr = \"2h\"\n");
  const auto policy = load_policy(folder.path());
  ASSERT_FALSE(policy);
  EXPECT_EQ(policy.error().what, "unknown key \"contact_aftr\"");
  EXPECT_EQ(policy.error().where, folder.path() + "/tiers.toml:5:1 tiers[0].contact_aftr");
  EXPECT_EQ(policy.error().todo, "did you mean contact_after?");
}

TEST(PolicyFiles, AMisspeltListOrNameIsRefused) {
  const TestFolder folder;
  folder.write("a.toml", "[[gatess]]\ngate = \"a\"\n");
  const auto list = load_policy(folder.path());
  ASSERT_FALSE(list);
  EXPECT_EQ(list.error().todo, "did you mean gates?");
  folder.write("a.toml", "[[gates]]\ngate = \"a\"\ncondition = \"payment_secure\"\n");
  const auto name = load_policy(folder.path());
  ASSERT_FALSE(name);
  EXPECT_EQ(name.error().todo, "did you mean payment_secured?");
}

TEST(PolicyFiles, AKeyLeftOutIsNotADefaultRule) {
  const TestFolder folder;
  folder.write("a.toml", "[[gates]]\ngate = \"a\"\ncondition = \"payment_secured\"\n");
  const auto policy = load_policy(folder.path());
  ASSERT_FALSE(policy);
  EXPECT_EQ(policy.error().what, "\"guards\" is missing");
}

TEST(PolicyFiles, WhatStandsInTwoFilesIsRefused) {
  const TestFolder folder;
  const char* const role = "[[roster]]\nowner = \"desk\"\nrole = \"owner\"\n";
  folder.write("a.toml", role);
  folder.write("b.toml", role);
  const auto twice = load_policy(folder.path());
  ASSERT_FALSE(twice);
  EXPECT_NE(twice.error().what.find("stands twice"), std::string::npos);
  EXPECT_NE(twice.error().todo.find("a.toml:1:"), std::string::npos) << twice.error().todo;
  folder.write("a.toml", "[routing]\nbuffer = 1\n");
  folder.write("b.toml", "[routing]\nbuffer = 2\n");
  const auto routing = load_policy(folder.path());
  ASSERT_FALSE(routing);
  EXPECT_EQ(routing.error().what, "routing stands twice");
}

TEST(PolicyFiles, APartIsNoPolicyAndAnEmptyFolderNeither) {
  const auto part = load_policy(own_policy() + "/gates.toml");
  ASSERT_FALSE(part);
  EXPECT_NE(part.error().what.find("part of a policy folder"), std::string::npos);
  const TestFolder folder;
  EXPECT_EQ(load_policy(folder.path()).error().code, ErrorCode::NotFound);
}

TEST(PolicyFiles, TheHashFollowsTheContentNotTheFiles) {
  const auto one = load_policy(own_policy());
  auto other = load_policy(own_policy());
  ASSERT_TRUE(one && other);
  EXPECT_EQ(policy_hash(*one).size(), 64u);
  EXPECT_EQ(policy_hash(*one), policy_hash(*other));
  other->routing.buffer += 1;
  EXPECT_NE(policy_hash(*one), policy_hash(*other));
}

}  // namespace
}  // namespace holdfast::engine
