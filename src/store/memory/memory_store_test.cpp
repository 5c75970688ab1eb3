#include "store/memory/memory_store.h"

#include "store/contract.h"

// A batch names the few lists a test is about; the others are empty on purpose.
#pragma clang diagnostic ignored "-Wmissing-designated-field-initializers"

namespace holdfast::store {
namespace {

using namespace ports;

TEST(MemoryStoreFaults, fail_the_planned_write_and_no_other) {
  const auto faults = std::make_shared<MemoryStoreFaults>();
  const auto store = make_memory_store(faults);
  faults->fail_write(2);
  const auto batch = [](std::int64_t seq) {
    return Batch{.add_events = {sample_event(order_stream(1), seq, seq, seq - 1)}};
  };
  EXPECT_TRUE(store->write(batch(1)));
  const auto failed = store->write(batch(2));
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::Unavailable);
  EXPECT_EQ(store->heads(tenant_a)->event_seq, 1);
  EXPECT_TRUE(store->write(batch(2)));
  EXPECT_EQ(faults->writes(), 3);
}

TEST(MemoryStoreFaults, can_lose_the_answer_to_a_write_that_happened) {
  const auto faults = std::make_shared<MemoryStoreFaults>();
  const auto store = make_memory_store(faults);
  faults->fail_write(1, ErrorCode::Timeout, MemoryStoreFaults::Leaves::Everything);
  const auto failed = store->write({.add_events = {sample_event(order_stream(1), 1, 1, 0)}});
  EXPECT_EQ(failed.error().code, ErrorCode::Timeout);
  EXPECT_EQ(store->heads(tenant_a)->event_seq, 1);
}

TEST(MemoryStoreFaults, can_refuse_all_writes_as_a_full_disk_does) {
  const auto faults = std::make_shared<MemoryStoreFaults>();
  const auto store = make_memory_store(faults);
  faults->refuse_writes(true);
  EXPECT_FALSE(store->write({}));
  EXPECT_FALSE(store->write({}));
  faults->refuse_writes(false);
  EXPECT_TRUE(store->write({}));
}

}  // namespace
}  // namespace holdfast::store
