// The queue in every store: any place of a list, how many it holds, and what narrows it.
#include "store/contract.h"

// A batch or query names the few fields a test is about; the others are empty on purpose.
#pragma clang diagnostic ignored "-Wmissing-designated-field-initializers"

namespace holdfast::store {

using namespace ports;

namespace {

using Numbers = std::vector<std::int64_t>;

// Twelve cases, the earliest first: owners, channels and reasons change at steps of their own.
Batch twelve_cases() {
  Batch batch;
  for (std::int64_t id = 1; id <= 12; ++id) {
    auto row = sample_exception(order_stream(id), 1, {id * 100});
    row.owner = "desk " + std::to_string(id % 4);
    row.channel = "shop " + std::to_string(id % 3);
    row.reason = id % 2 == 0 ? ReasonCode::CustomsHold : ReasonCode::SupplierStock;
    batch.put_exceptions.push_back(row);
  }
  batch.put_exceptions.push_back(sample_exception(order_stream(1, tenant_b), 1, {1}));
  return batch;
}

TEST_P(StoreContract, any_place_of_the_queue_is_a_page_away) {
  write(twelve_cases());
  const auto page = [&](ExceptionQuery query) {
    query.tenant = tenant_a;
    const auto rows = store_->exceptions(query);
    EXPECT_TRUE(rows);
    Numbers ids;
    for (const auto& row : *rows) ids.push_back(row.stream.id);
    return ids;
  };
  EXPECT_EQ(page({.limit = 3, .skip = 0}), (Numbers{1, 2, 3}));
  EXPECT_EQ(page({.limit = 3, .skip = 7}), (Numbers{8, 9, 10}));
  EXPECT_EQ(page({.limit = 3, .skip = 11}), Numbers{12});
  EXPECT_EQ(page({.limit = 3, .skip = 12}), Numbers{}) << "behind the end there is nothing";
  EXPECT_EQ(page({.owner = "desk 1", .limit = 3, .skip = 1}), (Numbers{5, 9}));
  EXPECT_EQ(page({.channel = "shop 0", .skip = 2}), (Numbers{9, 12}));
  EXPECT_EQ(page({.owners = {"desk 1", "desk 2", "desk 3"}, .skip = 6}), (Numbers{9, 10, 11}));
  EXPECT_EQ(page({.after = ExceptionQuery::Cursor{{300}, 3, 1}, .limit = 2, .skip = 1}),
            (Numbers{5, 6}));
  EXPECT_EQ(page({.open = false, .skip = 1}), Numbers{});
}

TEST_P(StoreContract, the_queue_is_narrowed_to_any_of_several_and_counted) {
  write(twelve_cases());
  const auto count = [&](ExceptionQuery query) {
    query.tenant = tenant_a;
    query.limit = 100;
    const auto found = store_->count_exceptions(query);
    EXPECT_TRUE(found);
    EXPECT_EQ(store_->exceptions(query)->size(), static_cast<std::size_t>(*found));
    query.limit = 1;
    query.skip = 1;
    EXPECT_EQ(*store_->count_exceptions(query), *found) << "wherever the page begins";
    return *found;
  };
  EXPECT_EQ(count({}), 12);
  EXPECT_EQ(count({.open = false}), 0);
  EXPECT_EQ(count({.due_before = {500}}), 4);
  EXPECT_EQ(count({.owners = {"desk 1", "desk 2", "nobody"}}), 6);
  EXPECT_EQ(count({.channels = {"shop 0", "shop 1"}}), 8);
  EXPECT_EQ(count({.reasons = {ReasonCode::CustomsHold, ReasonCode::Approval}}), 6);
  EXPECT_EQ(count({.owner = "desk 0", .reason = ReasonCode::CustomsHold}), 3);
  EXPECT_EQ(count({.owners = {"desk 0", "desk 2"},
                   .channels = {"shop 0"},
                   .reasons = {ReasonCode::CustomsHold},
                   .due_before = {1'200}}),
            1);
  auto next = ExceptionQuery{.tenant = tenant_a, .after = ExceptionQuery::Cursor{{300}, 3, 1}};
  EXPECT_EQ(*store_->count_exceptions(next), 12) << "a page further on is of the same list";
}

}  // namespace
}  // namespace holdfast::store
