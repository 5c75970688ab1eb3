#include "api/setup_suppliers.h"

#include <gtest/gtest.h>

namespace holdfast::api {
namespace {

struct SetupSuppliers : ::testing::Test {
  void add(const std::string& id, bool vetted, bool suspended) {
    setup.suppliers.push_back({id, "manual", {}, {}});
    auto& profile = setup.profiles[id];
    profile.supplier = id;
    profile.vetted = vetted;
    profile.suspended = suspended;
  }
  std::vector<std::string> usable() const {
    std::vector<std::string> ids;
    for (const auto& account : usable_suppliers(setup)) ids.push_back(account.id);
    return ids;
  }
  engine::Setup setup;
};

TEST_F(SetupSuppliers, CountWhenVettedAndNotSuspended) {
  add("new", false, false);
  add("good", true, false);
  add("paused", true, true);
  setup.suppliers.push_back({"unknown", "manual", {}, {}});
  EXPECT_EQ(usable(), std::vector<std::string>{"good"});
}

TEST_F(SetupSuppliers, SayWhatIsMissing) {
  EXPECT_EQ(missing_of_suppliers(setup), "");
  add("paused", true, true);
  EXPECT_TRUE(usable().empty());
  EXPECT_EQ(missing_of_suppliers(setup), "suspended");
  add("new", false, false);
  EXPECT_TRUE(usable().empty());
  EXPECT_EQ(missing_of_suppliers(setup), "not_vetted");
}

}  // namespace
}  // namespace holdfast::api
