#include <csignal>
#include <random>

#include <sys/wait.h>
#include <unistd.h>

#include "store/contract.h"
#include "store/sqlite/sqlite_store.h"

// Kills a writing process at random moments and looks at what it left: a batch whose write
// returned is there whole, a batch that was cut off is there whole or not at all.

namespace holdfast::store {
namespace {

using namespace ports;

// Batch n: three events of a stream of its own with an effect each, the message they came from, a
// timer and a token. Everything is found again from n.
Batch numbered_batch(std::int64_t n) {
  const auto stream = order_stream(n);
  Batch batch;
  for (std::int64_t i = 1; i <= 3; ++i) {
    const auto seq = 3 * (n - 1) + i;
    batch.add_events.push_back(sample_event(stream, seq, i, i == 1 ? 0 : seq - 1));
    batch.put_outbox.push_back(
        sample_effect(stream, seq, 1, n % 2 == 0 ? EffectState::Unsent : EffectState::Done));
  }
  batch.put_orders = {sample_order(stream, 3 * n, 3)};
  batch.put_timers = {sample_timer(stream, TimerKind::ShipBy, {n})};
  batch.add_inbox = {sample_message(n, "d" + std::to_string(n), {days(20'000).ms + n})};
  batch.add_search = {{stream, "t" + std::to_string(n)}};
  return batch;
}

[[noreturn]] void write_until_killed(const std::string& path, int acknowledged) {
  const auto store = open_sqlite_store(path, {.checkpoint_pages = 40});
  if (!store) ::_exit(1);
  const auto heads = (*store)->heads(tenant_a);
  if (!heads) ::_exit(2);
  for (auto n = heads->order_id + 1;; ++n) {
    if (!(*store)->write(numbered_batch(n))) ::_exit(3);
    if (::write(acknowledged, &n, sizeof n) != sizeof n) ::_exit(4);
  }
}

// Runs a writer for that long and gives the last number it acknowledged, or `before` when none.
std::int64_t last_acknowledged(const std::string& path, useconds_t microseconds,
                               std::int64_t before) {
  int ends[2];
  EXPECT_EQ(::pipe(ends), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    write_until_killed(path, ends[1]);
  }
  ::close(ends[1]);
  ::usleep(microseconds);
  EXPECT_EQ(::kill(child, SIGKILL), 0);
  auto last = before;
  for (std::int64_t n = 0; ::read(ends[0], &n, sizeof n) == sizeof n;) last = n;
  ::close(ends[0]);
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the writer ended by itself: " << WEXITSTATUS(status);
  return last;
}

void expect_whole_batch(SqliteStore& store, std::int64_t i) {
  const auto stream = order_stream(i);
  EXPECT_EQ(store.events(stream)->size(), 3U);
  EXPECT_EQ(store.outbox_of(stream)->size(), 3U);
  EXPECT_TRUE(store.delivery(tenant_a, "shop", "d" + std::to_string(i))->has_value());
  EXPECT_EQ(store.search(tenant_a, {"t" + std::to_string(i)}, 2, 0)->size(), 1U);
  EXPECT_EQ((*store.inbox(tenant_a, i))->body, numbered_batch(i).add_inbox[0].body);
}

// Expects batches 1 to n and nothing of any other, where n is at least `acknowledged`; gives n.
std::int64_t expect_whole_batches(SqliteStore& store, std::int64_t acknowledged) {
  const auto heads = store.heads(tenant_a);
  const auto counts = store.counts(tenant_a);
  EXPECT_TRUE(heads && counts);
  const auto n = heads->order_id;
  EXPECT_GE(n, acknowledged);
  EXPECT_LE(n, acknowledged + 1);
  EXPECT_EQ(heads->event_seq, 3 * n);
  EXPECT_EQ(heads->inbox_seq, n);
  EXPECT_EQ(counts->orders, n);
  EXPECT_EQ(counts->events, 3 * n);
  EXPECT_EQ(counts->inbox_waiting, n);
  EXPECT_EQ(counts->outbox_unsettled, n / 2 * 3);
  EXPECT_EQ(store.timers(tenant_a)->size(), static_cast<std::size_t>(n));
  for (auto i = std::max<std::int64_t>(1, n - 20); i <= n; ++i) {
    expect_whole_batch(store, i);
  }
  return n;
}

std::int64_t look_at(const std::string& path, std::int64_t acknowledged) {
  const auto store = open_sqlite_store(path);
  EXPECT_TRUE(store) << describe(store.error());
  if (!store) return acknowledged;
  const auto sound = (*store)->integrity();
  EXPECT_TRUE(sound) << describe(sound.error());
  return expect_whole_batches(**store, acknowledged);
}

TEST(SqliteKill, acknowledged_batches_survive_a_kill_at_any_moment) {
  const auto folder = make_test_folder();
  const auto path = (folder / "holdfast.db").string();
  std::mt19937 random(20'260'701);
  std::int64_t stored = 0;
  // A machine with much else to do lets the writer write little in a round: then more rounds.
  for (int round = 0; round < 20 || (stored <= 20 && round < 400); ++round) {
    const auto last =
        last_acknowledged(path, std::uniform_int_distribution(2'000, 70'000)(random), stored);
    stored = look_at(path, last);
    if (testing::Test::HasFailure()) break;
  }
  EXPECT_GT(stored, 20) << "the writer hardly wrote: the test showed nothing";
  std::filesystem::remove_all(folder);
}

TEST(SqliteKill, a_file_killed_while_it_is_made_opens_again) {
  std::mt19937 random(7);
  for (int round = 0; round < 15; ++round) {
    const auto folder = make_test_folder();
    const auto path = (folder / "holdfast.db").string();
    const auto last = last_acknowledged(path, std::uniform_int_distribution(300, 6'000)(random), 0);
    look_at(path, last);
    std::filesystem::remove_all(folder);
  }
}

}  // namespace
}  // namespace holdfast::store
