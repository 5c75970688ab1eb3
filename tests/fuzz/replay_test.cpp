// Every saved input again, in the ordinary build: what was once found must stay put right.
#include <gtest/gtest.h>

#include "tests/fuzz/corpus.h"
#include "tests/fuzz/targets.h"

namespace holdfast::fuzz {
namespace {

class Replay : public testing::TestWithParam<Target> {};

TEST_P(Replay, holds_for_every_saved_input) {
  const auto& target = GetParam();
  ASSERT_FALSE(corpus_dir().empty()) << "tests/fuzz is not above the working directory";
  const auto saved = saved_inputs(target);
  ASSERT_TRUE(saved) << describe(saved.error());
  auto inputs = target.seeds();
  ASSERT_FALSE(inputs.empty());
  inputs.insert(inputs.end(), saved->begin(), saved->end());
  inputs.emplace_back();
  for (const auto& bytes : inputs) {
    EXPECT_NO_THROW(target.run(bytes)) << testing::PrintToString(bytes.substr(0, 400));
  }
}

INSTANTIATE_TEST_SUITE_P(Fuzz, Replay, testing::ValuesIn(targets().begin(), targets().end()),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace holdfast::fuzz
