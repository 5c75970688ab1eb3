#include "peers/shop_face.h"

#include <set>

#include <gtest/gtest.h>

#include "base/hash.h"
#include "peers/world.h"

namespace holdfast::peers {
namespace {

constexpr Instant start{1'793'000'000'000};
constexpr const char* target = "http://127.0.0.1:9/hooks/shop";

class ShopFaceTest : public testing::Test {
 protected:
  ShopFaceTest() : world_(options()) {}

  static WorldOptions options() {
    WorldOptions options;
    options.start = start;
    options.shop.access_token = "shpat_test";
    options.shop.client_secret = "secret";
    options.shop.webhook_target = target;
    return options;
  }

  static ports::Inbound request(std::string path, std::string body, std::string token) {
    return {"POST",
            std::move(path),
            "",
            {{"X-Shopify-Access-Token", std::move(token)}},
            std::move(body),
            start};
  }

  Json ask(const std::string& document, Json variables = Json::Object{}) {
    Json body;
    body.set("query", document);
    body.set("variables", std::move(variables));
    const auto answer =
        world_.shop_face(request("/admin/api/2026-10/graphql.json", to_text(body), "shpat_test"));
    EXPECT_EQ(answer.response.status, 200);
    return *parse_json(answer.response.body);
  }

  Json order(const std::string& name, const std::string& fields) {
    Json variables;
    variables.set("id", gid("Order", world_.shop().named(name)->id));
    return ask("query Q($id: ID!) { order(id: $id) { " + fields + " } }", variables);
  }

  /// An order that the shop has divided and assessed.
  std::string routed() {
    const auto name = world_.place_order();
    world_.advance_to(world_.now() + minutes(1));
    return name;
  }

  Json part_of(const std::string& name) {
    const auto parts = order(name,
                             "fulfillmentOrders(first: 5) { nodes { id status "
                             "lineItems(first: 9) { nodes { id remainingQuantity } } } }");
    return parts.at_path("data.order.fulfillmentOrders.nodes").items().front();
  }

  Json fulfill(const Json& part, std::int64_t quantity) {
    Json line;
    line.set("id", part.at_path("lineItems.nodes").items().front()["id"]);
    line.set("quantity", quantity);
    Json group;
    group.set("fulfillmentOrderId", part["id"]);
    group.set("fulfillmentOrderLineItems", Json::Array{line});
    Json input;
    input.set("lineItemsByFulfillmentOrder", Json::Array{group});
    Json variables;
    variables.set("f", input);
    return ask(
        "mutation M($f: FulfillmentInput!) { fulfillmentCreate(fulfillment: $f) { "
        "fulfillment { id status } userErrors { field message } } }",
        variables);
  }

  static std::string refusal(const Json& answer, const char* mutation) {
    const auto& errors = answer["data"][mutation]["userErrors"].items();
    return errors.empty() ? "" : errors.front()["message"].string();
  }

