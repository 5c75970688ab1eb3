// The same scenario over every store: what is stored at the end is the same, row by row.
#include <algorithm>
#include <filesystem>

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/hash.h"
#include "store/memory/memory_store.h"
#include "store/postgres/postgres_store.h"
#include "store/postgres/test_server.h"
#include "store/sqlite/sqlite_store.h"
#include "tests/kit/in_process.h"

namespace holdfast {
namespace {

constexpr TenantId tenant{1};

/// Everything a store knows of a tenant, as text with a line a row.
class Told {
 public:
  explicit Told(ports::Store& store) : store_(store) {}

  std::string all() {
    const auto heads = store_.heads(tenant);
    const auto counts = store_.counts(tenant);
    EXPECT_TRUE(heads && counts);
    line("heads", heads->event_seq, heads->inbox_seq, heads->order_id);
    line("counts", counts->orders, counts->events, counts->open_exceptions, counts->inbox_waiting,
         counts->outbox_unsettled);
    events();
    for (auto id = heads->order_id; id > 0; --id) {
      for (const auto kind : {ports::StreamKind::Order, ports::StreamKind::Supply,
                              ports::StreamKind::Exchange, ports::StreamKind::Case}) {
        stream({tenant, kind, id});
      }
    }
    for (const auto& row : rows(store_.timers(tenant))) {
      line("timer", row.stream.id, name_of(row.kind), row.about, row.due_at.ms);
    }
    for (const auto& tally : rows(store_.exception_tallies(tenant, {}, "", ""))) {
      line("tally", tally.owner, name_of(tally.reason), tally.open, tally.overdue);
    }
    for (std::int64_t seq = 1; seq <= heads->inbox_seq; ++seq) message(seq);
    return text_;
  }

 private:
  template <class... Values>
  void line(const Values&... values) {
    (add(values), ...);
    text_ += '\n';
  }
  template <class Value>
  void add(const Value& value) {
    if constexpr (std::is_integral_v<Value>) {
      text_ += std::to_string(value) + " ";
    } else {
      text_ += std::string(std::string_view(value)) + " ";
    }
  }

  // A copy, which lives as long as a loop over it.
  template <class Row>
  static std::vector<Row> rows(const Result<std::vector<Row>>& found) {
    EXPECT_TRUE(found);
    return found ? *found : std::vector<Row>();
  }

  void events() {
    for (std::int64_t after = 0;;) {
      const auto page = store_.events_after(tenant, after, 1'000);
      ASSERT_TRUE(page);
      if (page->empty()) return;
      for (const auto& row : *page) {
        line("event", row.seq, row.stream.id, row.version, row.previous, row.at.ms, row.actor,
             row.bytes, hex(row.hash));
      }
      after = page->back().seq;
    }
  }

  void stream(const ports::StreamKey& key) {
    const auto order = store_.order(key);
    ASSERT_TRUE(order);
    if (!*order) return;
    const auto& row = **order;
    line("order", row.stream.id, row.head_seq, row.version, hex(row.head_hash), row.channel,
         row.store_number, row.stage, row.summary, row.placed_at.ms, row.due_at.ms,
         row.open_exceptions, row.live);
    line("events of it", store_.events(key)->size());
    for (const auto& effect : rows(store_.outbox_of(key))) {
      line("effect", effect.seq, effect.number, effect.lane, effect.bytes, name_of(effect.state),
           effect.attempts, effect.not_before.ms, effect.changed_at.ms, effect.detail);
    }
    for (const auto& open : rows(store_.exceptions_of(key))) {
      line("exception", open.number, name_of(open.reason), open.owner, open.detail, open.body,
           open.opened_at.ms, open.review_by.ms, open.resolved_at.ms, open.resolution,
           open.supplier);
    }
    for (const auto& name : rows(store_.references_of(key)))
      line("reference", name.kind, name.value);
    for (const auto& sealed : rows(store_.sealed(key))) {
      line("sealed", sealed.kind, hex(sealed.bytes), sealed.delete_at.ms);
    }
  }

  void message(std::int64_t seq) {
    const auto row = store_.inbox(tenant, seq);
    ASSERT_TRUE(row && *row);
    line("message", seq, (*row)->account, (*row)->dedupe_key, (*row)->topic, (*row)->subject,
         static_cast<int>((*row)->state), hex((*row)->body_hash), (*row)->problem);
  }

  ports::Store& store_;
  std::string text_;
};

std::string lived_through(std::unique_ptr<ports::Store> store) {
  kit::InProcessOptions options;
  options.seed = 7;
  options.store = std::move(store);
  kit::InProcess world(std::move(options));
  world.place_orders(12, minutes(7));
  world.run(days(3));
  world.restart();
  world.run(days(12));
  return Told(world.store()).all();
}

void expect_same(const std::string& told, const std::string& expected) {
  EXPECT_EQ(hex(sha256(told)), hex(sha256(expected)));
  if (told == expected) return;
  const auto differs = std::ranges::mismatch(told, expected).in1 - told.begin();
  const auto from = told.rfind('\n', static_cast<std::size_t>(differs)) + 1;
  ADD_FAILURE() << "first difference:\n  " << told.substr(from, 300) << "\n  "
                << expected.substr(from, 300);
}

TEST(StoresAgree, the_same_scenario_ends_in_the_same_state_on_every_store) {
  const auto expected = lived_through(store::make_memory_store());
  EXPECT_GT(std::ranges::count(expected, '\n'), 300);
  const auto folder =
      std::filesystem::temp_directory_path() / ("holdfast-agree-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  auto sqlite = store::open_sqlite_store((folder / "holdfast.db").string());
  ASSERT_TRUE(sqlite) << describe(sqlite.error());
  expect_same(lived_through(std::move(*sqlite)), expected);
  std::filesystem::remove_all(folder);
  if (!store::pg::test_server()) return;
  const store::pg::TestDatabase database;
  auto postgres = store::open_postgres_store(database.url());
  ASSERT_TRUE(postgres) << describe(postgres.error());
  expect_same(lived_through(std::move(*postgres)), expected);
}

}  // namespace
}  // namespace holdfast
