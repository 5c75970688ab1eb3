#include <gtest/gtest.h>

#include "tests/api/world.h"

namespace holdfast::api_tests {
namespace {

class TrackingImport : public testing::Test {
 protected:
  TrackingImport() {
    world.import_order(1);
    po = world.purchase(1)["po"].string();
  }
  net::ServerResponse send(const std::string& csv, bool dry_run, const std::string& key) {
    auto headers = world.signed_in();
    headers.emplace_back("Content-Type", "text/csv");
    headers.emplace_back("Idempotency-Key", key);
    return world.ask(
        "POST", std::string("/api/v1/imports/tracking?dry_run=") + (dry_run ? "true" : "false"),
        std::move(headers), csv);
  }
  Json parcels() { return world.get_json(world.order_path(1))["parcels"]; }
  ApiWorld world;
  std::string po;
};

TEST_F(TrackingImport, ADryRunSaysWhatEveryLineWouldDoAndChangesNothing) {
  const auto csv = "po,carrier,tracking,status,proof\n" + po +
                   ",Royal Mail,LX1,carrier_accepted,physical\n,Royal Mail,LX1,in_transit,\n" + po +
                   ",Royal Mail,LX2,,\nPO-NONE,Royal Mail,LX3,,\n,Royal Mail,LX9,flying,\n";
  const auto tried = send(csv, true, "k1");
  ASSERT_EQ(tried.status, 200) << tried.body;
  const auto json = *parse_json(tried.body);
  EXPECT_EQ(json["taken"].integer(), 2) << tried.body;
  EXPECT_EQ(json["refused"].integer(), 3);
  const auto& rows = json["rows"].items();
  ASSERT_EQ(rows.size(), 5u);
  EXPECT_EQ(rows[0]["line"].integer(), 2);
  EXPECT_EQ(rows[0]["order"].string(), "ord_1");
  EXPECT_EQ(rows[0]["events"].items().size(), 2u);
  EXPECT_TRUE(rows[1]["ok"].boolean()) << "the line before announces it";
  EXPECT_NE(rows[2]["what"].string().find("nothing"), std::string::npos) << "all is in LX1";
  EXPECT_EQ(rows[3]["column"].string(), "po");
  EXPECT_FALSE(rows[3]["todo"].string().empty());
  EXPECT_EQ(rows[4]["column"].string(), "status");
  EXPECT_TRUE(parcels().items().empty());

  const auto taken = send(csv, false, "k2");
  ASSERT_EQ(taken.status, 200) << taken.body;
  EXPECT_EQ((*parse_json(taken.body))["taken"].integer(), 2) << taken.body;
  ASSERT_EQ(parcels().items().size(), 1u);
  EXPECT_EQ(parcels().items()[0]["strength"].string(), "recorded");
  EXPECT_EQ(parcels().items()[0]["events"].items().size(), 2u);
  const auto again = *parse_json(send(csv, false, "k3").body);
  EXPECT_TRUE(again["rows"].items()[0]["events"].items().empty()) << "all of it was known";
}

TEST_F(TrackingImport, AFileThatIsNoneIsRefusedWhole) {
  EXPECT_EQ(send("po,carier,tracking\n", true, "k1").status, 422);
  EXPECT_EQ(send("", true, "k2").status, 422);
  EXPECT_EQ(world.post("/api/v1/imports/tracking?dry_run=true", "{}", "k3").status, 415);
  EXPECT_EQ(world.post("/api/v1/imports/tracking", "{}", "k4").status, 422);
}

TEST_F(TrackingImport, OnlyTheClockAnswersForTheBuyer) {
  const auto path = world.order_path(1) + "/commands";
  const auto nobody_asked = world.post(
      path, R"({"command":"AnswerBuyerQuestion","question":"delay_consent","answer":"wait"})",
      "q1");
  EXPECT_EQ(nobody_asked.status, 404) << nobody_asked.body;
  const auto claimed = world.post(
      path,
      R"({"command":"AnswerBuyerQuestion","question":"delay_consent","answer":"wait","by_default":true})",
      "q2");
  EXPECT_EQ(claimed.status, 422);
}

}  // namespace
}  // namespace holdfast::api_tests
