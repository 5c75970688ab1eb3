#include "store/contract.h"

#include <atomic>
#include <thread>

#include <unistd.h>

#include "base/hash.h"
#include "store/memory/memory_store.h"
#include "store/postgres/postgres_store.h"
#include "store/postgres/test_server.h"
#include "store/sqlite/sqlite_store.h"

// A batch or query names the few fields a test is about; the others are empty on purpose.
#pragma clang diagnostic ignored "-Wmissing-designated-field-initializers"

namespace holdfast::store {

using namespace ports;

std::filesystem::path make_test_folder() {
  auto pattern = (std::filesystem::temp_directory_path() / "holdfast-store-XXXXXX").string();
  const char* const made = ::mkdtemp(pattern.data());
  EXPECT_NE(made, nullptr);
  return pattern;
}

EventRow sample_event(const StreamKey& stream, std::int64_t seq, std::int64_t version,
                      std::int64_t previous) {
  return {stream,
          seq,
          version,
          previous,
          {1000 + seq},
          "rule:gates",
          "{\"event\":" + std::to_string(seq) + "}",
          sha256(std::to_string(seq))};
}

OrderRow sample_order(const StreamKey& stream, std::int64_t head_seq, std::int64_t version) {
  OrderRow row;
  row.stream = stream;
  row.head_seq = head_seq;
  row.version = version;
  row.head_hash = sha256("head" + std::to_string(head_seq));
  row.channel = "shop";
  row.store_number = "#" + std::to_string(stream.id);
  row.stage = "buying";
  row.summary = R"({"lines":2})";
  row.placed_at = {5000 + stream.id};
  row.due_at = {9000 + stream.id};
  return row;
}

ExceptionRow sample_exception(const StreamKey& stream, std::int64_t number, Instant review_by) {
  ExceptionRow row;
  row.stream = stream;
  row.number = number;
  row.reason = ReasonCode::SupplierStock;
  row.owner = "purchasing";
  row.backup = "operations";
  row.next_action = "ask the supplier";
  row.detail = "two pieces short";
  row.about = "line 1";
  row.body = R"({"options":[]})";
  row.store_number = "#7";
  row.channel = "shop";
  row.opened_at = {100};
  row.review_by = review_by;
  row.supplier = "acme";
  return row;
}

OutboxRow sample_effect(const StreamKey& stream, std::int64_t seq, std::int64_t number,
                        EffectState state) {
  return {stream, seq, number, "supplier:acme", std::string("{\0}", 3),
          state,  2,   {300},  {400},           "waits for its turn"};
}

TimerRow sample_timer(const StreamKey& stream, TimerKind kind, Instant due_at) {
  return {stream, kind, "line 1", due_at};
}

InboxRow sample_message(std::int64_t seq, std::string dedupe_key, Instant received_at) {
  InboxRow row;
  row.tenant = tenant_a;
  row.seq = seq;
  row.account = "shop";
  row.dedupe_key = std::move(dedupe_key);
  row.topic = "orders/create";
  row.subject = "77";
  row.envelope = R"({"method":"POST"})";
  row.body = std::string(2000, 'b') + std::string("\0\xff", 2) + std::to_string(seq);
  row.body_hash = sha256(row.body);
  row.received_at = received_at;
  row.attempts = 1;
  row.problem = "none yet";
  return row;
}

void StoreContract::SetUp() {
  folder_ = make_test_folder();
  store_ = GetParam().open(folder_);
  ASSERT_NE(store_, nullptr);
}

void StoreContract::TearDown() {
  store_.reset();
  std::filesystem::remove_all(folder_);
}

void StoreContract::write(const Batch& batch) {
  const auto done = store_->write(batch);
  ASSERT_TRUE(done) << describe(done.error());
}

namespace {

std::vector<std::int64_t> ids_of(const std::vector<OrderRow>& rows) {
  std::vector<std::int64_t> ids;
  for (const auto& row : rows) ids.push_back(row.stream.id);
  return ids;
}

using Numbers = std::vector<std::int64_t>;

TEST_P(StoreContract, an_empty_store_answers_with_nothing) {
  const auto heads = store_->heads(tenant_a);
  ASSERT_TRUE(heads);
  EXPECT_EQ(heads->event_seq, 0);
  EXPECT_EQ(heads->inbox_seq, 0);
  EXPECT_EQ(heads->order_id, 0);
  EXPECT_EQ(store_->counts(tenant_a)->orders, 0);
  EXPECT_TRUE(store_->events(order_stream(1))->empty());
  EXPECT_FALSE(store_->order(order_stream(1))->has_value());
  EXPECT_TRUE(store_->orders({.tenant = tenant_a})->empty());
  EXPECT_TRUE(store_->search(tenant_a, {"x"}, 5, 0)->empty());
  EXPECT_TRUE(store_->search(tenant_a, {}, 5, 0)->empty());
  EXPECT_FALSE(store_->delivery(tenant_a, "shop", "d1")->has_value());
  EXPECT_FALSE(store_->value(tenant_a, {})->has_value());
  write({});
}

TEST_P(StoreContract, every_column_of_every_row_comes_back) {
  const auto stream = order_stream(7);
  const auto event = sample_event(stream, 11, 1, 0);
  auto order = sample_order(stream, 11, 1);
  order.open_exceptions = 1;
  auto exception = sample_exception(stream, 3, {700});
  const auto effect = sample_effect(stream, 11, 2, EffectState::Sending);
  const auto timer = sample_timer(stream, TimerKind::ShipBy, {800});
  const auto message = sample_message(5, "d5", day_one);
  Batch batch;
  batch.add_events = {event};
  batch.put_orders = {order};
  batch.put_exceptions = {exception};
  batch.put_outbox = {effect};
  batch.put_timers = {timer};
  batch.add_inbox = {message};
  batch.put_sealed = {{stream, "buyer", std::string("\0\1\2", 3), {900}}};
  batch.put_records = {{tenant_a, "user", "u1", "{}", {950}}};
  write(batch);

  EXPECT_EQ(fields(store_->events(stream)->at(0)), fields(event));
  EXPECT_EQ(fields(store_->events_after(tenant_a, 10, 9)->at(0)), fields(event));
  EXPECT_EQ(fields(**store_->order(stream)), fields(order));
  EXPECT_EQ(fields(store_->orders({.tenant = tenant_a})->at(0)), fields(order));
  EXPECT_EQ(fields(store_->exceptions({.tenant = tenant_a})->at(0)), fields(exception));
  EXPECT_EQ(fields(store_->exceptions_of(stream)->at(0)), fields(exception));
  EXPECT_EQ(fields(store_->unsettled(tenant_a)->at(0)), fields(effect));
  EXPECT_EQ(fields(store_->outbox_of(stream)->at(0)), fields(effect));
  EXPECT_EQ(fields(store_->timers(tenant_a)->at(0)), fields(timer));
  EXPECT_EQ(fields(store_->timers_of(stream)->at(0)), fields(timer));
  EXPECT_EQ(fields(store_->waiting(tenant_a, 9)->at(0)), fields(message));
  EXPECT_EQ(fields(**store_->inbox(tenant_a, 5)), fields(message));
  const auto sealed = store_->sealed(stream);
  EXPECT_EQ(sealed->at(0).stream, stream);
  EXPECT_EQ(sealed->at(0).kind, "buyer");
  EXPECT_EQ(sealed->at(0).bytes, std::string("\0\1\2", 3));
  EXPECT_EQ(sealed->at(0).delete_at, Instant{900});
  const auto record = store_->record({tenant_a, "user", "u1"});
  EXPECT_EQ((*record)->bytes, "{}");
  EXPECT_EQ((*record)->expires_at, Instant{950});
  const auto heads = store_->heads(tenant_a);
  EXPECT_EQ(heads->event_seq, 11);
  EXPECT_EQ(heads->inbox_seq, 5);
  EXPECT_EQ(heads->order_id, 7);
  const auto counts = store_->counts(tenant_a);
  EXPECT_EQ(counts->orders, 1);
  EXPECT_EQ(counts->events, 1);
  EXPECT_EQ(counts->open_exceptions, 1);
  EXPECT_EQ(counts->inbox_waiting, 1);
  EXPECT_EQ(counts->outbox_unsettled, 1);
}

TEST_P(StoreContract, a_put_replaces_every_column) {
  const auto stream = order_stream(7);
  auto order = sample_order(stream, 0, 1);
  auto exception = sample_exception(stream, 1, {700});
  write({.put_orders = {order}, .put_exceptions = {exception}});
  order = {stream, 4, 9, sha256("x"), "other", "#8", "shipped", "{}", {1}, {2}, 3, false};
  exception = {stream,    1,       ReasonCode::NoRoute,
               "routing", "b",     "n",
               "d",       "a",     "{}",
               "#8",      "other", {8},
               {9},       {10},    "held",
               "lumen"};
  write({.put_orders = {order}, .put_exceptions = {exception}});
  EXPECT_EQ(fields(**store_->order(stream)), fields(order));
  EXPECT_EQ(fields(store_->exceptions_of(stream)->at(0)), fields(exception));
  order.summary = R"({"late":true})";
  order.open_exceptions = 2;
  order.version = 10;
  write({.put_orders = {order}});
  EXPECT_EQ(fields(**store_->order(stream)), fields(order));
  EXPECT_EQ(store_->counts(tenant_a)->orders, 1);
}

TEST_P(StoreContract, of_several_puts_in_one_batch_the_last_stands) {
  const auto stream = order_stream(7);
  write({.add_events = {sample_event(stream, 1, 1, 0), sample_event(stream, 2, 2, 1)},
         .put_orders = {sample_order(stream, 1, 1), sample_order(order_stream(8), 0, 1),
                        sample_order(stream, 2, 2)}});
  EXPECT_EQ((*store_->order(stream))->version, 2);
  EXPECT_EQ(store_->counts(tenant_a)->orders, 2);
  EXPECT_EQ(store_->counts(tenant_a)->events, 2);
}

TEST_P(StoreContract, an_added_event_that_exists_refuses_the_whole_batch) {
  const auto stream = order_stream(1);
  write(
      {.add_events = {sample_event(stream, 1, 1, 0)}, .put_orders = {sample_order(stream, 1, 1)}});
  const auto done = store_->write(
      {.add_events = {sample_event(order_stream(2), 2, 1, 0), sample_event(stream, 1, 2, 1)},
       .put_orders = {sample_order(order_stream(2), 2, 1)},
       .put_records = {{tenant_a, "cursor", "c", "1", {}}}});
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::Conflict);
  EXPECT_EQ(store_->heads(tenant_a)->event_seq, 1);
  EXPECT_FALSE(store_->order(order_stream(2))->has_value());
  EXPECT_FALSE(store_->record({tenant_a, "cursor", "c"})->has_value());
  EXPECT_EQ(store_->counts(tenant_a)->events, 1);
  write({.add_events = {sample_event(stream, 2, 2, 1)}});
}

TEST_P(StoreContract, one_seq_twice_in_a_batch_is_refused) {
  const auto done = store_->write({.add_events = {sample_event(order_stream(1), 1, 1, 0),
                                                  sample_event(order_stream(2), 1, 1, 0)}});
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::Conflict);
  EXPECT_EQ(store_->heads(tenant_a)->event_seq, 0);
}

