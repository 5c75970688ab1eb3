// Several processes on one database: who may write, and what becomes of the others' writes.
#include <chrono>
#include <optional>
#include <random>
#include <thread>

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "apps/kill/stopwatch.h"
#include "store/postgres/postgres_store.h"
#include "store/postgres/test_server.h"
#include "tests/postgres/rows.h"

namespace holdfast {
namespace {

using store::open_postgres_store;
using store::PostgresOptions;
using store::PostgresStore;
using namespace std::chrono_literals;

using PostgresLease = OnServer;
// Without a server there is nothing to test here.
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(PostgresLease);
INSTANTIATE_TEST_SUITE_P(server, PostgresLease, servers());

std::unique_ptr<PostgresStore> opened(const std::string& url, Duration lease,
                                      const std::string& reached_at = {}) {
  PostgresOptions options;
  options.lease = lease;
  options.reached_at = reached_at;
  auto store = open_postgres_store(url, options);
  EXPECT_TRUE(store) << describe(store.error());
  return store ? std::move(*store) : nullptr;
}

/// Takes the tenant as soon as it is free; how long that took, but for a busy machine.
std::chrono::milliseconds take_when_free(PostgresStore& store) {
  const apps::Stopwatch watch;
  const auto begin = std::chrono::steady_clock::now();
  while (!store.take_lease(one_tenant)) {
    if (std::chrono::steady_clock::now() - begin > 60s) break;
    std::this_thread::sleep_for(10ms);
  }
  EXPECT_TRUE(store.holds_lease(one_tenant));
  return std::chrono::milliseconds(watch.lap().own_ms());
}

void expect_refused(PostgresStore& store, const ports::Batch& batch) {
  const auto written = store.write(batch);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::Conflict) << describe(written.error());
}

std::int64_t last_event(PostgresStore& store) { return store.heads(one_tenant)->event_seq; }

TEST_P(PostgresLease, one_holds_a_tenant_and_the_other_may_only_read) {
  const store::pg::TestDatabase database;
  const auto first = opened(database.url(), seconds(30), "http://first");
  const auto second = opened(database.url(), seconds(30));
  ASSERT_TRUE(first->take_lease(one_tenant));
  ASSERT_TRUE(first->write(batch_of(1)));
  EXPECT_EQ(second->take_lease(one_tenant).error().code, ErrorCode::Conflict);
  expect_refused(*second, batch_of(2));
  EXPECT_FALSE(second->holds_lease(one_tenant));
  EXPECT_EQ(last_event(*second), 1);
  const auto seen = second->lease_of(one_tenant);
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->reached_at, "http://first");
  EXPECT_FALSE(seen->mine);
  EXPECT_GT(seen->left, seconds(20));
  EXPECT_TRUE(first->lease_of(one_tenant)->mine);
}

TEST_P(PostgresLease, what_is_given_up_is_free_at_once) {
  const store::pg::TestDatabase database;
  const auto first = opened(database.url(), seconds(30));
  const auto second = opened(database.url(), seconds(30));
  ASSERT_TRUE(first->write(batch_of(1)));
  ASSERT_TRUE(first->give_up_lease(one_tenant));
  EXPECT_FALSE(first->holds_lease(one_tenant));
  ASSERT_TRUE(second->take_lease(one_tenant));
  ASSERT_TRUE(second->write(batch_of(2)));
  expect_refused(*first, batch_of(3));
  EXPECT_FALSE(first->renew_lease(one_tenant));
  EXPECT_EQ(last_event(*first), 2);
}

TEST_P(PostgresLease, a_stale_holder_changes_nothing_until_it_takes_the_tenant_again) {
  const store::pg::TestDatabase database;
  const auto first = opened(database.url(), milliseconds(200));
  const auto second = opened(database.url(), milliseconds(200));
  ASSERT_TRUE(first->write(batch_of(1)));
  take_when_free(*second);
  ASSERT_TRUE(second->write(batch_of(2)));
  expect_refused(*first, batch_of(3));
  expect_refused(*first, batch_of(3));
  EXPECT_EQ(first->renew_lease(one_tenant).error().code, ErrorCode::Conflict);
  take_when_free(*first);
  ASSERT_TRUE(first->write(batch_of(3)));
  expect_refused(*second, batch_of(4));
  EXPECT_EQ(last_event(*second), 3);
  EXPECT_GT(first->lease_of(one_tenant)->epoch, 2);
}

