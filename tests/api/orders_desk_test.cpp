// What an operator does by hand: places a purchase order, puts a number right, has a supplier
// written to again, reads a partner's message, maps an item.
#include <gtest/gtest.h>

#include "api/inbox.h"
#include "tests/api/world.h"

namespace holdfast::api_tests {
namespace {

Json json_of(const net::ServerResponse& response) {
  return parse_json(response.body).value_or(Json());
}

net::ServerResponse command(ApiWorld& world, const std::string& body, const std::string& key) {
  return world.post(world.order_path(1) + "/commands", body, key);
}

std::string document_path(ApiWorld& world) {
  return world.order_path(1) + "/purchase-orders/" + world.purchase(1)["po"].string() + "/document";
}

/// The step that waits for a person to place a purchase order; null when there is none.
Json placing(ApiWorld& world) {
  const auto order = world.get_json(world.order_path(1));
  for (const auto& step : order["next"].items()) {
    if (step["what"].string() == "place_at_supplier") return step;
  }
  return {};
}

TEST(PlacingByHand, IsAPersonsTaskUntilItIsSaidToBeThere) {
  ApiWorld world;
  world.import_order(1);
  const auto po = world.purchase(1);
  EXPECT_TRUE(po["by_hand"].boolean());
  EXPECT_FALSE(po["may_remind"].boolean()) << "nobody can be written to by a program";
  EXPECT_EQ(placing(world)["kind"].string(), "person");
  EXPECT_EQ(placing(world)["about"].string(), po["po"].string());
  const auto done = command(world,
                            R"({"command":"RecordPurchaseOrderReply","po":")" + po["po"].string() +
                                R"(","reply":"delivered","detail":"bought in the shop"})",
                            "r1");
  ASSERT_EQ(done.status, 200) << done.body;
  EXPECT_TRUE(placing(world).is_null());
}

TEST(PlacingByHand, TheDocumentHasEveryFieldAndTheAddressForWhoeverPlacesIt) {
  ApiWorld world;
  world.import_order(1);
  const auto buying = world.person("buyer", {"purchasing"});
  const auto document = json_of(world.ask("GET", document_path(world), buying));
  EXPECT_EQ(document["po"].string(), world.purchase(1)["po"].string());
  EXPECT_EQ(document["ship_to"]["name"].string(), "Example Buyer");
  ASSERT_EQ(document["lines"].items().size(), 1u);
  const auto& line = document["lines"].items()[0];
  EXPECT_EQ(line["supplier_sku"].string(), "GL-LAMP-W");
  EXPECT_EQ(line["quantity"].integer(), 2);
  EXPECT_EQ(line["declared_value"].string(), "78.00 EUR");
  EXPECT_NE(document["page_url"].string().find("/s/"), std::string::npos);
  EXPECT_EQ(world.ask("GET", document_path(world), world.person("paper", {"auditor"})).status, 403);
  EXPECT_EQ(world.get(world.order_path(1) + "/purchase-orders/HF-NONE/document").status, 404);
}

TEST(Corrections, AMistypedNumberIsPutRight) {
  ApiWorld world;
  world.import_order(1);
  const auto po = world.purchase(1)["po"].string();
  ASSERT_EQ(command(world,
                    R"({"command":"AnnounceParcel","po":")" + po +
                        R"(","carrier":"dhl","tracking":"LX12"})",
                    "a1")
                .status,
            200);
  const auto put_right = command(
      world,
      R"({"command":"CorrectTracking","parcel":1,"tracking":"LX21","reason":"two digits swapped"})",
      "c1");
  ASSERT_EQ(put_right.status, 200) << put_right.body;
  const auto order = world.get_json(world.order_path(1));
  const auto& parcel = order["parcels"].items()[0];
  EXPECT_EQ(parcel["tracking"].string(), "LX21");
  EXPECT_EQ(parcel["carrier"].string(), "dhl");
  EXPECT_EQ(parcel["retired"].items()[0].string(), "LX12");
  const auto found = world.get_json("/api/v1/orders?q=LX21");
  EXPECT_EQ(found["items"].items().size(), 1u) << "the right number leads to the order";
}