  World world_;
};

TEST_F(ShopFaceTest, answers_in_the_shape_asked_for) {
  const auto name = routed();
  const auto answer = order(name,
                            "number: name total: totalPriceSet { ...M } lineItems(first: 1) { "
                            "pageInfo { hasNextPage } nodes { sku } } }"
                            " } fragment M on MoneyBag { shopMoney { amount");
  const auto& got = answer.at_path("data.order");
  EXPECT_EQ(got["number"].string(), name) << to_text(answer);
  EXPECT_FALSE(got.at_path("total.shopMoney.amount").string().empty());
  EXPECT_EQ(got.at_path("lineItems.nodes").items().size(), 1U);
  EXPECT_EQ(got.members().size(), 3U);
  EXPECT_TRUE(answer.at_path("extensions.cost.throttleStatus.maximumAvailable").is_integer());
}

TEST_F(ShopFaceTest, pages_through_a_list_that_changes_meanwhile) {
  std::vector<std::string> names;
  for (int i = 0; i < 5; ++i) {
    names.push_back(world_.place_order());
    world_.advance_to(world_.now() + minutes(1));
  }
  Json after;
  std::set<std::string> seen;
  for (int page = 0; page < 5; ++page) {
    Json variables;
    variables.set("after", after);
    const auto answer =
        ask("query($after: String) { orders(first: 2, after: $after, sortKey: UPDATED_AT, query: "
            "\"updated_at:>='2020-01-01T00:00:00Z'\") "
            "{ pageInfo { hasNextPage endCursor } nodes { id name } } }",
            variables);
    const auto& orders = answer.at_path("data.orders");
    for (const auto& node : orders["nodes"].items()) seen.insert(node["name"].string());
    after = orders.at_path("pageInfo.endCursor");
    // The first of the list becomes its last: nobody behind it may slip by.
    if (page == 0) EXPECT_TRUE(world_.shop().cancel(names.front(), "OTHER"));
    if (!orders.at_path("pageInfo.hasNextPage").boolean()) break;
  }
  EXPECT_EQ(seen.size(), 5U);
}

TEST_F(ShopFaceTest, refuses_a_wrong_token_and_gives_one_for_client_credentials) {
  const auto wrong = world_.shop_face(request("/admin/api/2026-10/graphql.json", "{}", "x"));
  EXPECT_EQ(wrong.response.status, 401);
  const auto refused = world_.shop_face(
      request("/admin/oauth/access_token",
              "grant_type=client_credentials&client_id=demo-app&client_secret=no", ""));
  EXPECT_EQ(refused.response.status, 400);
  const auto given = world_.shop_face(
      request("/admin/oauth/access_token",
              "grant_type=client_credentials&client_id=demo-app&client_secret=secret", ""));
  const auto token = (*parse_json(given.response.body))["access_token"].string();
  const std::string body = R"({"query":"{ shop { name } }"})";
  const auto asked = world_.shop_face(request("/admin/api/2026-10/graphql.json", body, token));
  EXPECT_EQ(asked.response.status, 200);
  world_.advance_to(start + days(2));
  const auto late = world_.shop_face(request("/admin/api/2026-10/graphql.json", body, token));
  EXPECT_EQ(late.response.status, 401);
}

TEST_F(ShopFaceTest, refuses_what_shopify_refuses) {
  const auto name = routed();
  const auto part = part_of(name);
  EXPECT_EQ(refusal(fulfill(part, 0), "fulfillmentCreate"), "Quantity must be greater than 0");
  EXPECT_EQ(refusal(fulfill(part, 99), "fulfillmentCreate"),
            "Invalid fulfillment order line item quantity requested.");
  auto unknown = part;
  unknown.set("id", gid("FulfillmentOrder", 5));
  EXPECT_EQ(refusal(fulfill(unknown, 1), "fulfillmentCreate"), "Fulfillment order does not exist.");
  unknown.set("id", gid("FulfillmentOrder", 0));
  EXPECT_EQ(fulfill(unknown, 1)["errors"].items().front().at_path("extensions.code").string(),
            "RESOURCE_NOT_FOUND");
}

TEST_F(ShopFaceTest, ships_a_partial_fulfillment_twice_when_asked_twice) {
  ASSERT_TRUE(world_.plan({{"#1001", "refund_one_piece"}}));  // its first line has two pieces
  const auto name = routed();
  const auto part = part_of(name);
  EXPECT_EQ(refusal(fulfill(part, 1), "fulfillmentCreate"), "");
  EXPECT_EQ(refusal(fulfill(part, 1), "fulfillmentCreate"), "");
  EXPECT_EQ(world_.shop().named(name)->shipments.size(), 2U);
  EXPECT_NE(refusal(fulfill(part, 1), "fulfillmentCreate"), "");
}

TEST_F(ShopFaceTest, keeps_one_hold_per_handle) {
  const auto name = routed();
  Json variables;
  variables.set("id", part_of(name)["id"]);
  const std::string document =
      "mutation M($id: ID!) { fulfillmentOrderHold(id: $id, fulfillmentHold: {reason: OTHER, "
      "handle: "
      "\"holdfast\"}) { fulfillmentHold { id handle } fulfillmentOrder { status } userErrors { "
      "code } } }";
  const auto first = ask(document, variables);
  EXPECT_EQ(first.at_path("data.fulfillmentOrderHold.fulfillmentOrder.status").string(), "ON_HOLD");
  const auto again = ask(document, variables);
  EXPECT_EQ(again.at_path("data.fulfillmentOrderHold.userErrors").items().front()["code"].string(),
            "DUPLICATE_FULFILLMENT_HOLD_HANDLE");
  EXPECT_NE(refusal(fulfill(part_of(name), 1), "fulfillmentCreate").find("status= on_hold"),
            std::string::npos);
  variables.set("holds",
                Json::Array{first.at_path("data.fulfillmentOrderHold.fulfillmentHold.id")});
  ask("mutation M($id: ID!, $holds: [ID!]!) { fulfillmentOrderReleaseHold(id: $id, holdIds: "
      "$holds) { "
      "userErrors { code } } }",
      variables);
  EXPECT_EQ(part_of(name)["status"].string(), "OPEN");
}

TEST_F(ShopFaceTest, moves_parts_and_takes_fulfillments_back) {
  const auto name = routed();
  const auto part = part_of(name);
  Json variables;
  variables.set("id", part["id"]);
  variables.set("to", gid("Location", second_location));
  const std::string move =
      "mutation M($id: ID!, $to: ID!) { fulfillmentOrderMove(id: $id, newLocationId: $to) { "
      "movedFulfillmentOrder { id } remainingFulfillmentOrder { id } userErrors { message } } }";
  const auto moved = ask(move, variables).at_path("data.fulfillmentOrderMove");
  EXPECT_TRUE(moved["remainingFulfillmentOrder"].is_null());
  EXPECT_NE(refusal(ask(move, variables), "fulfillmentOrderMove"), "");
  EXPECT_NE(refusal(fulfill(part, 1), "fulfillmentCreate"), "");
  const auto& order = *world_.shop().named(name);
  auto there = part;
  there.set("id", moved.at_path("movedFulfillmentOrder.id"));
  Json line;
  line.set("id", gid("FulfillmentOrderLineItem", order.parts.back().lines.front().id));
  Json lines;
  lines.set("nodes", Json::Array{line});
  there.set("lineItems", lines);
  const auto made = fulfill(there, 1);
  variables.set("id", made.at_path("data.fulfillmentCreate.fulfillment.id"));
  const auto parts_before = order.parts.size();
  const std::string cancel =
      "mutation M($id: ID!) { fulfillmentCancel(id: $id) { fulfillment { status } "
      "userErrors { message } } }";
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(ask(cancel, variables).at_path("data.fulfillmentCancel.fulfillment.status").string(),
              "CANCELLED");
  }
  EXPECT_EQ(order.parts.size(), parts_before + 1);
}

TEST_F(ShopFaceTest, cancels_an_order_a_little_later) {
  const auto name = routed();
  Json variables;
  variables.set("id", gid("Order", world_.shop().named(name)->id));
  const auto answer =
      ask("mutation M($id: ID!) { orderCancel(orderId: $id, reason: CUSTOMER, restock: "
          "true) { job { id done } orderCancelUserErrors { message } } }",
          variables);
  EXPECT_FALSE(answer.at_path("data.orderCancel.job.done").boolean());
  EXPECT_TRUE(order(name, "cancelledAt").at_path("data.order.cancelledAt").is_null());
  world_.advance_to(world_.now() + minutes(1));
  const auto after = order(name,
                           "cancelledAt displayFinancialStatus lineItems(first: 9) { nodes { "
                           "currentQuantity } }")
                         .at_path("data.order");
  EXPECT_TRUE(after["cancelledAt"].is_string());
  EXPECT_EQ(after["displayFinancialStatus"].string(), "REFUNDED");
  EXPECT_EQ(after.at_path("lineItems.nodes").items().front()["currentQuantity"].integer(), 0);
}

TEST_F(ShopFaceTest, signs_its_webhooks_and_repeats_what_was_not_taken) {
  world_.place_order();
  auto post = world_.take_post();
  ASSERT_FALSE(post.empty());
  const auto& first = post.front().request;
  EXPECT_EQ(first.url, target);
  EXPECT_EQ(ports::header(first.headers, "X-Shopify-Topic"), "orders/create");
  EXPECT_EQ(ports::header(first.headers, "X-Shopify-Hmac-Sha256"),
            base64(hmac_sha256("secret", first.body)));
  const std::string id(ports::header(first.headers, "X-Shopify-Webhook-Id"));
  world_.answered(post.front().number, ports::HttpResponse{503, {}, ""});
  for (std::size_t i = 1; i < post.size(); ++i) {
    world_.answered(post[i].number, ports::HttpResponse{200, {}, ""});
  }
  world_.advance_to(start + minutes(2));
  const auto later = world_.take_post();
  const auto same = [&](const Outgoing& one) {
    return ports::header(one.request.headers, "X-Shopify-Webhook-Id") == id;
  };
  EXPECT_EQ(std::count_if(later.begin(), later.end(), same), 1);
}

TEST_F(ShopFaceTest, says_throttled_three_times_about_a_throttled_order) {
  ASSERT_TRUE(world_.plan({{"#1001", "throttled"}}));
  const auto name = routed();
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(order(name, "id")["errors"].items().front().at_path("extensions.code").string(),
              "THROTTLED");
  }
  EXPECT_TRUE(order(name, "id").at_path("data.order.id").is_string());
}

TEST_F(ShopFaceTest, names_a_field_it_does_not_keep) {
  const auto name = routed();
  EXPECT_NE(to_text(order(name, "id poNumber")["errors"]).find("poNumber"), std::string::npos);
  EXPECT_EQ(ask("query {")["errors"].items().front().at_path("extensions.code").string(),
            "parseError");
}

}  // namespace
}  // namespace holdfast::peers
