// Connections and servers that go at the worst moment: what was answered holds, and what was not
// answered is never told as the opposite of what happened.
#include <chrono>
#include <cstdlib>
#include <map>
#include <random>
#include <thread>

#include <gtest/gtest.h>

#include "apps/kill/database.h"
#include "apps/kill/stopwatch.h"
#include "store/postgres/postgres_store.h"
#include "store/postgres/test_server.h"
#include "tests/kit/tcp_proxy.h"
#include "tests/postgres/rows.h"

namespace holdfast {
namespace {

using apps::End;
using apps::end_database;
using apps::start_database;
using kit::TcpProxy;
using store::open_postgres_store;
using store::PostgresStore;
using namespace std::chrono_literals;
using Verdict = TcpProxy::Verdict;

using PostgresCuts = OnServer;
// Without a server there is nothing to test here.
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(PostgresCuts);
INSTANTIATE_TEST_SUITE_P(server, PostgresCuts, servers());

int port_of(const std::string& url) {
  const auto from = url.find(':', url.find('@')) + 1;
  return std::atoi(url.substr(from, url.find('/', from) - from).c_str());
}

// The text of a simple query, with the zero that ends it (protocol 3.0, section 55.7).
bool is_commit(std::string_view bytes) {
  return bytes.find(std::string_view("commit\0", 7)) != std::string_view::npos;
}

/// Whether the commit of event `seq` was carried out, as another connection sees it.
bool is_stored(const store::pg::TestDatabase& database, std::int64_t seq) {
  const auto found = database.run(
      "select 1 from event e join record r on r.tenant_id = e.tenant_id"
      " and r.key = e.seq::text where e.seq = " +
      std::to_string(seq));
  EXPECT_TRUE(found);
  return found && found->rows() == 1;
}

TEST_P(PostgresCuts, a_commit_cut_a_thousand_times_is_told_as_it_was) {
  const store::pg::TestDatabase database;
  std::atomic<Verdict> next = Verdict::Pass;
  TcpProxy proxy(port_of(database.url()), [&](std::string_view bytes) {
    return is_commit(bytes) ? next.exchange(Verdict::Pass) : Verdict::Pass;
  });
  auto store = open_postgres_store(database.url_at(proxy.port()));
  ASSERT_TRUE(store) << describe(store.error());
  std::mt19937 random(1);
  std::map<std::pair<Verdict, bool>, int> seen;
  std::int64_t seq = 0;
  for (int round = 0; round < 1'000; ++round) {
    const std::array cuts = {Verdict::CutBefore, Verdict::CutHalf, Verdict::CutAfter};
    const auto cut = cuts.at(random() % cuts.size());
    next = cut;
    const auto written = (*store)->write(batch_of(seq + 1));
    const bool stored = is_stored(database, seq + 1);
    ASSERT_EQ(written.has_value(), stored)
        << round << (written ? "" : " " + describe(written.error()));
    ASSERT_EQ(next.load(), Verdict::Pass) << "the cut happened";
    ++seen[{cut, stored}];
    if (stored) ++seq;
  }
  EXPECT_EQ((*store)->heads(one_tenant)->event_seq, seq);
  EXPECT_EQ((*store)->counts(one_tenant)->events, seq);
  for (const auto& [what, count] : seen) {
    std::cout << "cut " << static_cast<int>(what.first) << (what.second ? " stored " : " lost ")
              << count << "\n";
  }
  EXPECT_GT((seen[{Verdict::CutAfter, true}]), 0);
  EXPECT_EQ((seen[{Verdict::CutBefore, true}]), 0);
}

TEST_P(PostgresCuts, a_connection_cut_anywhere_loses_no_answer) {
  const store::pg::TestDatabase database;
  std::mt19937 random(2);
  std::mutex guard;
  TcpProxy proxy(port_of(database.url()), [&](std::string_view) {
    const std::lock_guard lock(guard);
    switch (random() % 24) {
      case 0:
        return Verdict::CutBefore;
      case 1:
        return Verdict::CutHalf;
      case 2:
        return Verdict::CutAfter;
      default:
        return Verdict::Pass;
    }
  });
  std::unique_ptr<PostgresStore> store;
  while (!store) {
    auto opened = open_postgres_store(database.url_at(proxy.port()));
    if (opened) store = std::move(*opened);
  }
  std::int64_t seq = 0;
  int failed = 0;
  for (int round = 0; round < 300; ++round) {
    const auto written = store->write(batch_of(seq + 1));
    const bool stored = is_stored(database, seq + 1);
    ASSERT_EQ(written.has_value(), stored) << round << (written ? "" : describe(written.error()));
    if (stored) ++seq;
    failed += written ? 0 : 1;
    if (!written) std::this_thread::sleep_for(60ms);
  }
  EXPECT_GT(failed, 10);
  EXPECT_GT(seq, 50);
}

TEST_P(PostgresCuts, a_server_killed_two_hundred_times_under_load_forgets_no_answer) {
  const store::pg::TestDatabase database;
  auto store = open_postgres_store(database.url());
  ASSERT_TRUE(store) << describe(store.error());
  std::atomic<bool> stop = false;
  std::atomic<std::int64_t> answered = 0;
  std::atomic<std::int64_t> refused = 0;
  std::thread writer([&] {
    while (!stop) {
      const auto next = answered + 1;
      const auto written = (*store)->write(batch_of(next));
      if (written) {
        answered = next;
      } else {
        ++refused;
        EXPECT_EQ(written.error().code, ErrorCode::Unavailable) << describe(written.error());
        std::this_thread::sleep_for(20ms);
      }
    }
  });
  std::mt19937 random(3);
  std::chrono::milliseconds slowest{0};
  for (int kill = 0; kill < 200 && !HasFailure(); ++kill) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20 + random() % 150));
    ASSERT_TRUE(end_database(random() % 4 == 0 ? End::Killed : End::AtOnce)) << kill;
    const auto up = start_database([&] { return database.run("select 1").has_value(); });
    ASSERT_GE(up.count(), 0) << kill;
    const auto end = std::chrono::steady_clock::now() + 20s;
    const apps::Stopwatch watch;
    const auto before = answered.load();
    while (answered == before && std::chrono::steady_clock::now() < end) {
      std::this_thread::sleep_for(2ms);
    }
    slowest = std::max(slowest, std::chrono::milliseconds(watch.lap().own_ms()));
    EXPECT_GE((*store)->heads(one_tenant)->event_seq, before) << kill;
  }
  stop = true;
  writer.join();
  std::cout << "answered " << answered << ", refused " << refused << ", back after at most "
            << slowest.count() << " ms\n";
  EXPECT_LE(slowest, 5s);
  EXPECT_EQ((*store)->heads(one_tenant)->event_seq, answered);
  EXPECT_EQ((*store)->counts(one_tenant)->events, answered);
  EXPECT_EQ((*store)->events({one_tenant, ports::StreamKind::Order, 1})->size(),
            static_cast<std::size_t>(answered.load()));
}

}  // namespace
}  // namespace holdfast
