// What buyers were written is kept as it left, once, and goes with what it was about.
#include "engine/told.h"

#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include "engine/retention/retention.h"
#include "engine/views/history.h"
#include "tests/kit/in_process.h"

namespace holdfast {
namespace {

class Told : public ::testing::Test {
 protected:
  /// Two orders to their end; every mail to a buyer is put off once.
  void SetUp() override {
    kit::InProcessOptions options;
    options.mail_first = [this](const ports::MailRequest& mail) -> std::optional<ports::Response> {
      if (!mail.message_id.ends_with("@holdfast>") || !mail.message_id.starts_with("<ord_")) {
        return std::nullopt;
      }
      if (++tries_[mail.message_id] == 1) return ports::MailResponse{451, "4.3.0 try again"};
      sent_[mail.message_id] = mail;
      return std::nullopt;
    };
    world_ = std::make_unique<kit::InProcess>(std::move(options));
    world_->place_orders(2, minutes(10));
    world_->run(days(21));
  }

  std::vector<ports::SealedRow> texts(const ports::StreamKey& stream) {
    auto rows = world_->store().sealed(stream).value();
    std::erase_if(rows, [](const auto& row) { return !row.kind.starts_with("told:"); });
    return rows;
  }

  engine::History history(const ports::StreamKey& stream) {
    return engine::read_history(world_->store(), world_->engine().vault(), stream).value();
  }

  Result<engine::ToldText> text(const ports::StreamKey& stream, std::int64_t seq) {
    return engine::read_told(world_->store(), world_->engine().vault(), stream, seq);
  }

  std::map<std::string, int> tries_;
  std::map<std::string, ports::MailRequest> sent_;  // by message id, as they were taken
  std::unique_ptr<kit::InProcess> world_;
};

TEST_F(Told, IsKeptAsItLeftAndOncePerMessage) {
  std::size_t messages = 0;
  for (const auto& order : world_->orders()) {
    std::size_t of_order = 0;
    const auto known = history(order.stream);
    for (const auto& recorded : known.events) {
      const auto* told = recorded.event.as<BuyerTold>();
      if (!told || told->speaker != Speaker::Holdfast) continue;
      ++of_order;
      const auto id = "<" + engine::stream_text(order.stream) + "." +
                      std::string(name_of(told->moment)) + "." + std::to_string(told->parcel) +
                      "@holdfast>";
      ASSERT_TRUE(sent_.contains(id)) << id;
      const auto kept = text(order.stream, recorded.row.seq);
      ASSERT_TRUE(kept) << id << ": " << describe(kept.error());
      EXPECT_EQ(kept->subject, sent_[id].subject);
      EXPECT_EQ(kept->text, sent_[id].text);
      EXPECT_EQ(kept->language, "en");
      EXPECT_GT(kept->at, recorded.row.at) << "the attempt that was taken is the one that counts";
    }
    EXPECT_EQ(texts(order.stream).size(), of_order);
    messages += of_order;
  }
  EXPECT_GE(messages, 4U);
  EXPECT_EQ(messages, sent_.size());
}

TEST_F(Told, GoesWhenItsTimeHasCome) {
  const auto stream = world_->orders().front().stream;
  const auto kept = texts(stream);
  ASSERT_FALSE(kept.empty());
  const auto& policy = world_->engine().setup().policy;
  const auto latest = std::ranges::max(kept, {}, &ports::SealedRow::delete_at).delete_at;
  EXPECT_EQ(latest, engine::keep_until(policy, "buyer_messages", latest - days(365)));
  const auto due =
      engine::purge(world_->store(), stream.tenant, latest + seconds(1), policy, 1'000).value();
  for (const auto& row : kept) {
    EXPECT_EQ(std::ranges::count(due.rows.drop_sealed_rows, ports::SealedKey{stream, row.kind}), 1);
  }
  EXPECT_TRUE(due.erase.empty()) << "an order is not erased for a letter's sake";
}

TEST_F(Told, IsUnreadableOnceTheOrderIsErased) {
  const auto stream = world_->orders().front().stream;
  const auto known = history(stream);
  const auto recorded = std::ranges::find_if(known.events, [](const engine::Recorded& one) {
    const auto* told = one.event.as<BuyerTold>();
    return told && told->speaker == Speaker::Holdfast;
  });
  ASSERT_NE(recorded, known.events.end());
  ASSERT_TRUE(text(stream, recorded->row.seq));
  world_->engine().submit(stream, ChannelCommand(ErasePersonalData{"asked for"}), "operator",
                          [](const Result<engine::Stepped>&) {});
  world_->run(minutes(1));
  ASSERT_TRUE(history(stream).state.erased);
  EXPECT_TRUE(texts(stream).empty());
  EXPECT_EQ(text(stream, recorded->row.seq).error().code, ErrorCode::NotFound);
}

}  // namespace
}  // namespace holdfast