TEST(Reminders, ArePersonsWishesWithAReason) {
  ApiWorld world;
  world.import_order(1);
  const auto po = world.purchase(1)["po"].string();
  const auto start = R"({"command":"SendReminder","po":")" + po + R"(",)";
  EXPECT_EQ(command(world, start + R"("reason":""})", "s1").status, 422);
  const auto done = command(world, start + R"("reason":"their link has expired"})", "s2");
  ASSERT_EQ(done.status, 200) << done.body;
  EXPECT_EQ(json_of(done)["events"].items()[0]["name"].string(), "SupplierReminded");
}

class KeptMessage : public testing::Test {
 protected:
  KeptMessage() {
    world.import_order(7);
    deliver("w-1");
    const auto listed = world.get_json("/api/v1/inbox/not-understood");
    id = listed["items"].items()[0]["id"].string();
    path = "/api/v1/inbox/" + id;
  }
  void deliver(const char* webhook) {
    const std::string body =
        R"({"id":602244587123451,"email":"buyer@example.com","note":{"phone":442079460000,"tags":["vip"]}})";
    const ports::Headers headers{
        {"X-Shopify-Hmac-Sha256", base64(hmac_sha256("shared secret", body))},
        {"X-Shopify-Topic", "orders/never_heard_of"},
        {"X-Shopify-Shop-Domain", "fern.example"},
        {"X-Shopify-Webhook-Id", webhook},
        {"X-Shopify-API-Version", "2026-10"},
        {"Content-Type", "application/json"}};
    EXPECT_EQ(world.ask("POST", "/hooks/fern", headers, body).status, 200);
  }
  ApiWorld world;
  std::string id;
  std::string path;
};

TEST_F(KeptMessage, IsReadWholeByWhoMaySeeBuyers) {
  const auto message = world.get_json(path);
  EXPECT_NE(message["body"].string().find("buyer@example.com"), std::string::npos);
  EXPECT_FALSE(message["hidden"].boolean());
  EXPECT_EQ(message["message"]["topic"].string(), "orders/never_heard_of");
  EXPECT_EQ(world.get("/api/v1/inbox/msg_99").status, 404);
  EXPECT_EQ(world.ask("GET", path, world.person("paper", {"auditor"})).status, 403);
}

TEST_F(KeptMessage, IsNamedByItsCaseAndMoreOfItsTopicMakeNoMoreCases) {
  deliver("w-2");
  EXPECT_EQ(world.get_json("/api/v1/inbox/not-understood")["items"].items().size(), 2u);
  const auto cases = world.get_json("/api/v1/exceptions?reason=message_not_understood");
  ASSERT_EQ(cases["items"].items().size(), 1u) << to_text(cases);
  const auto& known = cases["items"].items()[0];
  EXPECT_EQ(known["about"].string(), "orders/never_heard_of");
  const auto named = "(message " + id + ")";
  EXPECT_NE(known["detail"].string().find(named), std::string::npos) << to_text(known);
}

TEST_F(KeptMessage, TellsNothingOfPeopleToOthers) {
  const auto message = json_of(world.ask("GET", path, world.person("plumber", {"systems"})));
  const auto& body = message["body"].string();
  EXPECT_TRUE(message["hidden"].boolean());
  EXPECT_NE(body.find("602244587123451"), std::string::npos) << body;
  for (const char* secret : {"buyer@example.com", "442079460000", "vip"}) {
    EXPECT_EQ(body.find(secret), std::string::npos) << body;
  }
}

TEST(MessagesOfAnOrder, AreThoseWhoseSubjectNamesIt) {
  const api::OrderNames order{"ord_1", {{"fern", "602244587123451"}}};
  const auto about = [&](const std::string& account, const std::string& subject) {
    ports::InboxRow row;
    row.account = account;
    row.subject = subject;
    return api::is_about(row, order);
  };
  EXPECT_TRUE(about("fern", "602244587123451"));
  EXPECT_FALSE(about("moss", "602244587123451")) << "another store's number";
  EXPECT_TRUE(about("lumen", "ord_7,ord_1")) << "a supplier's answer about two orders";
  EXPECT_FALSE(about("lumen", "ord_11"));
  EXPECT_FALSE(about("fern", ""));
}

