// What a store keeps of whole steps: many events written together, and questions about many rows.
#include <algorithm>

#include "store/contract.h"

namespace holdfast::store {
namespace {

using namespace ports;

/// `count` events of one step: same moment, same actor, one number after the other.
std::vector<EventRow> one_step(const StreamKey& stream, std::int64_t first_seq,
                               std::int64_t first_version, std::int64_t previous,
                               std::int64_t count) {
  std::vector<EventRow> events;
  for (std::int64_t i = 0; i < count; ++i) {
    auto event = sample_event(stream, first_seq + i, first_version + i,
                              i == 0 ? previous : first_seq + i - 1);
    event.at = day_one;
    event.actor = "rule";
    // From none to beyond a page, and bytes that are no text.
    event.bytes = std::string(static_cast<std::size_t>(i * i * 7), static_cast<char>(i * 37));
    events.push_back(std::move(event));
  }
  return events;
}

void expect_same(const std::vector<EventRow>& found, const std::vector<EventRow>& expected) {
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_EQ(fields(found[i]), fields(expected[i])) << i;
  }
}

/// Two steps of one order with another order's between them.
Batch three_steps() {
  Batch batch;
  auto& all = batch.add_events;
  all = one_step(order_stream(1), 1, 1, 0, 30);
  const auto other = one_step(order_stream(2), 31, 1, 0, 3);
  const auto later = one_step(order_stream(1), 34, 31, 30, 9);
  all.insert(all.end(), other.begin(), other.end());
  all.insert(all.end(), later.begin(), later.end());
  batch.put_orders = {sample_order(order_stream(1), 42, 39), sample_order(order_stream(2), 33, 3)};
  return batch;
}

TEST_P(StoreContract, a_long_step_comes_back_event_by_event) {
  const auto steps = three_steps();
  write(steps);
  for (const std::int64_t id : {1, 2}) {
    auto expected = steps.add_events;
    std::erase_if(expected, [&](const EventRow& row) { return row.stream.id != id; });
    const auto found = store_->events(order_stream(id));
    ASSERT_TRUE(found);
    expect_same(*found, expected);
  }
  EXPECT_EQ(store_->counts(tenant_a)->events, 42);
  EXPECT_EQ(store_->heads(tenant_a)->event_seq, 42);
}

TEST_P(StoreContract, events_of_steps_are_paged_from_any_number) {
  const auto steps = three_steps();
  const auto& all = steps.add_events;
  write(steps);
  for (std::int64_t after = 0; after <= 42; ++after) {
    for (const std::size_t limit : {1, 5, 100}) {
      const auto begin = all.begin() + after;
      const auto length =
          std::min<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(limit), all.end() - begin);
      const auto found = store_->events_after(tenant_a, after, limit);
      ASSERT_TRUE(found);
      expect_same(*found, {begin, begin + length});
    }
  }
}

TEST_P(StoreContract, a_step_keeps_each_of_its_numbers) {
  write(three_steps());
  for (std::int64_t seq = 1; seq <= 42; ++seq) {
    const auto again = store_->write({.add_events = {sample_event(order_stream(3), seq, 1, 0)}});
    ASSERT_FALSE(again) << seq;
    EXPECT_EQ(again.error().code, ErrorCode::Conflict) << seq;
  }
  EXPECT_FALSE(store_->write({.add_events = one_step(order_stream(3), 40, 1, 0, 5)}));
  write({.add_events = one_step(order_stream(3), 43, 1, 0, 5)});
}

TEST_P(StoreContract, effects_of_any_event_of_a_step_are_found_by_stream) {
  write(three_steps());
  std::vector<OutboxRow> effects;
  for (const std::int64_t seq : {1, 12, 13, 30, 34, 42}) {
    effects.push_back(sample_effect(order_stream(1), seq, 1, EffectState::Done));
    effects.push_back(sample_effect(order_stream(1), seq, 2, EffectState::Unsent));
  }
  auto mixed = effects;
  mixed.push_back(sample_effect(order_stream(2), 32, 1, EffectState::Done));
  write({.put_outbox = mixed});
  const auto found = store_->outbox_of(order_stream(1));
  ASSERT_TRUE(found);
  ASSERT_EQ(found->size(), effects.size());
  for (std::size_t i = 0; i < effects.size(); ++i) {
    EXPECT_EQ(fields((*found)[i]), fields(effects[i])) << i;
  }
}

TEST_P(StoreContract, rows_of_many_orders_come_in_the_order_asked) {
  write({.put_orders = {sample_order(order_stream(1), 0, 1), sample_order(order_stream(2), 0, 1),
                        sample_order(order_stream(3, tenant_b), 0, 1)}});
  const auto rows = store_->orders_of({order_stream(2), order_stream(3), order_stream(1)});
  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->size(), 2U);
  EXPECT_EQ(fields((*rows)[0]), fields(sample_order(order_stream(2), 0, 1)));
  EXPECT_EQ(fields((*rows)[1]), fields(sample_order(order_stream(1), 0, 1)));
  EXPECT_TRUE(store_->orders_of({})->empty());
}

TEST_P(StoreContract, open_exceptions_are_tallied_by_owner_and_reason) {
  Batch batch;
  for (std::int64_t id = 1; id <= 6; ++id) {
    auto row = sample_exception(order_stream(id), 1, {id * 100});
    row.owner = id <= 2 ? "warehouse" : "desk";
    row.reason = id % 2 == 0 ? ReasonCode::CustomsHold : ReasonCode::Approval;
    if (id == 6) row.resolved_at = {700};
    row.channel = id <= 3 ? "fern" : "moss";
    row.supplier = id <= 4 ? "acme" : "lumen";
    batch.put_exceptions.push_back(row);
  }
  batch.put_exceptions.push_back(sample_exception(order_stream(1, tenant_b), 1, {1}));
  write(batch);
  const auto tallied = [&](std::string_view channel, std::string_view supplier = {}) {
    const auto tallies = store_->exception_tallies(tenant_a, {400}, channel, supplier);
    std::string said;
    for (const auto& tally : tallies.value_or(std::vector<ExceptionTally>{})) {
      said += tally.owner + " " + std::string(name_of(tally.reason)) + " " +
              std::to_string(tally.open) + " " + std::to_string(tally.overdue) + "; ";
    }
    return said;
  };
  EXPECT_EQ(tallied(""),
            "desk approval 2 1; desk customs_hold 1 0; warehouse approval 1 1;"
            " warehouse customs_hold 1 1; ");
  EXPECT_EQ(tallied("fern"),
            "desk approval 1 1; warehouse approval 1 1; warehouse customs_hold 1 1; ");
  EXPECT_EQ(tallied("elsewhere"), "");
  EXPECT_EQ(tallied("", "lumen"), "desk approval 1 0; ");
  EXPECT_EQ(tallied("moss", "acme"), "desk customs_hold 1 0; ");
  EXPECT_EQ(tallied("", "nobody"), "");
}

}  // namespace
}  // namespace holdfast::store
