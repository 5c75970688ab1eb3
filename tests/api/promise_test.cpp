// What people add to a listing: its pictures, and which suppliers' items keep its promise.
#include <gtest/gtest.h>

#include "engine/settings/test_files.h"
#include "tests/api/world.h"

namespace holdfast::api_tests {
namespace {

const std::string jpeg = "\xFF\xD8\xFF\xE0 a lamp with a white shade";

std::string sha_of(const std::string& bytes) { return hex(sha256(bytes)); }

class Promise : public testing::Test {
 protected:
  net::ServerResponse send(const std::string& path, const std::string& body,
                           const std::string& type, ports::Headers headers) {
    headers.emplace_back("Content-Type", type);
    headers.emplace_back("Idempotency-Key", "p" + std::to_string(++asked_));
    return world.ask("POST", "/api/v1/products/" + path, std::move(headers), body);
  }
  net::ServerResponse picture(const std::string& bytes, const std::string& type = "image/jpeg") {
    return send("LAMP-W/photos", bytes, type, world.signed_in());
  }
  net::ServerResponse judged(const std::string& supplier_sku, bool equivalent) {
    return send("LAMP-W/equivalents",
                R"({"supplier":"lumen","supplier_sku":")" + supplier_sku + R"(","equivalent":)" +
                    (equivalent ? "true" : "false") + R"(,"note":"another shade"})",
                "application/json", world.signed_in());
  }
  Json lamp() { return world.get_json("/api/v1/products/LAMP-W"); }

  ApiWorldOptions options() const {
    ApiWorldOptions wishes;
    wishes.policy = shipped_policy();
    wishes.data_folder = folder_.path();
    wishes.ship_model = ShipModel::Hub;  // so that goods come to the bench
    return wishes;
  }

 private:
  engine::TestFolder folder_;
  int asked_ = 0;

 protected:
  ApiWorld world{options()};
};

TEST_F(Promise, APictureIsKeptShownAndTakenAway) {
  world.import_order(7);
  EXPECT_TRUE(lamp()["photos"].items().empty());
  const auto made = picture(jpeg);
  ASSERT_EQ(made.status, 201) << made.body;
  ASSERT_EQ(picture(jpeg).status, 201) << "the same picture twice is one";
  ASSERT_EQ(lamp()["photos"].items().size(), 1u);
  EXPECT_EQ(lamp()["photos"].items()[0]["by"].string(), "admin");
  const auto path = "/api/v1/products/LAMP-W/photos/" + sha_of(jpeg);
  // Who packs compares with it, and has no other right.
  const auto packer = world.person("packer", {"packer"}, {"fern"});
  const auto shown = world.ask("GET", path, packer);
  EXPECT_EQ(shown.status, 200);
  EXPECT_EQ(shown.body, jpeg);
  EXPECT_EQ(world.ask("GET", path, world.person("far", {"quality"}, {"elsewhere"})).status, 404);
  EXPECT_EQ(world.ask("GET", "/api/v1/products/LAMP-B/photos/" + sha_of(jpeg), packer).status, 404);
  EXPECT_EQ(world.ask("DELETE", path, packer).status, 403);
  EXPECT_EQ(world.ask("DELETE", path, world.signed_in()).status, 204);
  EXPECT_EQ(world.ask("GET", path, packer).status, 404);
  EXPECT_EQ(world.ask("DELETE", path, world.signed_in()).status, 404);
  EXPECT_TRUE(lamp()["photos"].items().empty());
  const auto audit = world.get_json("/api/v1/audit?deed=listing_photo_removed");
  EXPECT_EQ(audit["items"].items().size(), 1u);
}

TEST_F(Promise, OnlyEightPicturesAndNothingElseThanPictures) {
  EXPECT_EQ(picture("GIF89a", "image/gif").status, 415);
  EXPECT_EQ(picture(jpeg, "image/png").status, 415) << "named as another kind";
  for (int i = 0; i < 8; ++i) ASSERT_EQ(picture(jpeg + std::to_string(i)).status, 201);
  const auto ninth = picture(jpeg + "8");
  EXPECT_EQ(ninth.status, 409);
  EXPECT_NE(ninth.body.find("remove one first"), std::string::npos);
  EXPECT_GT(api::Api::body_limit("/api/v1/products/LAMP-W/photos"), std::size_t{10'000'000});
  EXPECT_EQ(send("NO-SUCH/photos", jpeg, "image/jpeg", world.signed_in()).status, 404);
}

TEST_F(Promise, PicturesStandAtTheBench) {
  world.import_order(7);
  const auto po = world.purchase(7)["po"].string();
  auto headers = with_json(world.signed_in());
  headers.emplace_back("Idempotency-Key", "confirmed");
  const auto answer = R"({"command":"AcknowledgePurchaseOrder","po":")" + po +
                      R"(","answers":[{"line":1,"kind":"accepted","quantity":2}]})";
  ASSERT_EQ(world.ask("POST", world.order_path(7) + "/commands", headers, answer).status, 200);
  ASSERT_EQ(picture(jpeg).status, 201);
  std::size_t seen = 0;
  const auto page = world.get_json("/api/v1/station/tasks");
  for (const auto& task : page["items"].items()) {
    for (const auto& line : task["lines"].items()) {
      if (line["sku"].string() != "LAMP-W") continue;
      ASSERT_EQ(line["photos"].items().size(), 1u);
      EXPECT_EQ(line["photos"].items()[0].string(), sha_of(jpeg));
      ++seen;
    }
  }
  EXPECT_GT(seen, 0u);
}