TEST_P(StoreContract, an_added_message_that_exists_refuses_the_whole_batch) {
  write({.add_inbox = {sample_message(1, "d1", day_one)}});
  const auto done = store_->write(
      {.add_inbox = {sample_message(2, "d2", day_one), sample_message(1, "d3", day_one)}});
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::Conflict);
  EXPECT_EQ(store_->heads(tenant_a)->inbox_seq, 1);
  EXPECT_FALSE(store_->delivery(tenant_a, "shop", "d2")->has_value());
}

TEST_P(StoreContract, an_exception_without_an_owner_refuses_the_whole_batch) {
  auto exception = sample_exception(order_stream(1), 1, {700});
  exception.owner.clear();
  const auto done = store_->write(
      {.put_orders = {sample_order(order_stream(1), 0, 1)}, .put_exceptions = {exception}});
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::Invalid);
  EXPECT_FALSE(store_->order(order_stream(1))->has_value());
  EXPECT_TRUE(store_->exceptions_of(order_stream(1))->empty());
}

TEST_P(StoreContract, an_owner_cannot_be_taken_from_an_exception) {
  auto exception = sample_exception(order_stream(1), 1, {700});
  write({.put_exceptions = {exception}});
  exception.owner.clear();
  EXPECT_FALSE(store_->write({.put_exceptions = {exception}}));
  EXPECT_EQ(store_->exceptions_of(order_stream(1))->at(0).owner, "purchasing");
}

