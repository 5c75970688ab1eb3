// How PostgreSQL answers what the program asks: with 100,000 rows in every table that grows, no
// question and no write may walk a table, whether the server has statistics or not.
#include <map>
#include <regex>

#include <gtest/gtest.h>

#include "store/packed.h"
#include "store/postgres/database.h"
#include "store/postgres/postgres_store.h"
#include "store/postgres/read.h"
#include "store/postgres/test_server.h"
#include "store/postgres/writer.h"
#include "store/sql/reads.h"
#include "tests/postgres/rows.h"

namespace holdfast {
namespace {

using namespace ports;
using namespace std::chrono_literals;

constexpr std::int64_t rows = 100'000;
constexpr std::int64_t rows_at_once = 2'000;

StreamKey order_of(std::int64_t n) { return {one_tenant, StreamKind::Order, n}; }

ExceptionRow exception_of(std::int64_t n) {
  ExceptionRow row;
  row.stream = order_of(n);
  row.number = 1;
  row.reason = n % 2 == 0 ? ReasonCode::SupplierPayment : ReasonCode::AutomationOffer;
  row.owner = "desk " + std::to_string(n % 20);
  row.channel = "shop " + std::to_string(n % 7);
  row.review_by = {n};
  row.resolved_at = {n % 3 == 0 ? 0 : n};
  return row;
}

OrderRow view_of(std::int64_t n) {
  OrderRow row;
  row.stream = order_of(n);
  row.head_seq = n;
  row.version = 1;
  row.channel = "shop " + std::to_string(n % 7);
  row.store_number = "#" + std::to_string(n);
  row.stage = "stage " + std::to_string(n % 11);
  row.open_exceptions = n % 3 == 0 ? 1 : 0;
  row.live = n % 4 == 0;
  return row;
}

InboxRow message_of(std::int64_t n) {
  InboxRow row;
  row.tenant = one_tenant;
  row.seq = n;
  row.account = "shop";
  row.dedupe_key = "delivery " + std::to_string(n);
  row.body = "{}";
  row.received_at = {1'000'000};
  row.state = static_cast<InboxState>(1 + n % 4);
  return row;
}

/// A row of order `n` in every table.
void add(Batch& batch, std::int64_t n) {
  const auto stream = order_of(n);
  const auto name = std::to_string(n);
  batch.add_events.push_back({stream, n, 1, 0, {n}, "test", "{}", sha256(name)});
  batch.put_orders.push_back(view_of(n));
  batch.put_exceptions.push_back(exception_of(n));
  batch.put_outbox.push_back({stream, n, 1, "lane", "{}", EffectState::Unsent, 0, {}, {}, {}});
  batch.put_outbox.push_back({stream, n, 2, "lane", "{}", EffectState::Done, 1, {}, {}, {}});
  batch.put_timers.push_back({stream, TimerKind::ExceptionReview, name, {n}});
  batch.add_inbox.push_back(message_of(n));
  batch.put_references.push_back({one_tenant, "po", "PO-" + name, stream});
  batch.put_sealed.push_back({stream, "buyer", "sealed", {n % 2 == 0 ? n : 0}});
  batch.put_values.push_back({one_tenant, sha256(name), "{}"});
  batch.put_records.push_back({one_tenant, "document", name, "{}", {n % 2 == 0 ? n : 0}});
  batch.add_search.push_back({stream, "number" + name});
  batch.add_search.push_back({stream, "common"});
}

/// What removes rows and changes messages again.
void remove(Batch& batch, std::int64_t n) {
  const auto stream = order_of(n);
  batch.drop_timers.push_back({stream, TimerKind::ExceptionReview, std::to_string(n)});
  auto message = message_of(n);
  message.state = InboxState::Done;
  batch.put_inbox.push_back(message);
  batch.drop_inbox_bodies.push_back({one_tenant, n});
  batch.drop_sealed.push_back(stream);
  batch.drop_sealed_rows.push_back({stream, "buyer"});
  batch.drop_records.push_back({one_tenant, "document", std::to_string(n)});
  batch.drop_search.push_back(stream);
}

/// The port's questions on one connection, whose statements can then be explained.
class Asking final : public store::sql::Reads<Store, Asking> {
 public:
  explicit Asking(store::pg::Database& database) : database_(database) {}
  Status write(const Batch&) override { return {}; }
  template <class Read>
  auto reading(const Read& read) {
    return read(database_);
  }

