// Commits written by a thread of their own while the next is decided: nothing is lost or doubled
// when one of them fails, and what was decided on top of it is decided again.
#include <gtest/gtest.h>

#include "store/memory/memory_store.h"
#include "tests/kit/in_process.h"

namespace holdfast {
namespace {

struct Run {
  std::shared_ptr<store::MemoryStoreFaults> faults = std::make_shared<store::MemoryStoreFaults>();
  std::unique_ptr<kit::InProcess> world;

  explicit Run(bool behind) {
    kit::InProcessOptions options;
    options.store = store::make_memory_store(faults);
    options.adjust = [behind](engine::Setup& setup) { setup.write_behind = behind; };
    world = std::make_unique<kit::InProcess>(std::move(options));
  }

  void live() const {
    world->place_orders(12, minutes(10));
    world->run(days(21));
  }

  void expect_all_delivered() const {
    const auto orders = world->orders();
    ASSERT_EQ(orders.size(), 12u);
    for (const auto& order : orders) {
      EXPECT_EQ(order.stage, "delivered") << order.store_number << " " << order.summary;
    }
    for (const auto& order : orders) {
      const auto events = world->store().events(order.stream);
      ASSERT_TRUE(events);
      for (std::size_t i = 0; i < events->size(); ++i) {
        EXPECT_EQ((*events)[i].version, std::int64_t(i) + 1) << order.store_number;
      }
    }
    for (const auto& row : *world->store().unsettled(world->engine().setup().tenant)) {
      ADD_FAILURE() << row.lane << " waits: " << row.detail;
    }
  }
};

TEST(Behind, OrdersGoTheSameWay) {
  const Run at_once(false), behind(true);
  at_once.live();
  behind.live();
  behind.expect_all_delivered();
  const auto expected = at_once.world->orders(), found = behind.world->orders();
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_EQ(found[i].store_number, expected[i].store_number);
    EXPECT_EQ(found[i].version, expected[i].version) << found[i].store_number;
  }
}

TEST(Behind, ACommitThatFailsTakesTheNextWithIt) {
  using Leaves = store::MemoryStoreFaults::Leaves;
  const Run run(true);
  for (std::int64_t nth = 2; nth < 400; nth += 7) {
    run.faults->fail_write(nth, ErrorCode::Unavailable,
                           nth % 2 == 0 ? Leaves::Nothing : Leaves::Everything);
  }
  run.live();
  EXPECT_GT(run.world->engine().health().failed_commits, 30);
  run.expect_all_delivered();
}

}  // namespace
}  // namespace holdfast
