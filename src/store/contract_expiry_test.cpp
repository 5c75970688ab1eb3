#include "base/hash.h"
#include "store/contract.h"

// A batch or query names the few fields a test is about; the others are empty on purpose.
#pragma clang diagnostic ignored "-Wmissing-designated-field-initializers"

namespace holdfast::store {

using namespace ports;

namespace {

TEST_P(StoreContract, one_sealed_row_goes_alone) {
  const auto one = order_stream(1);
  write({.put_sealed = {{one, "note", "n", {}}, {one, "buyer", "b", {}}}});
  write({.drop_sealed_rows = {{one, "buyer"}, {one, "none"}}});
  ASSERT_EQ(store_->sealed(one)->size(), 1U);
  EXPECT_EQ(store_->sealed(one)->at(0).kind, "note");
}

TEST_P(StoreContract, a_body_goes_and_its_row_stays) {
  auto done = sample_message(1, "d1", day_one);
  done.state = InboxState::Done;
  write({.add_inbox = {done, sample_message(2, "d2", day_one)}});
  write({.drop_inbox_bodies = {{tenant_a, 1}, {tenant_a, 99}}});
  const auto row = *store_->inbox(tenant_a, 1);
  ASSERT_TRUE(row);
  EXPECT_EQ(row->body, "");
  EXPECT_EQ(row->body_hash, done.body_hash);
  EXPECT_FALSE((*store_->inbox(tenant_a, 2))->body.empty());
}

TEST_P(StoreContract, what_is_due_is_named_oldest_first_within_the_limit) {
  const auto message = [](std::int64_t seq, Instant at, InboxState state) {
    auto row = sample_message(seq, "d" + std::to_string(seq), at);
    row.state = state;
    return row;
  };
  write({.add_inbox = {message(1, day_one, InboxState::Done),
                       message(2, day_one, InboxState::Waiting),
                       message(3, day_one, InboxState::Kept),
                       message(4, day_one + days(2), InboxState::Done)},
         .put_sealed = {{order_stream(1), "buyer", "b", day_one + hours(2)},
                        {order_stream(2), "buyer", "b", day_one + hours(1)},
                        {order_stream(3), "buyer", "b", day_one + days(3)},
                        {order_stream(4), "buyer", "b", {}},
                        {order_stream(1, tenant_b), "buyer", "b", day_one}},
         .put_records = {{tenant_a, "session", "s", "{}", day_one},
                         {tenant_a, "session", "t", "{}", {}},
                         {tenant_a, "token", "u", "{}", day_one + days(3)}}});
  ExpiryQuery asked{tenant_a, day_one + days(1), day_one + days(1), 10};
  const auto found = store_->expired(asked);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->inbox_bodies, (std::vector<InboxKey>{{tenant_a, 1}, {tenant_a, 3}}));
  EXPECT_EQ(found->sealed,
            (std::vector<SealedKey>{{order_stream(2), "buyer"}, {order_stream(1), "buyer"}}));
  ASSERT_EQ(found->records.size(), 1U);
  EXPECT_EQ(found->records.at(0).key, "s");
  asked.limit = 1;
  EXPECT_EQ(store_->expired(asked)->inbox_bodies.size(), 1U);
  EXPECT_EQ(store_->expired(asked)->sealed.size(), 1U);
  write({.drop_inbox_bodies = found->inbox_bodies, .drop_sealed_rows = found->sealed});
  asked.limit = 10;
  EXPECT_TRUE(store_->expired(asked)->inbox_bodies.empty());
  EXPECT_TRUE(store_->expired(asked)->sealed.empty());
}

TEST_P(StoreContract, handled_messages_about_a_subject_are_found) {
  auto done = sample_message(1, "d1", day_one);
  done.state = InboxState::Done;
  auto other = sample_message(2, "d2", day_one);
  other.state = InboxState::Done;
  other.subject = "78";
  write({.add_inbox = {done, other, sample_message(3, "d3", day_one)}});
  EXPECT_EQ(*store_->inbox_about(tenant_a, "shop", "77"), (std::vector<InboxKey>{{tenant_a, 1}}));
  // What a message is about may be known only once it was handled, and may be several things.
  auto known = other;
  known.subject = "ord_5,77";
  write({.put_inbox = {known}});
  EXPECT_EQ(*store_->inbox_about(tenant_a, "shop", "77"),
            (std::vector<InboxKey>{{tenant_a, 1}, {tenant_a, 2}}));
  EXPECT_EQ(*store_->inbox_about(tenant_a, "", "ord_5"), (std::vector<InboxKey>{{tenant_a, 2}}));
  EXPECT_TRUE(store_->inbox_about(tenant_a, "", "ord_")->empty());
  known.subject.clear();
  write({.put_inbox = {known}});
  EXPECT_EQ(store_->inbox_about(tenant_a, "", "ord_5")->size(), 1u) << "no word changes nothing";
  write({.drop_inbox_bodies = {{tenant_a, 2}}});
  write({.drop_inbox_bodies = {{tenant_a, 1}}});
  EXPECT_TRUE(store_->inbox_about(tenant_a, "shop", "77")->empty());
}

}  // namespace
}  // namespace holdfast::store
