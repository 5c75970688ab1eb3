#include "cli/parse.h"

#include <gtest/gtest.h>

#include "cli/commands.h"

namespace holdfast::cli {
namespace {

std::variant<Invocation, Notice> parsed(std::vector<std::string> words) {
  words.insert(words.begin(), "holdfast");
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  return parse(int(arguments.size()), arguments.data(), "somebody");
}

Invocation understood(std::vector<std::string> words) {
  auto result = parsed(std::move(words));
  const auto* invocation = std::get_if<Invocation>(&result);
  EXPECT_NE(invocation, nullptr);
  return invocation ? *invocation : Invocation{};
}

TEST(Parse, OptionsBecomeArgumentsByName) {
  const auto call = understood({"exception", "resolve", "1001", "2", "--verb", "approve", "--note",
                                "agreed", "--rule-change"});
  EXPECT_EQ(call.request.command, (std::vector<std::string>{"exception", "resolve"}));
  EXPECT_EQ(call.request.text("order"), "1001");
  EXPECT_EQ(call.request.number("number", 0), 2);
  EXPECT_EQ(call.request.text("verb"), "approve");
  EXPECT_TRUE(call.request.flag("rule_change"));
  EXPECT_EQ(call.request.actor, "cli:somebody");
}

TEST(Parse, CommonOptionsStandAnywhere) {
  const auto call = understood({"order", "list", "--data", "d", "--json", "--as", "me", "--live"});
  EXPECT_EQ(call.data, "d");
  EXPECT_TRUE(call.json);
  EXPECT_TRUE(call.request.flag("live"));
  EXPECT_EQ(call.request.actor, "cli:me");
  EXPECT_EQ(understood({"--json", "doctor"}).request.command, std::vector<std::string>{"doctor"});
}

TEST(Parse, SaysWhatIsWrong) {
  for (const auto& words :
       std::vector<std::vector<std::string>>{{},
                                             {"order"},
                                             {"order", "show"},
                                             {"nonsense"},
                                             {"order", "list", "--wrong"},
                                             {"store", "fill", "--orders", "many"},
                                             {"user", "add", "n", "--password", "p"}}) {
    const auto result = parsed(words);
    const auto* notice = std::get_if<Notice>(&result);
    ASSERT_NE(notice, nullptr);
    EXPECT_TRUE(notice->wrong);
    EXPECT_FALSE(notice->text.empty());
  }
}

TEST(Parse, EveryCommandHasHelpWithAnExample) {
  std::vector<std::string> names{"serve",           "demo",        "version",
                                 "config check",    "config show", "policy check",
                                 "evidence verify", "restore",     "export orders"};
  for (const auto& entry : command_entries()) names.emplace_back(entry.name);
  for (const auto& name : names) {
    std::vector<std::string> words;
    for (const auto part : split(name, ' ')) words.emplace_back(part);
    words.emplace_back("--help");
    const auto result = parsed(words);
    const auto* notice = std::get_if<Notice>(&result);
    ASSERT_NE(notice, nullptr) << name;
    EXPECT_FALSE(notice->wrong) << name;
    EXPECT_NE(notice->text.find("holdfast " + name), std::string::npos) << name;
  }
}

}  // namespace
}  // namespace holdfast::cli