TEST_P(StoreContract, a_stream_is_read_in_order_of_version_along_its_chain) {
  const auto one = order_stream(1);
  const auto two = order_stream(2);
  const StreamKey supply{tenant_a, StreamKind::Supply, 1};
  write({.add_events = {sample_event(one, 1, 1, 0), sample_event(two, 2, 1, 0),
                        sample_event(supply, 3, 1, 0), sample_event(one, 4, 2, 1)},
         .put_orders = {sample_order(one, 4, 2), sample_order(two, 2, 1),
                        sample_order(supply, 3, 1)}});
  write({.add_events = {sample_event(two, 5, 2, 2), sample_event(one, 6, 3, 4)},
         .put_orders = {sample_order(one, 6, 3), sample_order(two, 5, 2)}});
  Numbers versions;
  Numbers seqs;
  const auto events = store_->events(one);
  ASSERT_TRUE(events);
  for (const auto& event : *events) {
    versions.push_back(event.version);
    seqs.push_back(event.seq);
  }
  EXPECT_EQ(versions, (Numbers{1, 2, 3}));
  EXPECT_EQ(seqs, (Numbers{1, 4, 6}));
  EXPECT_EQ(store_->events(two)->size(), 2U);
  EXPECT_EQ(store_->events(supply)->size(), 1U);
  EXPECT_EQ(store_->counts(tenant_a)->orders, 2);
  EXPECT_EQ(store_->heads(tenant_a)->order_id, 2);
  EXPECT_EQ(store_->orders({.tenant = tenant_a})->size(), 2U);
}

