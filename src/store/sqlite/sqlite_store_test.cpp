#include "store/sqlite/sqlite_store.h"

#include <csignal>
#include <fstream>

#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/contract.h"
#include "store/packed.h"
#include "store/sqlite/database.h"
#include "store/sqlite/migrations.h"

// A batch names the few lists a test is about; the others are empty on purpose.
#pragma clang diagnostic ignored "-Wmissing-designated-field-initializers"

namespace holdfast::store {
namespace {

using namespace ports;

class SqliteStoreTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = make_test_folder();
    path_ = (folder_ / "holdfast.db").string();
  }
  void TearDown() override {
    store_.reset();
    std::filesystem::remove_all(folder_);
  }

  void open() {
    auto opened = open_sqlite_store(path_);
    ASSERT_TRUE(opened) << describe(opened.error());
    store_ = std::move(*opened);
  }

  std::unique_ptr<Database> raw() {
    auto database = Database::open(path_, Access::Write, {});
    EXPECT_TRUE(database);
    return std::move(*database);
  }

  std::filesystem::path folder_;
  std::string path_;
  std::unique_ptr<SqliteStore> store_;
};

Batch one_step(std::int64_t seq) {
  return {.add_events = {sample_event(order_stream(1), seq, seq, seq - 1)},
          .put_orders = {sample_order(order_stream(1), seq, seq)}};
}