TEST_P(PostgresLease, letters_wait_for_the_holder) {
  const store::pg::TestDatabase database;
  const auto holder = opened(database.url(), seconds(30));
  const auto other = opened(database.url(), seconds(30));
  ASSERT_TRUE(holder->take_lease(one_tenant));
  const store::Letter late{"b", {200}, std::string("\0sealed", 7)};
  ASSERT_TRUE(other->leave_letter(one_tenant, late));
  ASSERT_TRUE(other->leave_letter(one_tenant, {"a", {100}, "first"}));
  ASSERT_TRUE(other->leave_letter(one_tenant, late));
  const auto letters = holder->letters(one_tenant, 10);
  ASSERT_TRUE(letters);
  ASSERT_EQ(letters->size(), 2U);
  EXPECT_EQ((*letters)[0].id, "a");
  EXPECT_EQ((*letters)[1].bytes, late.bytes);
  ASSERT_TRUE(holder->drop_letter(one_tenant, (*letters)[0]));
  EXPECT_EQ(holder->letters(one_tenant, 10)->size(), 1U);
}

TEST_P(PostgresLease, a_session_that_stands_still_in_a_commit_does_not_keep_the_tenant) {
  const store::pg::TestDatabase database;
  const auto first = opened(database.url(), milliseconds(100));
  ASSERT_TRUE(first->write(batch_of(1)));
  const auto holder = database.run("select holder from lease");
  ASSERT_TRUE(holder);
  // A session of the holder's that was stopped between its rows and their commit.
  auto stopped = store::pg::Connection::open(
      {database.url(), ""}, "holdfast writer " + std::string(holder->bytes(0, 0)), "");
  ASSERT_TRUE(stopped);
  ASSERT_TRUE((*stopped)->script("begin; update lease set commits = commits + 1", 5s));
  const auto second = opened(database.url(), milliseconds(100));
  EXPECT_LT(take_when_free(*second), 3s);
  ASSERT_TRUE(second->write(batch_of(2)));
  EXPECT_FALSE((*stopped)->script("commit", 5s));
}

/// Writes in a process of its own until it is refused; its exit code says how it ended.
[[noreturn]] void write_until_refused(const std::string& url, Duration lease) {
  auto store = opened(url, lease);
  if (!store) ::_exit(2);
  while (!store->take_lease(one_tenant)) std::this_thread::sleep_for(1ms);
  while (true) {
    const auto head = store->heads(one_tenant);
    if (!head) continue;
    const auto written = store->write(batch_of(head->event_seq + 1, "child"));
    if (!written && written.error().code == ErrorCode::Conflict) {
      ::_exit(store->holds_lease(one_tenant) ? 1 : 0);
    }
  }
}

struct Round {
  std::chrono::milliseconds taken_after{0};
  bool refused = false;
};

/// A process is stopped while it writes; another takes over and writes; the first wakes up.
Round stop_and_wake(const store::pg::TestDatabase& database, Duration lease,
                    std::chrono::milliseconds until_stop) {
  const auto before = database.run("select coalesce(max(seq), 0)::text from event");
  const pid_t child = ::fork();
  if (child == 0) write_until_refused(database.url(), lease);
  std::string now;
  do {
    std::this_thread::sleep_for(5ms);
    now = std::string(database.run("select coalesce(max(seq), 0)::text from event")->bytes(0, 0));
  } while (now == before->bytes(0, 0));
  std::this_thread::sleep_for(until_stop);
  ::kill(child, SIGSTOP);
  Round round;
  const auto second = opened(database.url(), lease);
  round.taken_after = take_when_free(*second);
  const auto head = last_event(*second);
  EXPECT_TRUE(second->write(batch_of(head + 1, "second")));
  ::kill(child, SIGCONT);
  int status = 0;
  ::waitpid(child, &status, 0);
  round.refused = WIFEXITED(status) && WEXITSTATUS(status) == 0;
  EXPECT_EQ(last_event(*second), head + 1);
  EXPECT_TRUE(second->give_up_lease(one_tenant));
  return round;
}

TEST_P(PostgresLease, of_two_hundred_processes_stopped_while_they_write_none_writes_when_it_wakes) {
  const store::pg::TestDatabase database;
  ASSERT_TRUE(opened(database.url(), seconds(1)));
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    const auto after = std::chrono::milliseconds(random() % 40);
    const auto done = stop_and_wake(database, milliseconds(500), after);
    EXPECT_TRUE(done.refused) << round;
    EXPECT_LE(done.taken_after, 1'500ms) << round;
    if (HasFailure()) break;
  }
}

TEST_P(PostgresLease, a_process_stopped_past_a_long_lease_is_refused_too) {
  const store::pg::TestDatabase database;
  ASSERT_TRUE(opened(database.url(), seconds(1)));
  const auto done = stop_and_wake(database, seconds(20), 30ms);
  EXPECT_TRUE(done.refused);
  EXPECT_LE(done.taken_after, 21s);
  EXPECT_GE(done.taken_after, 15s);
}

}  // namespace
}  // namespace holdfast