TEST_P(StoreContract, a_broken_chain_is_our_own_fault_and_not_an_empty_answer) {
  write({.add_events = {sample_event(order_stream(2), 2, 1, 0)},
         .put_orders = {sample_order(order_stream(1), 9, 1), sample_order(order_stream(3), 2, 1)}});
  EXPECT_EQ(store_->events(order_stream(1)).error().code, ErrorCode::Internal);
  EXPECT_EQ(store_->events(order_stream(3)).error().code, ErrorCode::Internal);
}

TEST_P(StoreContract, all_events_are_paged_by_seq) {
  Batch batch;
  for (std::int64_t seq = 1; seq <= 10; ++seq) {
    batch.add_events.push_back(sample_event(order_stream(seq), seq, 1, 0));
  }
  batch.add_events.push_back(sample_event(order_stream(1, tenant_b), 11, 1, 0));
  write(batch);
  Numbers seqs;
  for (std::int64_t after = 0;;) {
    const auto page = store_->events_after(tenant_a, after, 4);
    ASSERT_TRUE(page);
    if (page->empty()) break;
    for (const auto& event : *page) seqs.push_back(event.seq);
    after = page->back().seq;
  }
  EXPECT_EQ(seqs, (Numbers{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}));
}

class OrderLists : public StoreContract {
 protected:
  // Orders 1 to 12: odd ones of "shop", even ones of "market"; every third shipped and not live;
  // every fourth with an exception.
  void SetUp() override {
    StoreContract::SetUp();
    Batch batch;
    for (std::int64_t id = 1; id <= 12; ++id) {
      auto row = sample_order(order_stream(id), 0, 1);
      row.channel = id % 2 == 0 ? "market" : "shop";
      row.stage = id % 3 == 0 ? "shipped" : "buying";
      row.live = id % 3 != 0;
      row.open_exceptions = id % 4 == 0 ? 2 : 0;
      batch.put_orders.push_back(row);
    }
    batch.put_orders.push_back(sample_order(order_stream(99, tenant_b), 0, 1));
    batch.put_orders.push_back(sample_order({tenant_a, StreamKind::Case, 50}, 0, 1));
    write(batch);
  }

  Numbers listed(OrderQuery query) {
    query.tenant = tenant_a;
    const auto rows = store_->orders(query);
    EXPECT_TRUE(rows);
    return ids_of(*rows);
  }
};

TEST_P(OrderLists, go_from_the_newest_in_pages) {
  EXPECT_EQ(listed({.limit = 5}), (Numbers{12, 11, 10, 9, 8}));
  EXPECT_EQ(listed({.before = 8, .limit = 5}), (Numbers{7, 6, 5, 4, 3}));
  EXPECT_EQ(listed({.before = 3, .limit = 5}), (Numbers{2, 1}));
  EXPECT_EQ(listed({.before = 1, .limit = 5}), Numbers{});
}

TEST_P(OrderLists, keep_every_filter_and_their_combinations) {
  EXPECT_EQ(listed({.channel = "market"}), (Numbers{12, 10, 8, 6, 4, 2}));
  EXPECT_EQ(listed({.stage = "shipped"}), (Numbers{12, 9, 6, 3}));
  EXPECT_EQ(listed({.live = false}), (Numbers{12, 9, 6, 3}));
  EXPECT_EQ(listed({.live = true, .limit = 3}), (Numbers{11, 10, 8}));
  EXPECT_EQ(listed({.with_exceptions = true}), (Numbers{12, 8, 4}));
  EXPECT_EQ(listed({.channel = "shop", .stage = "shipped"}), (Numbers{9, 3}));
  EXPECT_EQ(listed({.channel = "market", .live = true, .with_exceptions = true}), (Numbers{8, 4}));
  EXPECT_EQ(listed({.channel = "market", .stage = "buying", .live = true, .before = 8}),
            (Numbers{4, 2}));
  EXPECT_EQ(listed({.channel = "nobody"}), Numbers{});
}

TEST_P(OrderLists, follow_an_order_that_moves_on) {
  auto row = sample_order(order_stream(5), 0, 2);
  row.stage = "shipped";
  row.live = false;
  row.open_exceptions = 1;
  write({.put_orders = {row}});
  EXPECT_EQ(listed({.stage = "shipped"}), (Numbers{12, 9, 6, 5, 3}));
  EXPECT_EQ(listed({.with_exceptions = true}), (Numbers{12, 8, 5, 4}));
  EXPECT_EQ(listed({.live = true, .limit = 5}), (Numbers{11, 10, 8, 7, 4}));
}

