// The disk in memory loses what a real one loses, and the engine gets over one that refuses.
#include "peers/disk.h"

#include <array>

#include <gtest/gtest.h>

#include "store/sqlite/database.h"
#include "store/sqlite/sqlite_store.h"
#include "tests/kit/in_process.h"

namespace holdfast {
namespace {

using peers::Disk;
using peers::Loss;
using store::Database;

constexpr const char* path = "holdfast.db";

std::unique_ptr<Database> connect(const Disk& disk) {
  auto opened = Database::open(path, store::Access::Write, {.file_system = disk.name()});
  EXPECT_TRUE(opened);
  EXPECT_TRUE((*opened)->use_write_ahead_log());
  return std::move(*opened);
}

std::int64_t rows_left(const Disk& from, Loss loss, std::uint64_t seed) {
  const Disk left(from.after(loss, seed));
  const auto database = connect(left);
  const auto count = database->integer_of("select count(*) from t");
  return count ? *count : -1;
}

TEST(Disk, PowerTakesWhatWasNotSyncedAndTheProcessTakesNothing) {
  Disk disk;
  const auto database = connect(disk);
  ASSERT_TRUE(database->exec("create table t (x); insert into t values (1)"));
  EXPECT_EQ(rows_left(disk, Loss::Power, 0), 1);
  ASSERT_TRUE(database->exec("pragma synchronous = off; insert into t values (2)"));
  EXPECT_EQ(rows_left(disk, Loss::Power, 0), 1);
  EXPECT_EQ(rows_left(disk, Loss::Torn, 0), 1);
  EXPECT_EQ(rows_left(disk, Loss::Power, 1), 2);
  EXPECT_EQ(rows_left(disk, Loss::Process, 0), 2);
}

TEST(Disk, ASecondConnectionThatWritesIsSeen) {
  Disk disk;
  const auto first = connect(disk);
  ASSERT_TRUE(first->exec("create table t (x)"));
  EXPECT_EQ(disk.second_writers(), 0);
  const auto second = connect(disk);
  EXPECT_TRUE(second->integer_of("select count(*) from t"));
  EXPECT_EQ(disk.second_writers(), 0) << "reading is no writing";
  ASSERT_TRUE(second->exec("insert into t values (1)"));
  EXPECT_GT(disk.second_writers(), 0);
}

TEST(Disk, ASecondConnectionThatMovesTheLogIsSeen) {
  Disk disk;
  const auto first = connect(disk);
  ASSERT_TRUE(first->exec("create table t (x); insert into t values (1)"));
  const auto second = connect(disk);
  ASSERT_TRUE(second->empty_log());
  EXPECT_GT(disk.second_writers(), 0);
}

TEST(Disk, WhatWasOpenBeforeACrashIsOfNoUse) {
  Disk disk;
  const auto before = connect(disk);
  ASSERT_TRUE(before->exec("create table t (x)"));
  disk.freeze();
  EXPECT_FALSE(before->exec("insert into t values (1)"));
  disk.crash(Loss::Power, 2);
  EXPECT_FALSE(before->exec("insert into t values (1)"));
  EXPECT_TRUE(connect(disk)->exec("insert into t values (1)"));
}

/// Fifty spells of a full or read-only disk while orders are dealt with.
TEST(Disk, AStoreThatCannotWriteAcknowledgesNothingAndIsSoonBack) {
  const auto disk = std::make_shared<Disk>();
  auto store = store::open_sqlite_store(path, {.file_system = disk->name()});
  ASSERT_TRUE(store);
  kit::InProcessOptions options;
  options.store = std::move(*store);
  kit::InProcess world(std::move(options));
  world.place_orders(10, minutes(25));
  for (int spell = 0; spell < 50; ++spell) {
    world.run(minutes(4));
    disk->become(spell % 2 == 0 ? peers::Health::Full : peers::Health::Broken);
    world.run(minutes(2));
    disk->become(peers::Health::Sound);
    const auto commits = world.engine().health().commits;
    // Each message asks for a commit; within ten seconds it stands.
    world.engine().put_records({{TenantId{1}, "setting", "spell", std::to_string(spell), {}}}, {},
                               {});
    world.run(seconds(10));
    EXPECT_GT(world.engine().health().commits, commits);
  }
  EXPECT_GT(world.engine().health().failed_commits, 0);
  world.run(days(21));
  for (const auto& order : world.orders()) EXPECT_EQ(order.stage, "delivered");
  EXPECT_EQ(world.orders().size(), 10u);
  std::set<std::string> ids;
  for (std::int64_t seq = 1; seq <= world.store().heads(TenantId{1})->inbox_seq; ++seq) {
    if (const auto row = *world.store().inbox(TenantId{1}, seq)) ids.insert(row->dedupe_key);
  }
  const auto books = world.world().books();
  for (const auto& hook : books.at_path("shop.webhooks").items()) {
    if (hook["accepted"].boolean()) EXPECT_TRUE(ids.contains(hook["webhook_id"].string()));
  }
  EXPECT_EQ(disk->writers(), 1);
  EXPECT_EQ(disk->second_writers(), 0);
}

}  // namespace
}  // namespace holdfast
