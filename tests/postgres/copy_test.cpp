// A file's store on its way onto a server.
#include "store/copy.h"

#include <filesystem>

#include <gtest/gtest.h>
#include <unistd.h>

#include "store/postgres/postgres_store.h"
#include "store/sqlite/sqlite_store.h"
#include "tests/kit/in_process.h"
#include "tests/postgres/rows.h"

namespace holdfast {
namespace {

/// A file in which a small world has lived.
class PostgresCopy : public OnServer {
 protected:
  void SetUp() override {
    folder_ =
        std::filesystem::temp_directory_path() / ("holdfast-copy-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
    auto store = store::open_sqlite_store(file());
    ASSERT_TRUE(store) << describe(store.error());
    kit::InProcessOptions options;
    options.store = std::move(*store);
    kit::InProcess world(std::move(options));
    world.place_orders(6, minutes(5));
    world.run(days(8));
    ports::Batch odd;
    odd.put_records = {{one_tenant, "odd", std::string("\0\xff", 2), std::string("\0", 1), {}}};
    ASSERT_TRUE(world.store().write(odd));
    orders_ = world.orders().size();
    events_ = world.store().counts(one_tenant)->events;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string file() const { return (folder_ / "holdfast.db").string(); }
  store::CopyWish wish() const { return {file(), database_.url(), "", 40}; }

  std::filesystem::path folder_;
  store::pg::TestDatabase database_;
  std::size_t orders_ = 0;
  std::int64_t events_ = 0;
};

// Without a server there is nothing to test here.
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(PostgresCopy);
INSTANTIATE_TEST_SUITE_P(server, PostgresCopy, servers());

TEST_P(PostgresCopy, goes_on_where_it_was_interrupted_and_ends_equal) {
  struct Enough {};
  // Comparing begins when all is copied: so far, and no further.
  int words = 0;
  const auto stop = [&](const std::string&) {
    ++words;
    throw Enough{};
  };
  EXPECT_THROW((void)store::copy_store(wish(), stop), Enough);
  const auto unfinished = store::open_postgres_store(database_.url());
  ASSERT_FALSE(unfinished);
  EXPECT_EQ(unfinished.error().what, "a copy into this database is not finished");
  // As after an end in the middle of a table.
  ASSERT_TRUE(
      database_.run("begin; delete from event where seq > 100; update store_copy set"
                    " rows = 0, last_key = array['1'::bytea, '100'::bytea]"
                    " where name = 'event'; commit"));
  const auto copied = store::copy_store(wish(), [](const std::string&) {});
  ASSERT_TRUE(copied) << describe(copied.error());
  EXPECT_GT(copied->rows_before, 100);
  EXPECT_EQ(copied->hash.size(), 64U);
  auto store = store::open_postgres_store(database_.url());
  ASSERT_TRUE(store) << describe(store.error());
  EXPECT_EQ((*store)->counts(one_tenant)->events, events_);
  EXPECT_EQ((*store)->orders({.tenant = one_tenant, .limit = 250})->size(), orders_);
  EXPECT_EQ((*(*store)->record({one_tenant, "odd", std::string("\0\xff", 2)}))->bytes.size(), 1U);
  EXPECT_EQ(store::copy_store(wish(), [](const std::string&) {}).error().code, ErrorCode::Conflict);
}

TEST_P(PostgresCopy, tells_a_difference) {
  struct Enough {};
  EXPECT_THROW((void)store::copy_store(wish(), [](const std::string&) { throw Enough{}; }), Enough);
  ASSERT_TRUE(database_.run("update stream_view set stage = 'lost' where stream_id = 1"));
  const auto copied = store::copy_store(wish(), [](const std::string&) {});
  ASSERT_FALSE(copied);
  EXPECT_EQ(copied.error().where, "stream_view");
}

}  // namespace
}  // namespace holdfast