TEST_P(StoreContract, a_page_of_orders_is_bounded) {
  Batch batch;
  for (std::int64_t id = 1; id <= 300; ++id) {
    batch.put_orders.push_back(sample_order(order_stream(id), 0, 1));
  }
  write(batch);
  EXPECT_EQ(store_->orders({.tenant = tenant_a, .limit = 100'000})->size(), 251U);
}

TEST_P(StoreContract, the_queue_goes_by_review_time_in_pages) {
  Batch batch;
  for (std::int64_t id = 1; id <= 6; ++id) {
    batch.put_exceptions.push_back(sample_exception(order_stream(id), 1, {1000 - id / 2 * 100}));
  }
  batch.put_exceptions.push_back(sample_exception(order_stream(2), 2, {900}));
  batch.put_exceptions.push_back(sample_exception(order_stream(1, tenant_b), 1, {1}));
  write(batch);
  std::vector<std::pair<std::int64_t, std::int64_t>> seen;
  for (std::optional<ExceptionQuery::Cursor> after;;) {
    const auto page = store_->exceptions({.tenant = tenant_a, .after = after, .limit = 2});
    ASSERT_TRUE(page);
    if (page->empty()) break;
    for (const auto& row : *page) seen.emplace_back(row.stream.id, row.number);
    const auto& last = page->back();
    after = {last.review_by, last.stream.id, last.number};
  }
  const decltype(seen) expected{{6, 1}, {4, 1}, {5, 1}, {2, 1}, {2, 2}, {3, 1}, {1, 1}};
  EXPECT_EQ(seen, expected);
}

TEST_P(StoreContract, the_queue_filters_and_keeps_the_resolved_apart) {
  auto mine = sample_exception(order_stream(1), 1, {100});
  auto other_owner = sample_exception(order_stream(2), 1, {200});
  other_owner.owner = "warehouse";
  auto other_reason = sample_exception(order_stream(3), 1, {300});
  other_reason.reason = ReasonCode::CustomsHold;
  auto other_channel = sample_exception(order_stream(4), 1, {400});
  other_channel.channel = "market";
  other_channel.supplier = "lumen";
  write({.put_exceptions = {mine, other_owner, other_reason, other_channel}});
  const auto streams = [&](ExceptionQuery query) {
    query.tenant = tenant_a;
    Numbers ids;
    const auto rows = store_->exceptions(query);
    EXPECT_TRUE(rows);
    for (const auto& row : *rows) ids.push_back(row.stream.id);
    return ids;
  };
  EXPECT_EQ(streams({.owner = "warehouse"}), Numbers{2});
  EXPECT_EQ(streams({.reason = ReasonCode::CustomsHold}), Numbers{3});
  EXPECT_EQ(streams({.channel = "shop"}), (Numbers{1, 2, 3}));
  EXPECT_EQ(streams({.supplier = "acme"}), (Numbers{1, 2, 3}));
  EXPECT_EQ(streams({.channel = "market", .supplier = "lumen"}), Numbers{4});
  EXPECT_EQ(streams({.channel = "shop", .supplier = "lumen"}), Numbers{});
  EXPECT_EQ(streams({.open = false}), Numbers{});
  mine.resolved_at = {500};
  mine.resolution = "bought elsewhere";
  write({.put_exceptions = {mine}});
  EXPECT_EQ(streams({}), (Numbers{2, 3, 4}));
  EXPECT_EQ(streams({.open = false}), Numbers{1});
  EXPECT_EQ(store_->counts(tenant_a)->open_exceptions, 3);
}

TEST_P(StoreContract, only_unsettled_effects_wait_and_all_are_found_by_stream) {
  const auto stream = order_stream(1);
  Batch batch;
  batch.add_events = {sample_event(stream, 1, 1, 0), sample_event(order_stream(2), 2, 1, 0),
                      sample_event(stream, 3, 2, 1)};
  batch.put_orders = {sample_order(stream, 3, 2), sample_order(order_stream(2), 2, 1)};
  batch.put_outbox = {sample_effect(stream, 3, 1, EffectState::Dead),
                      sample_effect(stream, 3, 2, EffectState::Unknown),
                      sample_effect(stream, 1, 2, EffectState::Unsent),
                      sample_effect(stream, 1, 1, EffectState::Sending),
                      sample_effect(order_stream(2), 2, 1, EffectState::Done)};
  write(batch);
  const auto keys = [](const std::vector<OutboxRow>& rows) {
    std::vector<std::pair<std::int64_t, std::int64_t>> found;
    for (const auto& row : rows) found.emplace_back(row.seq, row.number);
    return found;
  };
  using Keys = std::vector<std::pair<std::int64_t, std::int64_t>>;
  EXPECT_EQ(keys(*store_->unsettled(tenant_a)), (Keys{{1, 1}, {1, 2}, {3, 2}}));
  EXPECT_EQ(keys(*store_->outbox_of(stream)), (Keys{{1, 1}, {1, 2}, {3, 1}, {3, 2}}));
  write({.put_outbox = {sample_effect(stream, 1, 1, EffectState::Done),
                        sample_effect(stream, 1, 2, EffectState::Withdrawn),
                        sample_effect(stream, 3, 2, EffectState::Refused)}});
  EXPECT_TRUE(store_->unsettled(tenant_a)->empty());
  EXPECT_EQ(keys(*store_->outbox_of(stream)), (Keys{{1, 1}, {1, 2}, {3, 1}, {3, 2}}));
  EXPECT_EQ(store_->counts(tenant_a)->outbox_unsettled, 0);
  write({.put_outbox = {sample_effect(stream, 3, 1, EffectState::Unsent)}});
  EXPECT_EQ(keys(*store_->unsettled(tenant_a)), (Keys{{3, 1}}));
  EXPECT_EQ(store_->outbox_of(stream)->size(), 4U);
}

TEST_P(StoreContract, timers_come_by_due_time_and_can_be_moved_and_dropped) {
  const auto one = order_stream(1);
  const auto two = order_stream(2);
  write({.put_timers = {sample_timer(two, TimerKind::ShipBy, {300}),
                        sample_timer(one, TimerKind::ShipBy, {200}),
                        sample_timer(one, TimerKind::AckReminder, {100}),
                        sample_timer(order_stream(1, tenant_b), TimerKind::ShipBy, {1})}});
  const auto due = [](const std::vector<TimerRow>& rows) {
    Numbers times;
    for (const auto& row : rows) times.push_back(row.due_at.ms);
    return times;
  };
  EXPECT_EQ(due(*store_->timers(tenant_a)), (Numbers{100, 200, 300}));
  write({.put_timers = {sample_timer(one, TimerKind::AckReminder, {400})},
         .drop_timers = {{two, TimerKind::ShipBy, "line 1"}, {two, TimerKind::ShipBy, "no such"}}});
  EXPECT_EQ(due(*store_->timers(tenant_a)), (Numbers{200, 400}));
  EXPECT_EQ(due(*store_->timers_of(one)), (Numbers{200, 400}));
  EXPECT_TRUE(store_->timers_of(two)->empty());
}

TEST_P(StoreContract, messages_wait_until_they_are_marked) {
  write({.add_inbox = {sample_message(1, "d1", day_one), sample_message(2, "d2", day_one),
                       sample_message(3, "d3", day_one), sample_message(4, "d4", day_one)}});
  EXPECT_EQ(store_->waiting(tenant_a, 2)->size(), 2U);
  auto done = sample_message(1, "changed", day_one);
  done.state = InboxState::Done;
  done.body = "changed";
  auto kept = sample_message(2, "d2", day_one);
  kept.state = InboxState::Kept;
  kept.problem = "unknown topic";
  kept.attempts = 4;
  auto aside = sample_message(3, "d3", day_one);
  aside.state = InboxState::SetAside;
  write({.put_inbox = {done, kept, aside}});
  const auto waiting = store_->waiting(tenant_a, 9);
  ASSERT_EQ(waiting->size(), 1U);
  EXPECT_EQ(waiting->at(0).seq, 4);
  const auto first = *store_->inbox(tenant_a, 1);
  EXPECT_EQ(first->state, InboxState::Done);
  EXPECT_EQ(first->dedupe_key, "d1");
  EXPECT_EQ(first->body, sample_message(1, "d1", day_one).body);
  const auto problems = store_->not_understood(tenant_a, 9);
  ASSERT_EQ(problems->size(), 2U);
  EXPECT_EQ(problems->at(0).seq, 3);
  EXPECT_EQ(problems->at(1).problem, "unknown topic");
  EXPECT_EQ(problems->at(1).attempts, 4);
  EXPECT_EQ(problems->at(1).body, "");
  EXPECT_EQ(store_->not_understood(tenant_a, 1)->size(), 1U);
  EXPECT_EQ(store_->counts(tenant_a)->inbox_waiting, 1);
}

TEST_P(StoreContract, marking_a_message_that_is_not_stored_is_a_conflict) {
  const auto done = store_->write({.put_inbox = {sample_message(1, "d1", day_one)}});
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::Conflict);
}

TEST_P(StoreContract, a_delivery_key_leads_to_the_first_message_stored_under_it) {
  const auto first = sample_message(1, "d1", day_one);
  const auto again = sample_message(2, "d1", day_one + days(5));
  auto elsewhere = sample_message(3, "d1", day_one);
  elsewhere.account = "other shop";
  write({.add_inbox = {first, sample_message(4, "", day_one), sample_message(5, "", day_one)}});
  write({.add_inbox = {again, elsewhere}});
  const auto found = *store_->delivery(tenant_a, "shop", "d1");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->seq, 1);
  EXPECT_EQ(found->body_hash, first.body_hash);
  EXPECT_EQ((*store_->delivery(tenant_a, "other shop", "d1"))->seq, 3);
  EXPECT_FALSE(store_->delivery(tenant_b, "shop", "d1")->has_value());
  EXPECT_FALSE(store_->delivery(tenant_a, "shop", "")->has_value());
  EXPECT_TRUE(store_->inbox(tenant_a, 2)->has_value());
}

TEST_P(StoreContract, delivery_keys_are_remembered_for_eight_to_sixteen_days) {
  // Day 20,000 begins a period of eight days.
  const auto known = [&](std::string_view key) {
    return store_->delivery(tenant_a, "shop", key)->has_value();
  };
  write({.add_inbox = {sample_message(1, "early", day_one),
                       sample_message(2, "late", day_one + days(8) - seconds(1))}});
  write({.add_inbox = {sample_message(3, "next", day_one + days(8))}});
  write({.add_inbox = {sample_message(4, "more", day_one + days(16) - seconds(1))}});
  EXPECT_TRUE(known("early"));
  write({.add_inbox = {sample_message(5, "third", day_one + days(16))}});
  EXPECT_FALSE(known("early"));
  EXPECT_FALSE(known("late"));
  EXPECT_TRUE(known("next"));
  EXPECT_TRUE(known("more"));
  EXPECT_TRUE(known("third"));
  // A clock set back empties nothing.
  write({.add_inbox = {sample_message(6, "set back", day_one)}});
  EXPECT_TRUE(known("set back"));
  EXPECT_TRUE(known("next"));
  EXPECT_TRUE(known("third"));
  EXPECT_TRUE(store_->inbox(tenant_a, 1)->has_value());
}

TEST_P(StoreContract, references_lead_to_a_stream_and_can_be_moved) {
  const auto one = order_stream(1);
  const auto two = order_stream(2);
  write({.put_references = {{tenant_a, "po", "P1", one},
                            {tenant_a, "store_number", "#1", one},
                            {tenant_a, "po", "P2", two}}});
  EXPECT_EQ(**store_->reference(tenant_a, "po", "P1"), one);
  EXPECT_FALSE(store_->reference(tenant_a, "store_number", "P1")->has_value());
  EXPECT_FALSE(store_->reference(tenant_b, "po", "P1")->has_value());
  write({.put_references = {{tenant_a, "po", "P1", two}, {tenant_a, "po", "P2", two}}});
  EXPECT_EQ(**store_->reference(tenant_a, "po", "P1"), two);
  const auto of_one = store_->references_of(one);
  ASSERT_EQ(of_one->size(), 1U);
  EXPECT_EQ(of_one->at(0).value, "#1");
  const auto of_two = store_->references_of(two);
  ASSERT_EQ(of_two->size(), 2U);
  EXPECT_EQ(of_two->at(0).value, "P1");
  EXPECT_EQ(of_two->at(1).kind, "po");
}

TEST_P(StoreContract, sealed_rows_of_a_stream_are_dropped_together) {
  const auto one = order_stream(1);
  write(
      {.put_sealed = {
           {one, "note", "n", {}}, {one, "buyer", "b", {}}, {order_stream(2), "buyer", "c", {}}}});
  write({.put_sealed = {{one, "buyer", "b2", {9}}}});
  ASSERT_EQ(store_->sealed(one)->size(), 2U);
  EXPECT_EQ(store_->sealed(one)->at(0).bytes, "b2");
  EXPECT_EQ(store_->sealed(one)->at(1).kind, "note");
  write({.drop_sealed = {one}});
  EXPECT_TRUE(store_->sealed(one)->empty());
  EXPECT_EQ(store_->sealed(order_stream(2))->size(), 1U);
}

TEST_P(StoreContract, a_value_is_stored_once_and_never_changed) {
  const auto hash = sha256("policy");
  const std::string large(100'000, 'p');
  write({.put_values = {{tenant_a, hash, large}, {tenant_a, hash, "second"}}});
  write({.put_values = {{tenant_a, hash, "third"}, {tenant_a, sha256("small"), ""}}});
  EXPECT_EQ(**store_->value(tenant_a, hash), large);
  EXPECT_EQ(**store_->value(tenant_a, sha256("small")), "");
  EXPECT_FALSE(store_->value(tenant_b, hash)->has_value());
}

TEST_P(StoreContract, records_are_listed_by_key_in_pages) {
  write({.put_records = {{tenant_a, "user", "c", "3", {}},
                         {tenant_a, "user", "a", "1", {}},
                         {tenant_a, "user", "b", "2", {}},
                         {tenant_a, "token", "z", "t", {}},
                         {tenant_b, "user", "d", "4", {}}}});
  write({.put_records = {{tenant_a, "user", "b", "22", {5}}}});
  const auto page = store_->records(tenant_a, "user", "", 2);
  ASSERT_EQ(page->size(), 2U);
  EXPECT_EQ(page->at(0).bytes, "1");
  EXPECT_EQ(page->at(1).bytes, "22");
  const auto rest = store_->records(tenant_a, "user", "b", 9);
  ASSERT_EQ(rest->size(), 1U);
  EXPECT_EQ(rest->at(0).key, "c");
  EXPECT_EQ(rest->at(0).kind, "user");
  write({.drop_records = {{tenant_a, "user", "a"}, {tenant_a, "user", "none"}}});
  EXPECT_FALSE(store_->record({tenant_a, "user", "a"})->has_value());
  EXPECT_EQ(store_->records(tenant_a, "user", "", 9)->size(), 2U);
}

TEST_P(StoreContract, nothing_crosses_tenants) {
  const auto ours = order_stream(1, tenant_a);
  const auto theirs = order_stream(1, tenant_b);
  write({.add_events = {sample_event(ours, 1, 1, 0), sample_event(theirs, 1, 1, 0)},
         .put_orders = {sample_order(ours, 1, 1)},
         .put_exceptions = {sample_exception(theirs, 1, {1})},
         .put_outbox = {sample_effect(theirs, 1, 1, EffectState::Unsent)},
         .put_sealed = {{theirs, "buyer", "b", {}}},
         .put_records = {{tenant_b, "user", "u", "1", {}}}});
  EXPECT_TRUE(store_->events(theirs)->empty());
  EXPECT_EQ(store_->counts(tenant_b)->orders, 0);
  EXPECT_EQ(store_->counts(tenant_a)->events, 1);
  EXPECT_TRUE(store_->exceptions({.tenant = tenant_a})->empty());
  EXPECT_TRUE(store_->unsettled(tenant_a)->empty());
  EXPECT_TRUE(store_->outbox_of(ours)->empty());
  EXPECT_TRUE(store_->sealed(ours)->empty());
  EXPECT_FALSE(store_->record({tenant_a, "user", "u"})->has_value());
}

TEST_P(StoreContract, readers_see_whole_batches_while_one_writer_writes) {
  std::atomic<bool> stop = false;
  std::atomic<int> torn = 0;
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      while (!stop) {
        const auto order = store_->order(order_stream(1));
        if (!order || (*order && (*order)->version * 2 != (*order)->head_seq)) ++torn;
        const auto events = store_->events(order_stream(1));
        if (!events || events->size() % 2 != 0) ++torn;
      }
    });
  }
  for (std::int64_t n = 1; n <= 60; ++n) {
    const auto seq = 2 * n;
    write({.add_events = {sample_event(order_stream(1), seq - 1, seq - 1, seq == 2 ? 0 : seq - 2),
                          sample_event(order_stream(1), seq, seq, seq - 1)},
           .put_orders = {sample_order(order_stream(1), seq, n)}});
  }
  stop = true;
  for (auto& reader : readers) reader.join();
  EXPECT_EQ(torn, 0);
  EXPECT_EQ(store_->events(order_stream(1))->size(), 120U);
}

