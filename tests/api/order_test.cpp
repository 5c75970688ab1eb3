#include <gtest/gtest.h>

#include "tests/api/world.h"

namespace holdfast::api_tests {
namespace {

Json json_of(const net::ServerResponse& response) {
  return parse_json(response.body).value_or(Json());
}

TEST(Orders, PagesGoOnAtTheCursor) {
  ApiWorld world;
  for (std::int64_t id = 1; id <= 5; ++id) world.import_order(id);
  const auto first = world.get_json("/api/v1/orders?limit=2");
  ASSERT_EQ(first["items"].items().size(), 2u);
  EXPECT_EQ(first["items"].items()[0]["store_number"].string(), "#1005");
  const auto second =
      world.get_json("/api/v1/orders?limit=2&cursor=" + first["next_cursor"].string());
  EXPECT_EQ(second["items"].items()[0]["store_number"].string(), "#1003");
  const auto last =
      world.get_json("/api/v1/orders?limit=2&cursor=" + second["next_cursor"].string());
  EXPECT_EQ(last["items"].items().size(), 1u);
  EXPECT_TRUE(last["next_cursor"].is_null());
  EXPECT_EQ(world.get("/api/v1/orders?limit=0").status, 422);
  EXPECT_EQ(world.get("/api/v1/orders?cursor=other").status, 422);
}

TEST(Orders, AreFoundByNumberWordAndBuyer) {
  ApiWorld world;
  world.import_order(1);
  world.import_order(2);
  for (const char* q : {"%231001", "1001"}) {
    const auto found = world.get_json(std::string("/api/v1/orders?q=") + q);
    ASSERT_EQ(found["items"].items().size(), 1u) << q;
    EXPECT_EQ(found["items"].items()[0]["id"].string(), "ord_1");
  }
  for (const char* q : {"lamp", "buyer", "Buyer%40example.com"}) {
    EXPECT_EQ(world.get_json(std::string("/api/v1/orders?q=") + q)["items"].items().size(), 2u)
        << q;
  }
  EXPECT_TRUE(world.get_json("/api/v1/orders?q=nothing")["items"].items().empty());
}

TEST(Orders, TheNumberMeantStandsAboveNewerOnesThatBeginWithIt) {
  ApiWorld world;
  world.import_order(1);
  for (std::int64_t id = 9010; id <= 9013; ++id) world.import_order(id);
  std::string path = "/api/v1/orders?q=%231001&limit=2", seen;
  for (int page = 0; page < 3; ++page) {
    const auto found = world.get_json(path);
    for (const auto& row : found["items"].items()) seen += row["store_number"].string() + " ";
    seen += found["next_cursor"].is_null() ? "." : "| ";
    path = "/api/v1/orders?q=%231001&limit=2&cursor=" + found["next_cursor"].string();
  }
  EXPECT_EQ(seen, "#1001 #10013 | #10012 #10011 | #10010 .");
}

TEST(Orders, TheDetailHoldsEverythingTheContractNames) {
  ApiWorld world;
  world.import_order(1);
  const auto order = world.get_json(world.order_path(1));
  for (const char* name : {"id", "version", "stage", "held", "destination", "buyer", "payment",
                           "risk", "promises", "lines", "gates", "holds", "purchase_orders",
                           "parcels", "messages", "questions", "exceptions", "notes", "next"}) {
    EXPECT_NE(order.find(name), nullptr) << name;
  }
  EXPECT_EQ(order["buyer"]["email"].string(), "buyer@example.com");
  EXPECT_EQ(order["lines"].items()[0]["price"].string(), "39.00 EUR");
  EXPECT_EQ(world.get("/api/v1/orders/ord_zz").status, 404);
  const auto events = world.get_json(world.order_path(1) + "/events?limit=1");
  EXPECT_EQ(events["items"].items()[0]["event"].integer(), order["version"].integer());
  EXPECT_FALSE(events["next_cursor"].is_null());
  EXPECT_EQ(world.get(world.order_path(1) + "/routing").status, 200);
}

TEST(Commands, TheActorIsTheSessionsUser) {
  ApiWorld world;
  world.import_order(1);
  const auto path = world.order_path(1) + "/commands";
  const auto done = world.post(path, R"({"command":"AddNote","text":"Called the buyer."})", "n1");
  ASSERT_EQ(done.status, 200) << done.body;
  EXPECT_EQ(json_of(done)["events"].items()[0]["name"].string(), "NoteAdded");
  const auto order = world.get_json(world.order_path(1));
  EXPECT_EQ(order["notes"].items()[0]["actor"].string(), "admin");
  const auto forged =
      world.post(path, R"({"command":"AddNote","text":"x","actor":"somebody"})", "n2");
  EXPECT_EQ(forged.status, 422);
  EXPECT_EQ(json_of(forged)["field"].string(), "actor");
}

TEST(Commands, UnknownFieldsAndStrongerClaimsAreRefused) {
  ApiWorld world;
  world.import_order(1);
  const auto path = world.order_path(1) + "/commands";
  const auto misspelt = world.post(path, R"({"command":"AddNote","txt":"x"})", "m1");
  EXPECT_EQ(misspelt.status, 422);
  EXPECT_EQ(json_of(misspelt)["hint"].string(), "did you mean text?");
  EXPECT_EQ(json_of(misspelt)["code"].string(), "invalid");
  const auto strong = world.post(
      path,
      R"({"command":"AnnounceParcel","po":"x","carrier":"c","tracking":"t","strength":"observed"})",
      "m2");
  EXPECT_EQ(strong.status, 422);
  EXPECT_EQ(json_of(strong)["field"].string(), "strength");
  EXPECT_EQ(world.post(path, R"({"command":"ObserveOrder"})", "m3").status, 422);
  EXPECT_EQ(world.post(path, "{", "m4").status, 400);
  EXPECT_EQ(
      world.post("/api/v1/orders/ord_zz/commands", R"({"command":"AddNote","text":"x"})", "m5")
          .status,
      404);
}

TEST(Commands, TheSameKeyGivesTheFirstAnswerAgain) {
  ApiWorld world;
  world.import_order(1);
  const auto path = world.order_path(1) + "/commands";
  const std::string body = R"({"command":"AddNote","text":"once"})";
  const auto first = world.post(path, body, "same");
  const auto again = world.post(path, body, "same");
  EXPECT_EQ(first.body, again.body);
  EXPECT_EQ(world.get_json(world.order_path(1))["notes"].items().size(), 1u);
  const auto other = world.post(path, R"({"command":"AddNote","text":"twice"})", "same");
  EXPECT_EQ(other.status, 422);
  EXPECT_EQ(json_of(other)["code"].string(), "idempotency_key_reused");
  world.clock.pass(hours(11));
  EXPECT_EQ(world.ask("POST", path, with_json(world.signed_in()), body).status, 400);
}

TEST(Exceptions, AreListedAssignedAndResolved) {
  ApiWorld world;
  world.import_order(1);
  const auto raised = world.post(
      world.order_path(1) + "/commands",
      R"({"command":"RaiseException","reason":"packing_issue","about":"","detail":"A torn box."})",
      "r1");
  ASSERT_EQ(raised.status, 200) << raised.body;
  const auto list = world.get_json("/api/v1/exceptions?reason=packing_issue");
  ASSERT_EQ(list["items"].items().size(), 1u);
  const auto& known = list["items"].items()[0];
  EXPECT_EQ(known["order"].string(), "ord_1");
  EXPECT_FALSE(known["owner"].string().empty());
  const auto path = "/api/v1/exceptions/" + known["stream"].string() + "/" +
                    std::to_string(known["number"].integer());
  EXPECT_EQ(world.get_json(path)["exception"]["detail"].string(), "A torn box.");
  EXPECT_EQ(world.post(path + "/assign", R"({"owner":"admin"})", "r2").status, 200);
  EXPECT_EQ(world.get_json("/api/v1/exceptions/counts")["mine"].integer(), 1);
  const auto resolved = world.post(
      path + "/resolve",
      R"({"verb":"repack","note":"New box.","root_cause":"own_error","rule_change":false})", "r3");
  EXPECT_EQ(resolved.status, 200) << resolved.body;
  EXPECT_TRUE(world.get_json("/api/v1/exceptions?reason=packing_issue")["items"].items().empty());
  EXPECT_EQ(world.post(path + "/resolve", R"({"verb":"x"})", "r4").status, 422);
  EXPECT_EQ(world.get("/api/v1/exceptions/ord_1/99").status, 404);
}

}  // namespace
}  // namespace holdfast::api_tests
