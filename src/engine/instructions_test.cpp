#include "engine/instructions.h"

#include <gtest/gtest.h>

namespace holdfast::engine {
namespace {

TEST(Instructions, AStoresOwnStandBeforeTheOrdersAndReachNoOtherStore) {
  Policy policy;
  policy.stores.push_back({"north", "No invoice enclosed", "Plain carton"});
  EXPECT_EQ(instructions_of(policy, "north", "Gift note"),
            (std::vector<std::string>{"No invoice enclosed", "Plain carton", "Gift note"}));
  EXPECT_EQ(instructions_of(policy, "south", "Gift note"), std::vector<std::string>{"Gift note"});
  EXPECT_TRUE(instructions_of(policy, "south", "").empty());
}

}  // namespace
}  // namespace holdfast::engine