std::unique_ptr<Store> open_memory(const std::filesystem::path&) { return make_memory_store(); }

std::unique_ptr<Store> open_sqlite(const std::filesystem::path& folder) {
  auto store = open_sqlite_store((folder / "holdfast.db").string());
  EXPECT_TRUE(store) << describe(store.error());
  return store ? std::move(*store) : nullptr;
}

std::unique_ptr<Store> open_postgres(const std::filesystem::path&) {
  // The test before this one has closed its store. The last place stays until the server goes: when
  // the program ends, the library that would drop it has ended already.
  static auto* const database = new std::optional<pg::TestDatabase>();
  database->emplace();
  auto store = open_postgres_store((*database)->url());
  EXPECT_TRUE(store) << describe(store.error());
  return store ? std::move(*store) : nullptr;
}

std::vector<StoreMaker> makers() {
  std::vector<StoreMaker> all{{"memory", open_memory}, {"sqlite", open_sqlite}};
  if (pg::test_server()) all.push_back({"postgres", open_postgres});
  return all;
}

const auto all_stores = testing::ValuesIn(makers());

std::string name_of_maker(const testing::TestParamInfo<StoreMaker>& info) {
  return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(stores, StoreContract, all_stores, name_of_maker);
INSTANTIATE_TEST_SUITE_P(stores, OrderLists, all_stores, name_of_maker);

}  // namespace
}  // namespace holdfast::store
