// Suppliers and products as the API tells them: what is open where, how suppliers behaved, what is
// mapped; and that nobody hears of another store.
#include <gtest/gtest.h>

#include "tests/api/world.h"

namespace holdfast::api_tests {
namespace {

constexpr const char* lumen = "/api/v1/suppliers/lumen";

/// Lists of goods are kept for a few seconds, measures for minutes.
void later(ApiWorld& world) { world.clock.pass(minutes(6)); }

Json json_of(const net::ServerResponse& response) {
  return parse_json(response.body).value_or(Json());
}

/// What somebody hears who signed in just now; sessions last half a day.
Json fresh_session(ApiWorld& world, const std::string& path) {
  return json_of(world.ask("GET", path, world.person("late", {"operations"})));
}

void acknowledge(ApiWorld& world, std::int64_t order, const std::string& line) {
  const auto po = world.purchase(order)["po"].string();
  const auto body =
      R"({"command":"AcknowledgePurchaseOrder","po":")" + po + R"(","answers":[)" + line + "]}";
  const auto done =
      world.post(world.order_path(order) + "/commands", body, "ack-" + std::to_string(order));
  ASSERT_EQ(done.status, 200) << done.body;
}

/// A parcel with both pieces, which a carrier then scans.
void ship(ApiWorld& world, std::int64_t order) {
  const auto tracking = "LX-" + std::to_string(order);
  const auto body = R"({"command":"AnnounceParcel","po":")" + world.purchase(order)["po"].string() +
                    R"(","carrier":"Royal Mail","tracking":")" + tracking +
                    R"(","lines":[{"line":1,"quantity":2}],"announced_at":")" +
                    to_text(world.clock.now()) + R"(","source":"console","strength":"recorded"})";
  const auto done =
      world.post(world.order_path(order) + "/commands", body, "ship-" + std::to_string(order));
  ASSERT_EQ(done.status, 200) << done.body;
  TrackingRecord scan;
  scan.key = tracking;
  scan.status = TrackingStatus::CarrierAccepted;
  scan.proof = Proof::Physical;
  scan.country = "GB";
  scan.carrier_time = scan.seen_at = world.clock.now();
  scan.source = "test";
  const auto stepped =
      world.command(order, EngineCommand(RecordTracking{tracking, "Royal Mail", {scan}}));
  ASSERT_TRUE(stepped) << describe(stepped.error());
}

Json measure(const Json& measures, const std::string& name) {
  for (const auto& one : measures["measures"].items()) {
    if (one["measure"].string() == name) return one;
  }
  return {};
}

/// The world's policy with a tier that asks for an answer within three working hours.
Policy policy_with_tier() {
  auto policy = shipped_policy();
  TierPolicy tier;
  tier.cut_off = "15:00";
  tier.remind_after = hours(3);
  policy.tiers.push_back(tier);
  return policy;
}

TEST(Goods, ASupplierIsListedWithWhatIsOpenThere) {
  ApiWorld world;
  const auto quiet = world.get_json("/api/v1/suppliers")["items"].items().at(0);
  EXPECT_EQ(quiet["id"].string(), "lumen");
  EXPECT_EQ(quiet["kind"].string(), "manual");
  EXPECT_EQ(quiet["open_purchase_orders"].integer(), 0);
  EXPECT_TRUE(quiet["oldest_open_at"].is_null());
  EXPECT_EQ(quiet["offers"].integer(), 1);
  EXPECT_EQ(quiet["stale_offers"].integer(), 0);
  const auto sent = to_text(world.clock.now());
  world.import_order(1);
  later(world);
  world.import_order(2);
  later(world);
  const auto busy = world.get_json(lumen)["supplier"];
  EXPECT_EQ(busy["open_purchase_orders"].integer(), 2);
  EXPECT_EQ(busy["oldest_open_at"].string(), sent);
  world.clock.pass(hours(25));
  EXPECT_EQ(fresh_session(world, lumen)["supplier"]["stale_offers"].integer(), 1);
}

TEST(Goods, SuppliersAreFoundByTheirNamesOnly) {
  ApiWorld world;
  EXPECT_EQ(world.get_json("/api/v1/suppliers?q=LUM")["items"].items().size(), 1u);
  EXPECT_TRUE(world.get_json("/api/v1/suppliers?q=north")["items"].items().empty());
  EXPECT_TRUE(world.get_json("/api/v1/suppliers?cursor=lumen")["items"].items().empty());
  EXPECT_EQ(world.get("/api/v1/suppliers/north").status, 404);
  EXPECT_EQ(world.get("/api/v1/suppliers/north/offers").status, 404);
  EXPECT_EQ(world.get("/api/v1/suppliers/north/measures").status, 404);
  EXPECT_EQ(world.get("/api/v1/suppliers/north/purchase-orders").status, 404);
}