 private:
  store::pg::Database& database_;
};

void ask_for_lists(Store& store) {
  for (const bool stage : {false, true}) {
    for (const bool channel : {false, true}) {
      for (const auto live : {std::optional<bool>(), std::optional(true), std::optional(false)}) {
        for (const bool troubled : {false, true}) {
          for (const std::int64_t before : {std::int64_t{0}, rows / 2}) {
            EXPECT_TRUE(store.orders({one_tenant, channel ? "shop 1" : "", stage ? "stage 1" : "",
                                      live, troubled, before, 50}));
          }
        }
      }
    }
  }
  for (const bool open : {false, true}) {
    for (const auto* owner : {"", "desk 3"}) {
      for (const auto* channel : {"", "shop 1"}) {
        ExceptionQuery query;
        query.tenant = one_tenant;
        query.open = open;
        query.owner = owner;
        query.channel = channel;
        EXPECT_TRUE(store.exceptions(query));
        query.after = ExceptionQuery::Cursor{{rows / 2}, rows / 2, 1};
        EXPECT_TRUE(store.exceptions(query));
        query.reason = ReasonCode::SupplierPayment;
        EXPECT_TRUE(store.exceptions(query));
        query.supplier = "supplier 3";
        EXPECT_TRUE(store.exceptions(query));
        query.skip = 3;
        EXPECT_TRUE(store.exceptions(query));
      }
    }
  }
}

void ask_for_pages(Store& store) {
  EXPECT_TRUE(store.events_after(one_tenant, rows / 2, 100));
  EXPECT_TRUE(store.waiting(one_tenant, 100));
  EXPECT_TRUE(store.not_understood(one_tenant, 100));
  EXPECT_TRUE(store.expired({one_tenant, {rows / 2}, {rows / 2}, 100}));
  EXPECT_TRUE(store.records(one_tenant, "document", "5", 100));
  for (const auto& words : std::vector<std::vector<std::string>>{
           {"number77"}, {"number7*"}, {"common"}, {"common", "number77"}, {"n*", "common"}}) {
    const auto found = store.search(one_tenant, words, 50, 0);
    ASSERT_TRUE(found) << describe(found.error());
    EXPECT_FALSE(found->empty()) << words.front();
  }
}

void ask_by_key(Store& store) {
  const auto stream = order_of(rows / 2);
  EXPECT_EQ(store.heads(one_tenant)->event_seq, rows);
  EXPECT_EQ(store.counts(one_tenant)->orders, rows);
  EXPECT_EQ(store.events(stream)->size(), 1U);
  EXPECT_TRUE(store.order(stream).value());
  EXPECT_EQ(store.orders_of({stream, order_of(1)})->size(), 2U);
  EXPECT_EQ(store.exceptions_of(stream)->size(), 1U);
  EXPECT_TRUE(store.exception_tallies(one_tenant, {rows / 2}, "", ""));
  EXPECT_TRUE(store.exception_tallies(one_tenant, {rows / 2}, "", "supplier 3"));
  EXPECT_EQ(store.outbox_of(stream)->size(), 2U);
  EXPECT_EQ(store.timers_of(stream)->size(), 1U);
  EXPECT_TRUE(store.inbox(one_tenant, rows / 2).value());
  EXPECT_TRUE(store.delivery(one_tenant, "shop", "delivery 5").value());
  EXPECT_TRUE(store.reference(one_tenant, "po", "PO-5").value());
  EXPECT_EQ(store.references_of(stream)->size(), 1U);
  EXPECT_EQ(store.sealed(stream)->size(), 1U);
  EXPECT_TRUE(store.value(one_tenant, sha256("5")).value());
  EXPECT_TRUE(store.record({one_tenant, "document", "5"}).value());
}

std::string text_at(const store::pg::Answer& answer, int row, int column) {
  return std::string(answer.bytes(row, column));
}

/// The columns of every index, in its order.
using Indexes = std::map<std::string, std::vector<std::string>>;

Indexes indexes_of(store::pg::Connection& connection) {
  const auto answer = connection.script(
      "select i.indexrelid::regclass::text, a.attname from pg_index i"
      " cross join lateral unnest(i.indkey::int[]) with ordinality as k(column_number, place)"
      " join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.column_number"
      " where i.indrelid::regclass::text not like 'pg_%' order by 1, k.place",
      30s);
  EXPECT_TRUE(answer);
  Indexes indexes;
  for (int row = 0; answer && row < answer->rows(); ++row) {
    indexes[text_at(*answer, row, 0)].push_back(text_at(*answer, row, 1));
  }
  return indexes;
}

/// Whether the condition on an index leads to few of its entries: columns that follow the tenant
/// and the kind are not skipped before one that is asked for.
bool leads_to_few(const std::vector<std::string>& columns, const std::string& condition) {
  const auto named = [&](const std::string& column) {
    return std::regex_search(condition, std::regex("\\b" + column + "\\b"));
  };
  bool any = false;  // of those that lead somewhere
  bool gap = false;
  for (const auto& column : columns) {
    if (column == "tenant_id" || column == "kind") continue;
    if (!named(column)) {
      gap = true;
    } else if (gap && !any) {
      return false;
    } else {
      any = true;
    }
  }
  return true;
}

/// What walks in a plan: a table without an index, an index without a condition on it, or one whose
/// condition skips its first columns.
std::string walk_in(const std::vector<std::string>& plan, const Indexes& indexes) {
  static const std::regex scan("(Seq|Index|Index Only|Bitmap Heap|Bitmap Index) Scan");
  static const std::regex index("Scan (?:Backward )?using (\\w+) on");
  for (std::size_t i = 0; i < plan.size(); ++i) {
    if (!std::regex_search(plan[i], scan)) continue;
    std::smatch used;
    const bool seeks = i + 1 < plan.size() && plan[i + 1].find("Index Cond: ") != std::string::npos;
    if (!seeks || !std::regex_search(plan[i], used, index)) return plan[i];
    if (!leads_to_few(indexes.at(used[1]), plan[i + 1])) return plan[i] + plan[i + 1];
  }
  return {};
}

/// Explains every statement that the connection has prepared; gives how many there were.
int expect_no_walk(store::pg::Connection& connection) {
  const auto indexes = indexes_of(connection);
  const auto known = connection.script(
      "select name, statement, coalesce(array_length(parameter_types, 1), 0)"
      " from pg_prepared_statements order by prepare_time",
      30s);
  EXPECT_TRUE(known);
  for (int i = 0; known && i < known->rows(); ++i) {
    const auto count = std::atoi(text_at(*known, i, 2).c_str());
    std::string nulls;
    for (int n = 0; n < count; ++n) nulls += n == 0 ? "(null" : ", null";
    if (count > 0) nulls += ")";
    const auto answer =
        connection.script("explain (costs off) execute " + text_at(*known, i, 0) + nulls, 30s);
    EXPECT_TRUE(answer) << text_at(*known, i, 1) << describe(answer.error());
    if (!answer) continue;
    std::vector<std::string> plan;
    std::string text;
    for (int row = 0; row < answer->rows(); ++row) {
      plan.push_back(text_at(*answer, row, 0));
      text += plan.back() + "\n";
    }
    EXPECT_EQ(walk_in(plan, indexes), "") << text_at(*known, i, 1) << "\n" << text;
  }
  return known ? known->rows() : 0;
}

class PostgresPlans : public OnServer {
 protected:
  void SetUp() override {
    auto store = store::open_postgres_store(database_.url());
    ASSERT_TRUE(store) << describe(store.error());
    // What the server would do by itself sooner or later is done below, and not before.
    for (const auto* table : {"event", "stream_view", "order_exception", "search", "record"}) {
      ASSERT_TRUE(
          database_.run("alter table " + std::string(table) + " set (autovacuum_enabled = false)"));
    }
    for (std::int64_t n = 1; n <= rows;) {
      Batch batch;
      for (const auto end = n + rows_at_once; n < end; ++n) add(batch, n);
      const auto written = (*store)->write(batch);
      ASSERT_TRUE(written) << describe(written.error());
    }
    ASSERT_TRUE((*store)->give_up_lease(one_tenant));
  }

