#include "engine/meter.h"

#include <gtest/gtest.h>

namespace holdfast::engine {
namespace {

const Currency usd = *parse_currency("USD");
const Instant noon = *parse_instant("2026-11-02T12:00:00Z");
using Names = std::vector<std::string>;

/// The names whose limit tripped.
Names tripped(Meter& meter, const Policy& policy, Instant now) {
  Names names;
  for (const auto& [name, words] : meter.tripped(policy, now)) names.push_back(name);
  return names;
}

Policy limited(LimitPolicy limit) {
  Policy policy;
  policy.limits.push_back(std::move(limit));
  return policy;
}

TEST(Meter, CountsOrdersOfAllOrOfOneSupplierUntilTheirHourIsOver) {
  const auto all = limited({"", 2, 0, {}, {}, 0, {}, 0});
  const auto north = limited({"north", 2, 0, {}, {}, 0, {}, 0});
  Meter meter;
  meter.count("north", noon, {100, usd});
  EXPECT_EQ(tripped(meter, all, noon), Names{});
  meter.count("south", noon + minutes(30), {100, usd});
  EXPECT_EQ(tripped(meter, all, noon + minutes(30)), Names{"*"});
  EXPECT_EQ(tripped(meter, north, noon + minutes(30)), Names{});
  EXPECT_EQ(tripped(meter, all, noon + hours(1)), Names{"*"});
  EXPECT_EQ(tripped(meter, all, noon + hours(1) + milliseconds(1)), Names{});
}

TEST(Meter, CountsMoneyOfADayInTheLimitsCurrencyOnly) {
  const auto policy = limited({"", 0, 0, {}, {500, usd}, 0, {}, 0});
  Meter meter;
  meter.count("north", noon, {400, usd});
  meter.count("north", noon, {400, *parse_currency("EUR")});
  EXPECT_EQ(tripped(meter, policy, noon), Names{});
  meter.count("south", noon + hours(2), {100, usd});
  EXPECT_EQ(tripped(meter, policy, noon + hours(2)), Names{"*"});
  EXPECT_EQ(tripped(meter, policy, noon + hours(25)), Names{});
}

LimitPolicy half_of_ten(std::string supplier) {
  LimitPolicy limit;
  limit.supplier = std::move(supplier);
  limit.share_failing_permille = 500;
  limit.share_window = hours(2);
  limit.share_from_orders = 10;
  return limit;
}

TEST(Meter, TripsWhenOneGateStopsTooManyOrders) {
  Meter meter;
  const auto policy = limited(half_of_ten(""));
  for (int i = 0; i < 10; ++i) meter.judged(std::to_string(i), "", noon);
  for (int i = 0; i < 5; ++i) meter.stopped(std::to_string(i), "address");
  meter.stopped("7", "fraud");
  meter.stopped("7", "fraud");  // told twice
  EXPECT_TRUE(meter.tripped(policy, noon).empty()) << "half of them is not more than half";
  meter.stopped("5", "address");
  const auto tripped = meter.tripped(policy, noon);
  ASSERT_TRUE(tripped.contains("*"));
  EXPECT_EQ(tripped.at("*"), "gate address stopped 6 of 10 orders within 2h");
  EXPECT_TRUE(meter.tripped(policy, noon + hours(3)).empty()) << "the window has passed";
}

TEST(Meter, SaysNothingOfFewOrders) {
  Meter meter;
  for (int i = 0; i < 9; ++i) {
    meter.judged(std::to_string(i), "", noon);
    meter.stopped(std::to_string(i), "address");
  }
  EXPECT_TRUE(meter.tripped(limited(half_of_ten("")), noon).empty());
}

TEST(Meter, CountsASuppliersPurchasesApart) {
  Meter meter;
  for (int i = 0; i < 10; ++i) {
    meter.judged("HF-" + std::to_string(i), i < 5 ? "north" : "south", noon);
    meter.stopped("HF-" + std::to_string(i), "inspection");
  }
  auto limit = half_of_ten("north");
  EXPECT_TRUE(meter.tripped(limited(limit), noon).empty());
  limit.share_from_orders = 5;
  EXPECT_TRUE(meter.tripped(limited(limit), noon + minutes(1)).contains("north"));
}

}  // namespace
}  // namespace holdfast::engine