TEST(Goods, TheCalendarShowsClosedDaysAndTheNextCutOff) {
  ApiWorldOptions options;
  options.policy = policy_with_tier();
  ApiWorld world(std::move(options));
  const auto calendar = world.get_json(lumen)["calendar"];
  EXPECT_EQ(calendar["zone"].string(), "UTC");
  EXPECT_TRUE(calendar["open_now"].boolean());
  EXPECT_EQ(calendar["next_cut_off"].string(), "2026-03-04T15:00:00Z");
  const auto& days = calendar["days"].items();
  ASSERT_EQ(days.size(), 28u);
  EXPECT_EQ(days[0]["date"].string(), "2026-03-04");
  EXPECT_TRUE(days[0]["works"].boolean());
  EXPECT_FALSE(days[3]["works"].boolean()) << days[3]["date"].string();
}

TEST(Goods, OpenPurchaseOrdersStandOldestFirstUntilACarrierHasTheGoods) {
  ApiWorld world;
  for (std::int64_t id = 1; id <= 3; ++id) {
    world.import_order(id);
    world.clock.pass(minutes(1));
  }
  acknowledge(world, 2, R"({"line":1,"kind":"accepted","quantity":2})");
  later(world);
  const std::string path = std::string(lumen) + "/purchase-orders";
  const auto first = world.get_json(path + "?limit=2");
  ASSERT_EQ(first["items"].items().size(), 2u);
  EXPECT_EQ(first["items"].items()[0]["store_number"].string(), "#1001");
  EXPECT_EQ(first["items"].items()[0]["state"].string(), "unanswered");
  EXPECT_EQ(first["items"].items()[1]["state"].string(), "confirmed");
  EXPECT_TRUE(first["complete"].boolean());
  const auto rest = world.get_json(path + "?limit=2&cursor=" + first["next_cursor"].string());
  ASSERT_EQ(rest["items"].items().size(), 1u);
  EXPECT_EQ(rest["items"].items()[0]["order"].string(), "ord_3");
  EXPECT_TRUE(rest["next_cursor"].is_null());
  ship(world, 2);
  later(world);
  EXPECT_EQ(world.get_json(path)["items"].items().size(), 2u);
  EXPECT_EQ(world.get(path + "?cursor=other").status, 422);
  EXPECT_EQ(world.get(path + "?limit=0").status, 422);
}

TEST(Goods, AMeasureStandsWithItsSampleAndIsNothingWithoutOne) {
  ApiWorldOptions options;
  options.policy = policy_with_tier();
  ApiWorld world(std::move(options));
  const std::string path = std::string(lumen) + "/measures";
  const auto nothing = world.get_json(path);
  EXPECT_EQ(nothing["purchase_orders"].integer(), 0);
  for (const auto& one : nothing["measures"].items()) {
    EXPECT_TRUE(one["value"].is_null()) << one["measure"].string();
    EXPECT_EQ(one["sample"].integer(), 0);
    EXPECT_FALSE(one["definition"].string().empty());
  }
  for (std::int64_t id = 1; id <= 3; ++id) world.import_order(id);
  world.clock.pass(minutes(90));
  acknowledge(world, 1, R"({"line":1,"kind":"accepted","quantity":2})");
  world.clock.pass(hours(3));
  acknowledge(world, 2, R"({"line":1,"kind":"rejected","quantity":0})");
  later(world);
  const auto found = world.get_json(path + "?days=7");
  EXPECT_EQ(found["days"].integer(), 7);
  EXPECT_TRUE(found["complete"].boolean());
  EXPECT_EQ(found["purchase_orders"].integer(), 3);
  const auto on_time = measure(found, "answered_on_time");
  EXPECT_EQ(on_time["value"].integer(), 333);  // one late, one silent past its time
  EXPECT_EQ(on_time["sample"].integer(), 3);
  const auto median = measure(found, "answer_median");
  EXPECT_EQ(median["value"].integer(), 90);
  EXPECT_EQ(median["sample"].integer(), 2);
  EXPECT_EQ(median["left_out"].integer(), 1);
  EXPECT_EQ(measure(found, "answer_p90")["value"].integer(), 270);
  EXPECT_EQ(measure(found, "lines_rejected")["value"].integer(), 500);
  EXPECT_EQ(measure(found, "lines_rejected")["left_out"].integer(), 1);
  EXPECT_EQ(measure(found, "shipped_on_time")["sample"].integer(), 0);
  EXPECT_EQ(world.get(path + "?days=8").status, 422);
}

