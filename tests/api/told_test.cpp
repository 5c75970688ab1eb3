#include "engine/told.h"

#include <gtest/gtest.h>

#include "tests/api/world.h"

namespace holdfast::api_tests {
namespace {

constexpr ports::StreamKey first_order{TenantId{1}, ports::StreamKind::Order, 1};

/// An order whose buyer was told of something, with or without the text of it.
class ToldTexts : public ::testing::Test {
 protected:
  void SetUp() override { world.import_order(1); }

  const engine::Recorded* message() {
    history_ = engine::read_history(*world.store, world.engine->vault(), first_order).value();
    for (const auto& one : history_.events) {
      if (one.event.as<BuyerTold>()) return &one;
    }
    return nullptr;
  }

  void keep(const engine::Recorded& message) {
    ports::Batch rows;
    const auto key = engine::read_key(*world.store, first_order).value();
    const engine::ToldText told{"de", "Ihr Paket", "Guten Tag,\nes ist unterwegs.",
                                world.clock.now()};
    ASSERT_TRUE(engine::keep_told(world.engine->vault(), world.entropy, first_order, key,
                                  message.row.seq, told, {}, rows));
    auto done = std::make_shared<std::promise<void>>();
    world.engine->with_batch(
        [rows](ports::Batch& batch) -> Status {
          batch.put_sealed = rows.put_sealed;
          return {};
        },
        [done](const Result<engine::Stepped>&) { done->set_value(); });
    done->get_future().wait();
  }

  std::string path(std::int64_t event) const {
    return world.order_path(1) + "/messages/" + std::to_string(event) + "/text";
  }

  std::string refusal(std::int64_t event) {
    const auto response = world.get(path(event));
    EXPECT_EQ(response.status, 404) << response.body;
    return parse_json(response.body).value_or(Json())["detail"].string();
  }

  static ApiWorldOptions options() {
    ApiWorldOptions options;
    options.policy = shipped_policy();
    return options;
  }

  ApiWorld world{options()};

 private:
  engine::History history_;
};

TEST_F(ToldTexts, AreReadByWhoeverMaySeeBuyers) {
  const auto* told = message();
  ASSERT_NE(told, nullptr);
  keep(*told);
  const auto shown = world.get_json(path(told->row.version));
  EXPECT_EQ(shown["language"].string(), "de");
  EXPECT_EQ(shown["subject"].string(), "Ihr Paket");
  EXPECT_EQ(shown["text"].string(), "Guten Tag,\nes ist unterwegs.");
  EXPECT_EQ(shown["at"].string(), to_text(world.clock.now()));
  const auto service = world.person("service", {"customer_service"});
  EXPECT_EQ(world.ask("GET", path(told->row.version), service).status, 200);
  const auto quality = world.person("quality", {"quality"});
  EXPECT_EQ(world.ask("GET", path(told->row.version), quality).status, 403);
}

TEST_F(ToldTexts, ThatAreNotThereSayWhy) {
  const auto* told = message();
  ASSERT_NE(told, nullptr);
  const auto event = told->row.version;
  EXPECT_NE(refusal(event).find("The store wrote this message itself"), std::string::npos);
  EXPECT_NE(refusal(1).find("no message to the buyer"), std::string::npos);
  EXPECT_NE(refusal(999).find("no message to the buyer"), std::string::npos);
  EXPECT_EQ(world.get("/api/v1/orders/ord_77/messages/1/text").status, 404);
}

TEST_F(ToldTexts, GoWithTheBuyersData) {
  const auto* told = message();
  ASSERT_NE(told, nullptr);
  keep(*told);
  const auto event = told->row.version;
  ASSERT_EQ(world.get(path(event)).status, 200);
  ASSERT_TRUE(world.command(1, ChannelCommand(ErasePersonalData{"asked for"})));
  EXPECT_EQ(world.get(path(event)).status, 404);
}

}  // namespace
}  // namespace holdfast::api_tests
