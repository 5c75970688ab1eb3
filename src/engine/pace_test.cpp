// The budget of an account: what it declares, and what it says of itself.
#include "engine/pace.h"

#include <gtest/gtest.h>

namespace holdfast::engine {
namespace {

const Instant start = *parse_instant("2026-11-02T08:00:00Z");

Pace paced(std::int64_t per_minute, std::int64_t burst) {
  Pace pace;
  pace.declare({"shop", "shopify", {}, {}}, {.requests_per_minute = per_minute, .burst = burst});
  return pace;
}

/// Requests that leave within a span when as many as may are sent.
int sent_within(Pace& pace, Instant from, Duration span) {
  int sent = 0;
  for (auto now = from; now < from + span; now = now + milliseconds(10)) {
    while (pace.ready_at("shop", now) <= now) {
      pace.take("shop", now);
      ++sent;
    }
  }
  return sent;
}

TEST(Pace, ABurstAndThenTheDeclaredRate) {
  auto pace = paced(60, 5);
  EXPECT_EQ(sent_within(pace, start, milliseconds(10)), 5);
  EXPECT_EQ(pace.ready_at("shop", start), start + seconds(1));
  EXPECT_EQ(sent_within(pace, start + seconds(1), minutes(1)), 60);
}

TEST(Pace, AnAccountsOwnFiguresStandForItsKinds) {
  Pace pace;
  pace.declare({"shop", "shopify", {{"requests_per_minute", "6"}, {"burst", "1"}}, {}},
               {.requests_per_minute = 600, .burst = 50});
  pace.take("shop", start);
  EXPECT_EQ(pace.ready_at("shop", start), start + seconds(10));
}

TEST(Pace, APartnersPointsCountForMoreThanTheDeclaredRate) {
  auto pace = paced(1, 1);
  ports::Outcome outcome;
  outcome.budget_left = 100;
  outcome.budget_cost = 40;
  outcome.budget_restore = 20;
  pace.heard("shop", outcome, start);
  EXPECT_EQ(sent_within(pace, start, milliseconds(10)), 2);  // 20 points are left of 100
  EXPECT_EQ(pace.ready_at("shop", start), start + milliseconds(1001));
  // Points come back at 20 a second: 40 of them every other second.
  EXPECT_NEAR(sent_within(pace, start + milliseconds(10), seconds(20)), 10, 1);
}

TEST(Pace, AWordOfThePartnerGrowsOld) {
  auto pace = paced(60, 1);
  ports::Outcome outcome;
  outcome.budget_left = 10'000;
  outcome.budget_restore = 1;
  pace.heard("shop", outcome, start);
  EXPECT_EQ(sent_within(pace, start + minutes(2), milliseconds(10)), 1);
}

TEST(Pace, WhoAsksForAPauseGetsIt) {
  auto pace = paced(60, 5);
  ports::Outcome outcome;
  outcome.budget_wait = seconds(30);
  pace.heard("shop", outcome, start);
  EXPECT_EQ(pace.ready_at("shop", start), start + seconds(30));
}

TEST(Pace, NothingLeftIsAPauseEvenWithoutAWord) {
  auto pace = paced(600, 10);
  ports::Outcome outcome;
  outcome.budget_left = 0;
  pace.heard("shop", outcome, start);
  EXPECT_GT(pace.ready_at("shop", start), start);
}

TEST(Pace, WhoeverWasNotDeclaredIsNotHeldBack) {
  Pace pace;
  pace.take("nobody", start);
  EXPECT_LE(pace.ready_at("nobody", start), start);
}

}  // namespace
}  // namespace holdfast::engine