TEST_F(Promise, AnItemThatDoesNotKeepItIsBoughtNoMore) {
  ASSERT_EQ(judged("GL-LAMP-W", true).status, 201);
  EXPECT_FALSE(lamp()["mappings"].items()[0]["suspended"].boolean());
  ASSERT_EQ(judged("ANOTHER", false).status, 201);
  EXPECT_FALSE(lamp()["mappings"].items()[0]["suspended"].boolean()) << "another item";
  const auto made = judged("GL-LAMP-W", false);
  ASSERT_EQ(made.status, 201) << made.body;
  const auto after = lamp();
  ASSERT_EQ(after["equivalents"].items().size(), 2u) << "a later finding takes the earlier's place";
  EXPECT_TRUE(after["mappings"].items()[0]["suspended"].boolean());
  EXPECT_EQ(after["mappings"].items()[0]["problem"].string(), "suspended");
  const auto audit = world.get_json("/api/v1/audit?deed=equivalent_judged");
  ASSERT_EQ(audit["items"].items().size(), 3u);
  EXPECT_EQ(audit["items"].items()[0]["detail"].string(), "not equivalent, suspended");
}

TEST_F(Promise, AnItemThatDoesNotKeepItIsNotBroughtBackByAPriceList) {
  const auto stated = [this](const std::string& supplier_sku) {
    auto headers = world.signed_in();
    headers.emplace_back("Content-Type", "text/csv");
    headers.emplace_back("Idempotency-Key", "list " + supplier_sku);
    const auto csv =
        "sku,supplier,supplier_sku,cost,stock\nLAMP-W,lumen," + supplier_sku + ",9.00 EUR,50\n";
    const auto answer =
        world.ask("POST", "/api/v1/imports/offers?dry_run=false", std::move(headers), csv);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return parse_json(answer.body).value_or(Json())["rows"].items().at(0);
  };
  // Found before it is offered at all.
  ASSERT_EQ(judged("GL-LAMP-2", false).status, 201);
  const auto row = stated("GL-LAMP-2");
  EXPECT_TRUE(row["ok"].boolean());
  EXPECT_NE(row["what"].string().find("stays suspended"), std::string::npos);
  EXPECT_TRUE(lamp()["mappings"].items()[0]["suspended"].boolean());
  world.import_order(7);
  const auto order = world.get_json(world.order_path(7));
  EXPECT_TRUE(order["purchase_orders"].items().empty()) << "nothing is bought of it";
  const auto other = stated("GL-LAMP-W");
  EXPECT_EQ(other["what"].string(), "");
  EXPECT_FALSE(lamp()["mappings"].items()[0]["suspended"].boolean());
}

TEST_F(Promise, OnlyItemsOfSuppliersThereAreAreCompared) {
  const auto answer =
      send("LAMP-W/equivalents",
           R"({"supplier":"nobody","supplier_sku":"X","equivalent":true,"note":"the same"})",
           "application/json", world.signed_in());
  EXPECT_EQ(answer.status, 422);
  EXPECT_NE(answer.body.find("no such supplier"), std::string::npos) << answer.body;
}

}  // namespace
}  // namespace holdfast::api_tests