TEST_F(SqliteStoreTest, what_was_written_is_there_after_opening_again) {
  open();
  auto batch = one_step(1);
  batch.add_inbox = {sample_message(1, "d1", {days(20'000).ms})};
  batch.put_outbox = {sample_effect(order_stream(1), 1, 1, EffectState::Unsent)};
  batch.put_timers = {sample_timer(order_stream(1), TimerKind::ShipBy, {5})};
  batch.put_values = {{tenant_a, sha256("v"), std::string(5000, 'v')}};
  ASSERT_TRUE(store_->write(batch));
  store_.reset();
  open();
  EXPECT_EQ(store_->events(order_stream(1))->size(), 1U);
  EXPECT_EQ(store_->heads(tenant_a)->event_seq, 1);
  EXPECT_EQ(store_->counts(tenant_a)->events, 1);
  EXPECT_EQ((*store_->delivery(tenant_a, "shop", "d1"))->seq, 1);
  EXPECT_EQ(store_->unsettled(tenant_a)->size(), 1U);
  EXPECT_EQ(store_->timers(tenant_a)->size(), 1U);
  EXPECT_EQ(**store_->value(tenant_a, sha256("v")), std::string(5000, 'v'));
  EXPECT_TRUE(store_->integrity());
}

TEST_F(SqliteStoreTest, bodies_and_values_lie_compressed) {
  open();
  ASSERT_TRUE(store_->write({.put_values = {{tenant_a, sha256("v"), std::string(5000, 'v')}}}));
  store_.reset();
  EXPECT_LT(*raw()->integer_of("select length(bytes) from fact"), 100);
  EXPECT_EQ(unpack(Packer().pack("short")).value(), "short");
  EXPECT_EQ(unpack("").error().code, ErrorCode::Internal);
  EXPECT_EQ(unpack("\x01garbage").error().code, ErrorCode::Internal);
  EXPECT_EQ(unpack("\x07").error().code, ErrorCode::Internal);
}

TEST_F(SqliteStoreTest, the_table_itself_refuses_an_exception_without_an_owner) {
  open();
  ASSERT_TRUE(store_->write({.put_exceptions = {sample_exception(order_stream(1), 1, {7})}}));
  store_.reset();
  const auto database = raw();
  for (const char* const statement :
       {"update order_exception set owner = ''", "update order_exception set owner = null",
        "insert into order_exception select tenant_id, kind, stream_id, 2, reason, '', backup,"
        " next_action, detail, about, body, store_number, channel, opened_at_ms, review_by_ms,"
        " resolved_at_ms, resolution, supplier from order_exception"}) {
    const auto done = database->exec(statement);
    ASSERT_FALSE(done) << statement;
    EXPECT_EQ(done.error().code, ErrorCode::Invalid) << statement;
  }
  EXPECT_EQ(*database->integer_of("select count(*) from order_exception"), 1);
}

TEST_F(SqliteStoreTest, a_second_process_is_refused_and_told_who_holds_the_file) {
  open();
  const pid_t child = ::fork();
  if (child == 0) {
    const auto second = open_sqlite_store(path_);
    const auto holder = "process " + std::to_string(::getppid());
    const bool refused = !second && second.error().code == ErrorCode::Unavailable &&
                         second.error().what.find(holder) != std::string::npos;
    ::_exit(refused ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_FALSE(open_sqlite_store(path_)) << "nor a second time in this process";
  EXPECT_TRUE(store_->write(one_step(1)));
}

TEST_F(SqliteStoreTest, a_newer_schema_is_refused_and_left_alone) {
  open();
  ASSERT_TRUE(store_->write(one_step(1)));
  store_.reset();
  ASSERT_TRUE(raw()->exec("pragma user_version = 99"));
  const auto refused = open_sqlite_store(path_);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::Invalid);
  EXPECT_NE(refused.error().what.find("99"), std::string::npos);
  EXPECT_EQ(*raw()->integer_of("pragma user_version"), 99);
}

TEST_F(SqliteStoreTest, another_programs_file_is_refused_and_left_alone) {
  ASSERT_TRUE(raw()->exec("create table photo (id integer)"));
  EXPECT_EQ(open_sqlite_store(path_).error().code, ErrorCode::Invalid);
  EXPECT_EQ(*raw()->integer_of("select count(*) from sqlite_schema"), 1);
}

TEST_F(SqliteStoreTest, a_file_that_is_no_database_is_refused) {
  std::ofstream(path_) << std::string(5000, 'x');
  const auto refused = open_sqlite_store(path_);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::Internal);
}

TEST_F(SqliteStoreTest, a_folder_that_is_not_there_is_unavailable) {
  EXPECT_EQ(open_sqlite_store((folder_ / "none" / "a.db").string()).error().code,
            ErrorCode::Unavailable);
}

TEST_F(SqliteStoreTest, migrations_go_forward_one_transaction_each_after_a_copy) {
  constexpr Migration first[] = {
      {1, "first", "create table a (x integer); insert into a values (1)"}};
  constexpr Migration good_and_bad[] = {
      first[0],
      {2, "second", "create table b (x integer); insert into b select x from a"},
      {3, "third", "create table c (x integer); insert into nowhere values (1)"}};
  const auto database = raw();
  ASSERT_TRUE(migrate(*database, path_, first));
  EXPECT_FALSE(std::filesystem::exists(backup_path(path_, 0)));
  const auto failed = migrate(*database, path_, good_and_bad);
  ASSERT_FALSE(failed);
  EXPECT_NE(failed.error().where.find("schema step 3 third"), std::string::npos);
  EXPECT_EQ(*database->integer_of("pragma user_version"), 2);
  EXPECT_EQ(*database->integer_of("select count(*) from b"), 1);
  EXPECT_EQ(*database->integer_of("select count(*) from sqlite_schema where name = 'c'"), 0);
  auto copy = Database::open(backup_path(path_, 1), Access::Read, {});
  ASSERT_TRUE(copy);
  EXPECT_EQ(*(*copy)->integer_of("pragma user_version"), 1);
  EXPECT_EQ(*(*copy)->integer_of("select count(*) from a"), 1);
}

TEST_F(SqliteStoreTest, rows_from_before_events_were_packed_still_read) {
  open();
  ASSERT_TRUE(store_->write(one_step(1)));
  store_.reset();
  ASSERT_TRUE(
      raw()->exec("insert into event values (1, 2, 1, 1, 2, 1, 5, 'old', "
                  "x'7b226576656e74223a224f6c64227d', zeroblob(32), 0);"
                  "update stream_head set head_seq = 2, version = 2;"
                  "insert into outbox_settled"
                  " values (1, 2, 1, 1, 1, 'buyer', x'7b22656666656374223a224f6c64227d', 'done', "
                  "1, 0, 0, '')"));
  open();
  const auto events = store_->events(order_stream(1));
  ASSERT_TRUE(events) << describe(events.error());
  ASSERT_EQ(events->size(), 2U);
  EXPECT_EQ(events->back().bytes, "{\"event\":\"Old\"}");
  EXPECT_EQ(events->back().actor, "old");
  EXPECT_EQ(store_->events_after(tenant_a, 0, 10)->size(), 2U);
  EXPECT_EQ(store_->outbox_of(order_stream(1))->back().bytes, "{\"effect\":\"Old\"}");
  EXPECT_EQ(store_->write({.add_events = {sample_event(order_stream(1), 2, 2, 1)}}).error().code,
            ErrorCode::Conflict);
}

TEST_F(SqliteStoreTest, every_key_and_index_begins_with_the_tenant) {
  open();
  store_.reset();
  const auto database = raw();
  EXPECT_EQ(*database->integer_of("select count(*) from sqlite_schema where type = 'trigger'"), 0);
  auto indexes = database->query(
      "select t.name || '.' || i.name, c.name from sqlite_schema t"
      " join pragma_index_list(t.name) i join pragma_index_info(i.name) c on c.seqno = 0"
      " where t.type = 'table'");
  int seen = 0;
  for (;; ++seen) {
    const auto row = indexes.next();
    ASSERT_TRUE(row);
    if (!*row) break;
    const auto name = indexes.text();
    const auto column = indexes.text();
    const bool shared = name.starts_with("delivery_period.");
    EXPECT_EQ(column, shared ? "slot" : "tenant_id") << name;
  }
  EXPECT_GT(seen, 20);
}

TEST_F(SqliteStoreTest, a_backup_is_whole_while_writing_goes_on) {
  open();
  for (std::int64_t seq = 1; seq <= 20; ++seq) ASSERT_TRUE(store_->write(one_step(seq)));
  const auto target = (folder_ / "copy.db").string();
  ASSERT_TRUE(store_->backup_to(target));
  EXPECT_EQ(store_->backup_to(target).error().code, ErrorCode::Conflict);
  EXPECT_EQ(store_->backup_to((folder_ / "none" / "c.db").string()).error().code,
            ErrorCode::Unavailable);
  ASSERT_TRUE(store_->write(one_step(21)));
  auto copy = open_sqlite_store(target);
  ASSERT_TRUE(copy) << describe(copy.error());
  EXPECT_EQ((*copy)->events(order_stream(1))->size(), 20U);
  EXPECT_TRUE((*copy)->integrity());
}

TEST_F(SqliteStoreTest, damage_is_found) {
  open();
  Batch batch;
  for (std::int64_t seq = 1; seq <= 2000; ++seq) {
    batch.add_events.push_back(sample_event(order_stream(1), seq, seq, seq - 1));
  }
  ASSERT_TRUE(store_->write(batch));
  store_.reset();
  {
    std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(std::streamoff{4096} * 60);
    file << std::string(4096, 'x');
  }
  open();
  const auto found = store_->integrity();
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, ErrorCode::Internal);
}

// Runs `body` while this process may make no file longer than `bytes`; writing beyond fails as
// on a disk with a fault (EFBIG).
template <class Body>
void with_longest_file(rlim_t bytes, const Body& body) {
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit tight{bytes, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &tight), 0);
  body();
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, handler);
}

TEST_F(SqliteStoreTest, a_failed_write_leaves_nothing_and_the_next_one_works) {
  open();
  ASSERT_TRUE(store_->write(one_step(1)));
  const auto log_bytes = std::filesystem::file_size(path_ + "-wal");
  auto large = one_step(2);
  large.put_records = {{tenant_a, "file", "f", std::string(1 << 20, 'f'), {}}};
  with_longest_file(log_bytes + 100'000, [&] {
    for (int i = 0; i < 3; ++i) {
      const auto failed = store_->write(large);
      ASSERT_FALSE(failed);
      EXPECT_EQ(failed.error().code, ErrorCode::Unavailable) << describe(failed.error());
      EXPECT_EQ(store_->events(order_stream(1))->size(), 1U);
    }
  });
  EXPECT_FALSE(store_->record({tenant_a, "file", "f"})->has_value());
  ASSERT_TRUE(store_->write(large));
  EXPECT_EQ(store_->events(order_stream(1))->size(), 2U);
  store_.reset();
  open();
  EXPECT_EQ(store_->events(order_stream(1))->size(), 2U);
  EXPECT_EQ((*store_->record({tenant_a, "file", "f"}))->bytes.size(), 1U << 20);
  EXPECT_TRUE(store_->integrity());
}