TEST(Goods, ASupplierWhoRefusesEverythingIsMeasuredAllTheSame) {
  ApiWorld world;
  world.import_order(1);
  acknowledge(world, 1, R"({"line":1,"kind":"rejected","quantity":0})");
  later(world);
  const auto found = world.get_json(std::string(lumen) + "/measures?days=90");
  EXPECT_EQ(measure(found, "lines_rejected")["value"].integer(), 1000);
  EXPECT_EQ(world.get_json(lumen)["supplier"]["open_purchase_orders"].integer(), 0);
}

TEST(Goods, OldPurchaseOrdersLeaveTheWindow) {
  ApiWorld world;
  world.import_order(1);
  world.clock.pass(days(8));
  const std::string path = std::string(lumen) + "/measures?days=";
  EXPECT_EQ(world.get_json(path + "7")["purchase_orders"].integer(), 0);
  EXPECT_EQ(world.get_json(path + "30")["purchase_orders"].integer(), 1);
}

TEST(Goods, MeasuresAreOverMoreOrdersThanAPageOfTheStoreHolds) {
  ApiWorldOptions options;
  options.stores = {"fern", "moss"};
  ApiWorld world(std::move(options));
  for (std::int64_t id = 1; id <= 3; ++id) world.import_order(id, "fern");
  for (std::int64_t id = 4; id <= 300; ++id) world.import_order(id, "moss");
  const std::string path = std::string(lumen) + "/measures";
  const auto all = world.get_json(path);
  EXPECT_TRUE(all["complete"].boolean());
  EXPECT_EQ(all["purchase_orders"].integer(), 300);
  const auto fern = world.person("one", {"operations"}, {"fern"});
  const auto own = json_of(world.ask("GET", path, fern));
  EXPECT_TRUE(own["complete"].boolean());
  EXPECT_EQ(own["purchase_orders"].integer(), 3) << "older than the newest 250 of all stores";
}

TEST(Goods, MeasuresOfTheNewestOrdersOnlySaySo) {
  ApiWorld world;
  for (std::int64_t id = 1; id <= 501; ++id) world.import_order(id);
  const auto found = world.get_json(std::string(lumen) + "/measures");
  EXPECT_FALSE(found["complete"].boolean());
  EXPECT_EQ(found["purchase_orders"].integer(), 500);
}

TEST(Goods, AProductSaysWhatItIsMappedTo) {
  ApiWorld world;
  world.import_order(1);
  const auto rows = world.get_json("/api/v1/products");
  const auto lamp = rows["items"].items().back();
  EXPECT_EQ(lamp["sku"].string(), "LAMP-W");
  EXPECT_EQ(lamp["title"].string(), "Glass desk lamp");
  EXPECT_EQ(lamp["mapping"].string(), "one_supplier");
  EXPECT_EQ(lamp["open_orders"].integer(), 1);
  EXPECT_EQ(lamp["procedure"].string(), "standard");
  const auto one = world.get_json("/api/v1/products/LAMP-W");
  EXPECT_EQ(one["listings"].items().at(0)["order"].string(), "ord_1");
  EXPECT_EQ(one["mappings"].items().at(0)["supplier_sku"].string(), "GL-LAMP-W");
  EXPECT_TRUE(one["mappings"].items().at(0)["usable"].boolean());
  EXPECT_EQ(world.get("/api/v1/products/NONE").status, 404);
  world.clock.pass(hours(25));
  const auto old = fresh_session(world, "/api/v1/products/LAMP-W");
  EXPECT_EQ(old["product"]["mapping"].string(), "unusable");
  EXPECT_EQ(old["mappings"].items().at(0)["problem"].string(), "feed_too_old");
}

TEST(Goods, ProductsAreFoundBySkuTitleAndState) {
  ApiWorld world;
  world.import_order(1);
  const auto count = [&](const std::string& query) {
    return world.get_json("/api/v1/products?" + query)["items"].items().size();
  };
  EXPECT_EQ(count("q=desk"), 1u);
  EXPECT_EQ(count("q=lamp-w"), 1u);
  EXPECT_EQ(count("q=vase"), 0u);
  EXPECT_EQ(count("mapping=one_supplier"), 1u);
  EXPECT_EQ(count("mapping=unmapped"), 0u);
  EXPECT_EQ(count("cursor=LAMP-W"), 0u);
  EXPECT_EQ(world.get("/api/v1/products?mapping=other").status, 422);
}

