// Records that are written only while others are as they were read.
#include "engine/as_read.h"

#include <gtest/gtest.h>

#include "store/memory/memory_store.h"

namespace holdfast::engine {
namespace {

struct AsReadTest : testing::Test {
  AsReadTest() {
    ports::Batch before;
    before.put_records = {row("kept", "1")};
    EXPECT_TRUE(store->write(before));
  }

  static ports::RecordKey key(const char* name) { return {TenantId{1}, "user", name}; }
  static ports::RecordRow row(const char* name, const char* bytes) {
    return {TenantId{1}, "user", name, bytes, {}};
  }
  bool holds(AsRead record) const {
    return still_as_read(*store, batch, {std::move(record)}).has_value();
  }

  std::unique_ptr<ports::Store> store = store::make_memory_store();
  ports::Batch batch;
};

TEST_F(AsReadTest, ARecordIsAsItWasReadUntilSomebodyWritesIt) {
  const auto was = as_read(key("kept"), row("kept", "1"));
  EXPECT_TRUE(holds(was));
  add_records(batch, {row("kept", "2")}, {});
  EXPECT_FALSE(holds(was)) << "the batch counts before it is written";
  EXPECT_TRUE(holds(as_read(key("kept"), row("kept", "2"))));
  EXPECT_TRUE(holds(present(key("kept"))));
  const auto status = still_as_read(*store, batch, {was});
  ASSERT_FALSE(status.has_value());
  EXPECT_EQ(status.error().code, ErrorCode::Conflict);
}

TEST_F(AsReadTest, WhatWasDroppedIsNotThere) {
  add_records(batch, {}, {key("kept")});
  EXPECT_FALSE(holds(present(key("kept"))));
  EXPECT_FALSE(holds(as_read(key("kept"), row("kept", "1"))));
  EXPECT_TRUE(holds(absent(key("kept"))));
}

TEST_F(AsReadTest, WhatIsPutAfterADropStays) {
  add_records(batch, {}, {key("kept")});
  add_records(batch, {row("kept", "3")}, {});
  EXPECT_TRUE(holds(as_read(key("kept"), row("kept", "3"))));
  ASSERT_TRUE(store->write(batch));
  EXPECT_EQ(store->record(key("kept")).value().value().bytes, "3");
}

TEST_F(AsReadTest, NothingWasReadMeansThatThereIsNone) {
  EXPECT_TRUE(holds(as_read(key("fresh"), std::nullopt)));
  add_records(batch, {row("fresh", "1")}, {});
  EXPECT_FALSE(holds(as_read(key("fresh"), std::nullopt)));
}

}  // namespace
}  // namespace holdfast::engine