  void expect_reads_seek() {
    const auto database = store::pg::Database::open({database_.url(), ""}, "holdfast plans");
    ASSERT_TRUE(database) << describe(database.error());
    Asking store(**database);
    ask_by_key(store);
    ask_for_lists(store);
    ask_for_pages(store);
    EXPECT_GT(expect_no_walk((**database).connection()), 80);
  }

  void expect_writes_seek() {
    const auto connection = store::pg::Connection::open({database_.url(), ""}, "holdfast plans",
                                                        store::pg::writing_session);
    ASSERT_TRUE(connection) << describe(connection.error());
    Batch batch;
    add(batch, rows + 1);
    remove(batch, 1);
    store::pg::Remembered remembered;
    remembered.periods = {0, store::no_delivery_period};
    std::vector<store::pg::Expected> expected;
    ASSERT_TRUE((*connection)->script("begin", 30s));
    ASSERT_TRUE(store::pg::queue_batch(**connection, remembered, one_tenant, batch, expected));
    const auto answers = (*connection)->run_queue(30s);
    ASSERT_TRUE(answers) << describe(answers.error());
    EXPECT_GT(expect_no_walk(**connection), 20);
    ASSERT_TRUE((*connection)->script("rollback", 30s));
  }

  store::pg::TestDatabase database_;
};

// Without a server there is nothing to test here.
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(PostgresPlans);
INSTANTIATE_TEST_SUITE_P(server, PostgresPlans, servers());

TEST_P(PostgresPlans, every_question_and_every_write_finds_its_rows_by_an_index) {
  expect_reads_seek();
  expect_writes_seek();
  ASSERT_TRUE(database_.run("analyze"));
  expect_reads_seek();
  expect_writes_seek();
}

}  // namespace
}  // namespace holdfast