TEST_F(KeptMessage, ThatNamesNoOrderStandsInNoOrdersList) {
  const std::string list = "/api/v1/inbox/not-understood?order=";
  EXPECT_TRUE(world.get_json(list + "ord_7")["items"].items().empty());
  EXPECT_EQ(world.get(list + "7").status, 422);
}

class StatedOffers : public testing::Test {
 protected:
  net::ServerResponse send(const std::string& csv, bool dry_run, const std::string& key,
                           ports::Headers headers) {
    headers.emplace_back("Content-Type", "text/csv");
    headers.emplace_back("Idempotency-Key", key);
    return world.ask("POST",
                     std::string("/api/v1/imports/offers?dry_run=") + (dry_run ? "true" : "false"),
                     std::move(headers), csv);
  }
  net::ServerResponse send(const std::string& csv, bool dry_run, const std::string& key) {
    return send(csv, dry_run, key, world.signed_in());
  }
  Json lamp() { return world.get_json("/api/v1/products/LAMP-W"); }
  ApiWorld world;
};

TEST_F(StatedOffers, AreTriedThenTakenAndCountAtOnce) {
  const std::string csv = "sku,supplier,supplier_sku,cost,stock\nLAMP-W,lumen,GL-2,15.10 EUR,7\n";
  ASSERT_EQ(lamp()["mappings"].items()[0]["supplier_sku"].string(), "GL-LAMP-W");
  EXPECT_EQ(json_of(send(csv, true, "o1"))["taken"].integer(), 1);
  EXPECT_EQ(lamp()["mappings"].items()[0]["supplier_sku"].string(), "GL-LAMP-W");
  const auto taken = send(csv, false, "o2");
  ASSERT_EQ(taken.status, 200) << taken.body;
  const auto after = lamp();
  EXPECT_EQ(after["mappings"].items()[0]["supplier_sku"].string(), "GL-2");
  ASSERT_EQ(after["mapping_changes"].items().size(), 1u);
  const auto& change = after["mapping_changes"].items()[0];
  EXPECT_EQ(change["before"].string(), "GL-LAMP-W");
  EXPECT_EQ(change["by"].string(), "admin");
  const auto audit = world.get_json("/api/v1/audit?deed=offers_stated");
  ASSERT_EQ(audit["items"].items().size(), 1u);
  EXPECT_EQ(audit["items"].items()[0]["about"].string(), "LAMP-W, lumen");
}

TEST_F(StatedOffers, OneWrongLineKeepsTheWholeFileOut) {
  const auto report = json_of(
      send("sku,supplier,cost\nLAMP-W,lumen,15.10 EUR\nLAMP-B,nobody,9\nLAMP-W,lumen,16.00 EUR\n",
           false, "o1"));
  EXPECT_EQ(report["taken"].integer(), 0);
  EXPECT_EQ(report["refused"].integer(), 3) << to_text(report);
  EXPECT_EQ(lamp()["mappings"].items()[0]["cost"].string(), "14.60 EUR");
  EXPECT_EQ(send("sku,supplier\n", true, "o2").status, 422);
}

TEST_F(StatedOffers, NobodyLetsAnItemActByItselfWithoutThePolicy) {
  world.import_order(1);
  const std::string csv = "sku,supplier,cost,mode\nLAMP-B,lumen,15.10 EUR,auto\n";
  const auto buying = world.person("buyer", {"purchasing"});
  const auto report = json_of(send(csv, true, "o1", buying));
  ASSERT_EQ(report["refused"].integer(), 1) << to_text(report);
  EXPECT_EQ(report["rows"].items()[0]["column"].string(), "mode");
  const std::string known = "sku,supplier,cost,mode\nLAMP-W,lumen,15.10 EUR,auto\n";
  EXPECT_EQ(json_of(send(known, true, "o2", buying))["taken"].integer(), 1) << "it does already";
  EXPECT_EQ(json_of(send(csv, true, "o3"))["taken"].integer(), 1) << "the owner may";
}

}  // namespace
}  // namespace holdfast::api_tests
