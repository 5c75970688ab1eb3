#include "net/rate_limit.h"

#include <gtest/gtest.h>

#include "base/check.h"

namespace holdfast::net {
namespace {

constexpr Instant start{1'700'000'000'000};

TEST(RateLimiterTest, allows_the_burst_then_the_rate) {
  RateLimiter limiter({2, seconds(1), 4}, 10);
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(limiter.take("a", start).allowed);
  const auto refused = limiter.take("a", start);
  EXPECT_FALSE(refused.allowed);
  EXPECT_EQ(refused.retry_after, milliseconds(500));
  EXPECT_FALSE(limiter.take("a", start + milliseconds(499)).allowed);
  EXPECT_TRUE(limiter.take("a", start + milliseconds(500)).allowed);
  EXPECT_TRUE(limiter.take("b", start).allowed);
}

TEST(RateLimiterTest, loses_nothing_to_rounding) {
  RateLimiter limiter({3, seconds(1), 1}, 10);
  int taken = 0;
  for (int ms = 0; ms < 10'000; ++ms) taken += limiter.take("a", start + milliseconds(ms)).allowed;
  EXPECT_GE(taken, 29);
  EXPECT_LE(taken, 31);
}

TEST(RateLimiterTest, never_exceeds_rate_plus_burst_in_any_window) {
  RateLimiter limiter({40, seconds(1), 40}, 10);
  int taken = 0;
  for (int ms = 0; ms <= 5'000; ms += 3)
    taken += limiter.take("a", start + milliseconds(ms)).allowed;
  EXPECT_LE(taken, 40 + 5 * 40);
  EXPECT_GE(taken, 5 * 40);
}

TEST(RateLimiterTest, costs_are_taken_whole_or_not_at_all) {
  RateLimiter limiter({50, seconds(1), 1000}, 10);
  EXPECT_TRUE(limiter.take("a", start, 990).allowed);
  EXPECT_FALSE(limiter.take("a", start, 20).allowed);
  EXPECT_EQ(limiter.available("a", start), 10);
  EXPECT_TRUE(limiter.take("a", start, 10).allowed);
  EXPECT_FALSE(limiter.take("a", start + days(1), 1001).allowed);
}

TEST(RateLimiterTest, a_clock_that_steps_does_no_harm) {
  RateLimiter limiter({1, seconds(1), 2}, 10);
  EXPECT_TRUE(limiter.take("a", start, 2).allowed);
  EXPECT_FALSE(limiter.take("a", start - hours(1)).allowed);
  EXPECT_TRUE(limiter.take("a", start - hours(1) + seconds(1)).allowed);
  EXPECT_EQ(limiter.available("a", start + days(10'000)), 2);
}

TEST(RateLimiterTest, keeps_a_bounded_number_of_keys) {
  RateLimiter limiter({1, minutes(1), 1}, 100);
  for (int i = 0; i < 10'000; ++i) limiter.take(std::to_string(i), start);
  EXPECT_EQ(limiter.keys(), 100u);
  EXPECT_FALSE(limiter.take("9999", start).allowed);
  EXPECT_TRUE(limiter.take("0", start).allowed);
}

TEST(RateLimiterTest, a_budget_without_tokens_is_our_mistake) {
  EXPECT_THROW(RateLimiter({0, seconds(1), 1}, 1), CheckFailed);
}

}  // namespace
}  // namespace holdfast::net