TEST_F(SqliteStoreTest, a_full_database_is_unavailable) {
  const auto database = raw();
  ASSERT_TRUE(database->exec("create table a (x blob); pragma max_page_count = 10"));
  const auto full = database->exec("insert into a values (zeroblob(100000))");
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().code, ErrorCode::Unavailable);
  EXPECT_NE(full.error().what.find("full"), std::string::npos);
}

TEST_F(SqliteStoreTest, the_log_is_moved_into_the_file_by_the_writer_alone) {
  auto opened = open_sqlite_store(path_, {.checkpoint_pages = 50});
  ASSERT_TRUE(opened);
  store_ = std::move(*opened);
  for (std::int64_t seq = 1; seq <= 400; ++seq) {
    ASSERT_TRUE(store_->write(one_step(seq)));
    ASSERT_TRUE(store_->heads(tenant_a));
  }
  EXPECT_LT(std::filesystem::file_size(path_ + "-wal"), 100U * 4200);
  EXPECT_EQ(store_->events(order_stream(1))->size(), 400U);
  const auto reader = Database::open(path_, Access::Read, {});
  ASSERT_TRUE(reader);
  EXPECT_EQ(*(*reader)->integer_of("pragma wal_autocheckpoint"), 0);
  EXPECT_EQ((*reader)->exec("delete from event").error().code, ErrorCode::Unavailable);
}

