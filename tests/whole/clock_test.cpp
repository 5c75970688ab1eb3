// Somebody sets the machine's clock while an order waits for a silent supplier: no timer fires
// before its instant, is left behind it, or fires twice.
#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include "model/event.h"
#include "tests/kit/in_process.h"

namespace holdfast {
namespace {

constexpr Duration at_once = minutes(1);

std::vector<ports::TimerRow> timers(kit::InProcess& world) {
  auto rows = world.store().timers(world.engine().setup().tenant);
  return rows ? *rows : std::vector<ports::TimerRow>{};
}

/// When each step of the ladder was taken for a purchase order.
std::multimap<LadderStep, Instant> ladder(kit::InProcess& world, const std::string& po) {
  std::multimap<LadderStep, Instant> steps;
  for (const auto& order : world.orders()) {
    const auto rows = world.store().events(order.stream);
    for (const auto& row : *rows) {
      const auto event = decode_event(*parse_json(row.bytes));
      const auto* taken = event->as<LadderStepTaken>();
      if (taken && taken->po == po) steps.emplace(taken->step, row.at);
    }
  }
  return steps;
}

/// Timers that stand although their instant has been over for a while.
std::int64_t left_behind(kit::InProcess& world) {
  const auto rows = timers(world);
  return std::ranges::count_if(
      rows, [&](const ports::TimerRow& row) { return row.due_at + at_once < world.machine_now(); });
}

class Clock : public testing::TestWithParam<std::int64_t> {};

TEST_P(Clock, AStepMakesNoTimerEarlyLateOrDouble) {
  kit::InProcessOptions options;
  options.faults = {{"#1001", "supplier_silent"}};
  kit::InProcess world(std::move(options));
  world.place_orders(1, minutes(1));
  world.run(hours(1));
  Instant due;
  std::string po;
  for (const auto& row : timers(world)) {
    if (row.kind != TimerKind::AckReminder) continue;
    due = row.due_at;
    po = row.about;
  }
  ASSERT_TRUE(due);
  world.run(due - world.now() - minutes(10));
  ASSERT_TRUE(ladder(world, po).empty()) << "early";
  world.step_clock(seconds(GetParam()));
  world.run(at_once);
  EXPECT_EQ(left_behind(world), 0);
  const bool over = world.machine_now() >= due;
  EXPECT_EQ(ladder(world, po).count(LadderStep::Remind), over ? 1u : 0u);
  if (!over) {
    world.run(due - world.machine_now() - at_once);
    EXPECT_TRUE(ladder(world, po).empty()) << "early";
    world.run(at_once + at_once);
  }
  ASSERT_EQ(ladder(world, po).count(LadderStep::Remind), 1u);
  EXPECT_GE(ladder(world, po).begin()->second, due);
  // Set right again, and a new start on top: what fired stays fired.
  world.step_clock(seconds(-GetParam()));
  world.restart();
  world.run(days(9));
  EXPECT_EQ(left_behind(world), 0);
  for (const auto step : {LadderStep::Remind, LadderStep::Contact, LadderStep::Reroute}) {
    EXPECT_EQ(ladder(world, po).count(step), 1u) << name_of(step);
  }
}

INSTANTIATE_TEST_SUITE_P(Steps, Clock, testing::Values(3600, -3600, 86'400, -86'400));

}  // namespace
}  // namespace holdfast