TEST(Goods, AnSkuThatNobodyMappedIsListedOnceAStoreSoldIt) {
  ApiWorld world;
  ChannelOrder order;
  order.channel = "fern";
  order.channel_order = "777";
  order.store_number = "#1777";
  order.placed_at = order.as_of = world.clock.now();
  order.currency = "EUR";
  order.total = *parse_money("5.00 EUR");
  order.payment = PaymentState::Paid;
  order.captured = order.total;
  order.lines = {
      {1, "1", "MIRROR", "Round mirror", "40 cm", 1, *parse_unit_price("5.00 EUR"), true, "", {}}};
  order.current = {{1, 1}};
  ASSERT_TRUE(world.command(7, ChannelCommand(ObserveOrder{order, "orders/paid"})));
  const auto found = world.get_json("/api/v1/products?mapping=unmapped");
  ASSERT_EQ(found["items"].items().size(), 1u);
  EXPECT_EQ(found["items"].items()[0]["sku"].string(), "MIRROR");
  EXPECT_EQ(found["items"].items()[0]["open_orders"].integer(), 1);
}

TEST(Goods, PeopleOfOneStoreHearOfNoOther) {
  ApiWorldOptions options;
  options.stores = {"fern", "moss"};
  ApiWorld world(std::move(options));
  world.import_order(1, "fern");
  world.import_order(2, "moss");
  acknowledge(world, 2, R"({"line":1,"kind":"accepted","quantity":2})");
  const auto fern = world.person("one", {"operations"}, {"fern"});
  const auto ask = [&](const std::string& path) { return json_of(world.ask("GET", path, fern)); };
  const auto supplier = ask(lumen)["supplier"];
  EXPECT_EQ(supplier["open_purchase_orders"].integer(), 1);
  ASSERT_EQ(supplier["stores"].items().size(), 1u);
  EXPECT_EQ(supplier["stores"].items()[0].string(), "fern");
  const auto open = ask(std::string(lumen) + "/purchase-orders")["items"].items();
  ASSERT_EQ(open.size(), 1u);
  EXPECT_EQ(open[0]["channel"].string(), "fern");
  const auto measures = ask(std::string(lumen) + "/measures");
  EXPECT_EQ(measures["purchase_orders"].integer(), 1);
  EXPECT_EQ(measure(measures, "answer_median")["sample"].integer(), 0);
  EXPECT_EQ(world.get_json(std::string(lumen) + "/measures")["purchase_orders"].integer(), 2);
  EXPECT_EQ(ask("/api/v1/products/LAMP-W")["listings"].items().size(), 1u);
  EXPECT_EQ(ask("/api/v1/products")["items"].items().at(0)["open_orders"].integer(), 1);
  const auto birch = world.person("none", {"operations"}, {"birch"});
  EXPECT_EQ(world.ask("GET", "/api/v1/products/LAMP-W", birch).status, 404);
  const auto theirs = json_of(world.ask("GET", std::string(lumen) + "/offers", birch));
  EXPECT_TRUE(theirs["items"].items().empty());
}

TEST(Goods, SuppliersOfOtherStoresDoNotShowThrough) {
  ApiWorldOptions options;
  options.stores = {"fern", "moss"};
  options.lumen_serves = {"moss"};
  ApiWorld world(std::move(options));
  world.import_order(1, "fern");
  world.import_order(2, "moss");
  const auto ask = [&](const std::string& path, const std::string& store) {
    return world.ask("GET", path, world.person("of " + store, {"operations"}, {store}));
  };
  const auto row = [&](const std::string& store) {
    return json_of(ask("/api/v1/products?q=LAMP-W", store))["items"].items().at(0);
  };
  EXPECT_EQ(row("moss")["mapping"].string(), "one_supplier");
  EXPECT_EQ(row("fern")["mapping"].string(), "unmapped");
  EXPECT_TRUE(row("fern")["suppliers"].items().empty());
  EXPECT_TRUE(
      json_of(ask("/api/v1/products?mapping=one_supplier", "fern"))["items"].items().empty());
  EXPECT_EQ(json_of(ask("/api/v1/products/LAMP-W", "moss"))["mappings"].items().size(), 1u);
  EXPECT_TRUE(json_of(ask("/api/v1/products/LAMP-W", "fern"))["mappings"].items().empty());
  EXPECT_EQ(ask("/api/v1/connections/lumen", "moss").status, 200);
  EXPECT_EQ(ask("/api/v1/connections/lumen", "fern").status, 404);
  for (const auto* path : {"/api/v1/connections", "/api/v1/accounts"}) {
    const auto of_fern = ask(path, "fern");
    EXPECT_EQ(of_fern.status, 200) << path;
    EXPECT_EQ(of_fern.body.find("lumen"), std::string::npos) << of_fern.body;
    EXPECT_NE(ask(path, "moss").body.find("lumen"), std::string::npos) << path;
  }
}

}  // namespace
}  // namespace holdfast::api_tests