// How SQLite answers: with the index a list needs, and without sorting or reading all rows.
TEST_F(SqliteStoreTest, searching_by_key_leads_nowhere_near_a_full_scan) {
  open();
  store_.reset();
  const auto database = raw();
  for (const char* const statement :
       {"select 1 from stream_view v indexed by stream_view_by_stage where tenant_id = 1 and"
        " kind = 1 and stage = 'x' order by stream_id desc limit 50",
        "select 1 from stream_view v indexed by stream_view_live where tenant_id = 1 and"
        " kind = 1 and live = 1 and stream_id < 9 order by stream_id desc limit 50",
        "select 1 from stream_view v indexed by stream_view_troubled where tenant_id = 1 and"
        " kind = 1 and open_exceptions > 0 order by stream_id desc limit 50",
        "select 1 from order_exception where tenant_id = 1 and resolved_at_ms = 0 and"
        " (review_by_ms, stream_id, number) > (1, 2, 3)"
        " order by review_by_ms, stream_id, number, kind limit 50",
        "select 1 from order_exception where tenant_id = 1 and resolved_at_ms = 0 and"
        " supplier = 'x' order by review_by_ms, stream_id, number limit 50",
        "select detail from order_exception where tenant_id = 1 and resolved_at_ms = 0 and"
        " (review_by_ms, stream_id, number) >= (select review_by_ms, stream_id, number from"
        " order_exception where tenant_id = 1 and resolved_at_ms = 0"
        " order by review_by_ms, stream_id, number limit 1 offset 99000)"
        " order by review_by_ms, stream_id, number limit 50",
        "select owner, reason, count(*), sum(review_by_ms < 5) from order_exception indexed by"
        " order_exception_open_by_owner where tenant_id = 1 and resolved_at_ms = 0"
        " group by owner, reason",
        "select seq from event where tenant_id = 1 and seq >= 5 order by seq limit 1",
        "select seq from inbox where tenant_id = 1 and state = 1 order by seq limit 5",
        "select seq from inbox where tenant_id = 1 and state in (3, 4) order by seq desc limit 5",
        "select distinct s.stream_id, s.kind from search s indexed by search_by_token"
        " where s.tenant_id = 1 and s.token = 'a' order by s.stream_id desc, s.kind desc limit "
        "5",
        "select tenant_id, stream_id, kind from search where tenant_id = 1"
        " order by stream_id desc, kind desc limit 9",
        "select stream_id from search indexed by search_by_token where tenant_id = 1 and"
        " token >= 'a' and token < 'b' order by token desc, stream_id desc limit 9",
        "select min(token) from search indexed by search_by_token where tenant_id = 1 and"
        " token > 'a' and token < 'b'",
        "select 1 from search o where o.tenant_id = 1 and o.stream_id = 2 and o.kind = 1 and"
        " o.token >= 'a' and o.token < 'b'",
        "select stream_id from reference where tenant_id = 1 and reference_kind = 'po' and"
        " value = 'x'",
        "select previous from event where tenant_id = 1 and seq = 5",
        "select 1 from stream_view v left join stream_head h on h.tenant_id = v.tenant_id and"
        " h.kind = v.kind and h.stream_id = v.stream_id where v.tenant_id = 1 and v.kind = 1 and"
        " v.stream_id < 9 order by v.stream_id desc limit 50"}) {
    auto plan = database->query(std::string("explain query plan ") + statement);
    for (;;) {
      const auto row = plan.next();
      ASSERT_TRUE(row) << describe(row.error());
      if (!*row) break;
      plan.integer();
      plan.integer();
      plan.integer();
      const auto step = plan.text();
      EXPECT_EQ(step.find("SCAN"), std::string::npos) << statement << ": " << step;
      EXPECT_EQ(step.find("B-TREE"), std::string::npos) << statement << ": " << step;
    }
  }
}

