// The bench: what somebody sees and does who works there and nowhere else.
#include <gtest/gtest.h>

#include "tests/api/world.h"

namespace holdfast::api_tests {
namespace {

/// The shipped policy, where an inspection passes only with a photo and a serial number.
Policy policy_with_proof() {
  auto policy = shipped_policy();
  auto channel = policy.channels.front();
  channel.channel = "fern";
  policy.channels.push_back(channel);
  for (auto& procedure : policy.procedures) {
    procedure.receiving = {{"Quantity as ordered", CheckNeed::None}};
    procedure.inspection = {{"Surface without damage", CheckNeed::None},
                            {"Photo of the item", CheckNeed::Photo},
                            {"Serial number recorded", CheckNeed::Text}};
  }
  return policy;
}

class Station : public testing::Test {
 protected:
  /// Above what the engine numbers its own cases by.
  static constexpr std::int64_t number = 7;

  Station() : world(options()), packer(world.person("pack", {"packer"})) {
    world.import_order(number);
    po = world.purchase(number)["po"].string();
    order(R"({"command":"AcknowledgePurchaseOrder","po":")" + po +
              R"(","answers":[{"line":1,"kind":"accepted","quantity":2}]})",
          world.signed_in());
  }

  static ApiWorldOptions options() {
    ApiWorldOptions wishes;
    wishes.policy = policy_with_proof();
    wishes.ship_model = ShipModel::Hub;
    return wishes;
  }

  net::ServerResponse order(const std::string& body, ports::Headers who) {
    auto headers = with_json(std::move(who));
    headers.emplace_back("Idempotency-Key", "key-" + std::to_string(++keys_));
    return world.ask("POST", world.order_path(number) + "/commands", std::move(headers), body);
  }

  net::ServerResponse check(const std::string& kind, const std::string& items) {
    return order(R"({"command":"RecordCheck","check":")" + kind + R"(","po":")" + po +
                     R"(","items":[)" + items + R"(],"lines":[{"line":1,"quantity":2}]})",
                 packer);
  }

  void announce() {
    const auto done = order(R"({"command":"AnnounceParcel","po":")" + po +
                                R"(","carrier":"Royal Mail","tracking":"LX-SECRET-1",)" +
                                R"("lines":[{"line":1,"quantity":2}]})",
                            world.signed_in());
    EXPECT_EQ(done.status, 200) << done.body;
  }

  /// The list as the packer sees it.
  Json list() {
    const auto answer = world.ask("GET", "/api/v1/station/tasks", packer);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return parse_json(answer.body).value_or(Json());
  }

  /// The bench that the order waits at, "" when it waits at none.
  std::string step() {
    const auto page = list();
    const auto& items = page["items"].items();
    return items.empty() ? "" : items.front()["step"].string();
  }

  static std::string item(const std::string& name, const std::string& verdict,
                          const std::string& note = "", const std::string& photo = "") {
    return R"({"name":")" + name + R"(","verdict":")" + verdict + R"(","note":")" + note +
           R"(","photo":")" + photo + R"("})";
  }

  ApiWorld world;
  ports::Headers packer;
  std::string po;
  const std::string photo = std::string(64, 'a');

 private:
  int keys_ = 0;
};

