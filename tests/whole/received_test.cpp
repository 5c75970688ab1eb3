// An order lists the messages of its store, suppliers and tracker that were read for it.
#include "engine/received.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "engine/retention/retention.h"
#include "engine/views/history.h"
#include "tests/kit/in_process.h"

namespace holdfast {
namespace {

TEST(Received, AnOrderListsWhatItsPartnersSent) {
  kit::InProcess world({});
  world.place_orders(4, minutes(10));
  world.run(days(21));
  std::set<std::int64_t> listed;
  std::set<std::string> accounts;
  for (const auto& order : world.orders()) {
    const auto found = engine::received_about(world.store(), order.stream, 0, 250).value();
    ASSERT_FALSE(found.empty()) << order.store_number;
    for (const auto& message : found) {
      const auto row = world.store().inbox(order.stream.tenant, message.seq).value();
      ASSERT_TRUE(row) << message.seq;
      EXPECT_EQ(row->state, ports::InboxState::Done);
      EXPECT_EQ(row->account, message.account);
      EXPECT_EQ(row->topic, message.topic);
      EXPECT_EQ(row->received_at, message.received_at);
      EXPECT_NE(row->subject.find(engine::stream_text(order.stream)), std::string::npos);
      listed.insert(message.seq);
      accounts.insert(message.account);
    }
  }
  // Every message that names an order is listed somewhere.
  const auto heads = world.store().heads(world.engine().setup().tenant).value();
  std::size_t naming = 0;
  for (std::int64_t seq = 1; seq <= heads.inbox_seq; ++seq) {
    const auto row = world.store().inbox(world.engine().setup().tenant, seq).value();
    const bool read = row && row->state == ports::InboxState::Done;
    if (!read || row->subject.find("ord_") == std::string::npos) continue;
    ++naming;
    EXPECT_TRUE(listed.contains(seq)) << row->topic << " about " << row->subject;
  }
  EXPECT_EQ(naming, listed.size());
  EXPECT_GE(accounts.size(), 2U) << "the shop and at least one other";
}

TEST(Received, IsListedAsLongAsItsBodyIsKept) {
  kit::InProcess world({});
  world.place_orders(1, minutes(10));
  world.run(days(2));
  const auto stream = world.orders().front().stream;
  ASSERT_FALSE(engine::received_about(world.store(), stream, 0, 250).value().empty());
  const auto due = engine::purge(world.store(), stream.tenant, world.now() + days(40),
                                 world.engine().setup().policy, 1'000)
                       .value();
  const auto gone = std::ranges::count(due.rows.drop_records, "received", &ports::RecordKey::kind);
  EXPECT_EQ(gone, std::ssize(engine::received_about(world.store(), stream, 0, 250).value()));
}

}  // namespace
}  // namespace holdfast