// Words that so many streams hold that none is read whole, all older than the newest rows.
TEST_F(SqliteStoreTest, searching_for_common_words_reads_a_bounded_part) {
  open();
  Batch batch;
  const auto add = [&](std::int64_t id, const std::string& token) {
    batch.add_search.push_back({order_stream(id), token});
  };
  for (std::int64_t id = 100'001; id <= 125'000; ++id) {
    add(id, id % 2 == 0 ? "words" : "wordy");
    add(id, "u" + std::to_string(id));
    add(id, "common");
    if (id % 5000 == 0) add(id, "seldom");
  }
  for (std::int64_t id = 200'001; id <= 220'001; ++id) add(id, "new");
  ASSERT_TRUE(store_->write(batch));
  using Numbers = std::vector<std::int64_t>;
  const auto found = [&](const std::vector<std::string>& words) {
    Numbers ids;
    const auto streams = store_->search(tenant_a, words, 3, 0);
    EXPECT_TRUE(streams);
    for (const auto& stream : *streams) ids.push_back(stream.id);
    return ids;
  };
  EXPECT_EQ(found({"word*"}), (Numbers{125'000, 124'999, 124'998}));
  EXPECT_EQ(found({"u1*"}), (Numbers{125'000, 124'999, 124'998}));
  EXPECT_EQ(found({"u*", "common"}), (Numbers{125'000, 124'999, 124'998}));
  EXPECT_EQ(found({"word*", "seldom"}), (Numbers{125'000, 120'000, 115'000}));
  EXPECT_EQ(found({"n*"}), (Numbers{220'001, 220'000, 219'999}));
  EXPECT_EQ(found({"common", "new"}), Numbers{});
}

}  // namespace
}  // namespace holdfast::store