TEST_F(Station, IsAllThatAPackerNeedsAndSees) {
  EXPECT_EQ(step(), "receiving");
  EXPECT_EQ(check("receiving", item("Quantity as ordered", "pass")).status, 200);
  EXPECT_EQ(step(), "inspection");
  announce();
  const auto page = list();
  ASSERT_EQ(page["items"].items().size(), 1u);
  const auto& task = page["items"].items().front();
  EXPECT_EQ(task["checklist"].items().front()["name"].string(), "Surface without damage");
  EXPECT_EQ(task["done"].items().front()["verdict"].string(), "pass");
  ASSERT_EQ(task["parcels"].items().size(), 1u);
  const auto& label = task["parcels"].items().front();
  EXPECT_EQ(label["digest"].string(), hex(sha256("label LX-SECRET-1")));
  EXPECT_FALSE(label["matched"].boolean());
  const auto& steps = page["procedures"].items().front()["steps"].items();
  ASSERT_EQ(steps.size(), 4u);
  EXPECT_EQ(steps[1]["checklist"].items()[1]["needs"].string(), "photo");
  const auto text = to_text(page);
  for (const char* secret : {"LX-SECRET-1", "39.00", "14.60", "Example Buyer"}) {
    EXPECT_EQ(text.find(secret), std::string::npos) << secret;
  }

  for (const auto* other : {"/api/v1/orders", "/api/v1/policy", "/api/v1/exceptions"}) {
    EXPECT_EQ(world.ask("GET", other, packer).status, 403) << other;
  }
  EXPECT_EQ(world.ask("GET", world.order_path(number), packer).status, 403);
  EXPECT_EQ(order(R"({"command":"AddNote","text":"seen"})", packer).status, 403);
}

TEST_F(Station, AnItemPassesOnlyWithWhatItNeeds) {
  const auto surface = item("Surface without damage", "pass");
  const auto serial = item("Serial number recorded", "pass", "SN 1");
  const auto unproven =
      check("inspection", surface + "," + item("Photo of the item", "pass") + "," + serial);
  EXPECT_EQ(unproven.status, 422) << unproven.body;
  EXPECT_NE(unproven.body.find("only with a photo"), std::string::npos) << unproven.body;
  EXPECT_NE(unproven.body.find("Photo of the item"), std::string::npos) << unproven.body;
  const auto shown = item("Photo of the item", "pass", "", photo);
  const auto wordless = check(
      "inspection", surface + "," + shown + "," + item("Serial number recorded", "pass", "  "));
  EXPECT_EQ(wordless.status, 422) << wordless.body;
  // What is not in order needs no proof of it.
  EXPECT_EQ(check("inspection", surface + "," + item("Photo of the item", "unclear") + "," + serial)
                .status,
            200);
  EXPECT_EQ(check("inspection", surface + "," + shown + "," + serial).status, 200);
}

TEST_F(Station, TellsWhatFailedAndShowsItsPhoto) {
  announce();
  check("receiving", item("Quantity as ordered", "pass"));
  const auto done =
      check("inspection", item("Surface without damage", "fail", "a long scratch", photo) + "," +
                              item("Photo of the item", "pass", "", photo) + "," +
                              item("Serial number recorded", "pass", "SN 1"));
  ASSERT_EQ(done.status, 200) << done.body;
  const auto page = world.get_json(world.order_path(number));
  Json found;
  for (const auto& known : page["purchase_orders"].items().front()["checks"].items()) {
    if (known["check"].string() == "inspection") found = known;
  }
  EXPECT_EQ(found["actor"].string(), "pack");
  EXPECT_FALSE(found["at"].is_null());
  const auto& worst = found["items"].items().front();
  EXPECT_EQ(worst["name"].string(), "Surface without damage");
  EXPECT_EQ(worst["verdict"].string(), "fail");
  EXPECT_EQ(worst["note"].string(), "a long scratch");
  EXPECT_EQ(worst["photo"].string(), photo);
  Json gate;
  for (const auto& known : page["gates"].items()) {
    if (known["gate"].string() == "inspection@" + po) gate = known;
  }
  EXPECT_EQ(gate["detail"].string(), "inspection failed: Surface without damage");
  ASSERT_EQ(gate["evidence"].items().size(), 1u);
  const auto& evidence = gate["evidence"].items().front();
  ASSERT_EQ(evidence["items"].items().size(), 3u);
  EXPECT_EQ(evidence["items"].items().front()["photo"].string(), photo);
  EXPECT_NE(evidence["summary"].string().find("Surface without damage"), std::string::npos);
}

}  // namespace
}  // namespace holdfast::api_tests
