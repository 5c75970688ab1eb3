#include "engine/gather.h"

#include <gtest/gtest.h>

namespace holdfast::engine {
namespace {

const Currency usd = *parse_currency("USD");
const Instant noon = *parse_instant("2026-11-02T12:00:00Z");
using Names = std::vector<std::string>;

Policy limited(LimitPolicy limit) {
  Policy policy;
  policy.limits.push_back(std::move(limit));
  return policy;
}

TEST(Meter, CountsOrdersOfAllOrOfOneSupplierUntilTheirHourIsOver) {
  const auto all = limited({"", 2, 0, {}, {}});
  const auto north = limited({"north", 2, 0, {}, {}});
  Meter meter;
  meter.count("north", noon, {100, usd});
  EXPECT_EQ(meter.tripped(all, noon), Names{});
  meter.count("south", noon + minutes(30), {100, usd});
  EXPECT_EQ(meter.tripped(all, noon + minutes(30)), Names{"*"});
  EXPECT_EQ(meter.tripped(north, noon + minutes(30)), Names{});
  EXPECT_EQ(meter.tripped(all, noon + hours(1)), Names{"*"});
  EXPECT_EQ(meter.tripped(all, noon + hours(1) + milliseconds(1)), Names{});
}

TEST(Meter, CountsMoneyOfADayInTheLimitsCurrencyOnly) {
  const auto policy = limited({"", 0, 0, {}, {500, usd}});
  Meter meter;
  meter.count("north", noon, {400, usd});
  meter.count("north", noon, {400, *parse_currency("EUR")});
  EXPECT_EQ(meter.tripped(policy, noon), Names{});
  meter.count("south", noon + hours(2), {100, usd});
  EXPECT_EQ(meter.tripped(policy, noon + hours(2)), Names{"*"});
  EXPECT_EQ(meter.tripped(policy, noon + hours(25)), Names{});
}

}  // namespace
}  // namespace holdfast::engine
