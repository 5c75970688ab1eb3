#include <algorithm>

#include <gtest/gtest.h>

#include "tests/api/world.h"

namespace holdfast::api_tests {
namespace {

TEST(Hooks, AnswerByWhatTheDeliveryProves) {
  ApiWorld world;
  EXPECT_EQ(world.ask("POST", "/hooks/nobody", {}, "{}").status, 404);
  EXPECT_EQ(world.ask("POST", "/hooks/fern", {}, "{}").status, 401);
  const std::string body = R"({"id":6022445871234567890})";
  ports::Headers headers{{"X-Shopify-Hmac-Sha256", base64(hmac_sha256("shared secret", body))},
                         {"X-Shopify-Topic", "orders/never_heard_of"},
                         {"X-Shopify-Shop-Domain", "fern.example"},
                         {"X-Shopify-Webhook-Id", "w-1"},
                         {"X-Shopify-API-Version", "2026-10"}};
  // Authentic, though nobody knows the topic: kept, so that nothing is lost.
  EXPECT_EQ(world.ask("POST", "/hooks/fern", headers, body).status, 200);
  EXPECT_EQ(world.get_json("/api/v1/inbox/not-understood")["items"].items().size(), 1u);
  auto doubled = headers;
  doubled.push_back(headers.front());
  EXPECT_EQ(world.ask("POST", "/hooks/fern", doubled, body).status, 401);
  const auto metrics = world.ask("GET", "/metrics").body;
  EXPECT_NE(metrics.find("holdfast_deliveries_total{result=\"accepted\"} 1"), std::string::npos);
  EXPECT_NE(metrics.find("holdfast_orders_total"), std::string::npos);
}

TEST(Console, UnknownPathsAreThePageWithStrictHeaders) {
  ApiWorld world;
  const auto page = world.ask("GET", "/orders/ord_1");
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(ports::header(page.headers, "Content-Security-Policy").find("frame-ancestors 'none'"),
            std::string_view::npos);
  EXPECT_EQ(world.ask("GET", "/api/v2/orders").status, 404);
  EXPECT_EQ(world.ask("GET", "/assets/none.js").status, 404);
  EXPECT_EQ(world.ask("GET", "/healthz").status, 200);
  EXPECT_EQ(world.ask("GET", "/readyz").status, 200);
  const auto contract = parse_json(world.ask("GET", "/api/v1/openapi.json").body);
  ASSERT_TRUE(contract.has_value());
  EXPECT_EQ((*contract)["openapi"].string(), "3.1.0");
}

TEST(Console, FilesGoPackedToWhoeverTakesThat) {
  ApiWorldOptions options;
  options.more = [](api::ApiOptions& wishes) {
    wishes.asset = [](std::string_view path) -> std::optional<api::Asset> {
      if (path == "/assets/a.js") return api::Asset{"plain script", "text/javascript"};
      if (path == "/assets/a.js.gz") return api::Asset{"packed", "application/octet-stream"};
      if (path == "/assets/b.svg") return api::Asset{"<svg/>", "image/svg+xml"};
      return std::nullopt;
    };
  };
  ApiWorld world(std::move(options));
  const auto ask = [&](const std::string& path, const std::string& accepted) {
    auto answer = world.ask("GET", path, {{"Accept-Encoding", accepted}});
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(ports::header(answer.headers, "Vary"), "Accept-Encoding");
    return std::pair(answer.body, std::string(ports::header(answer.headers, "Content-Encoding")));
  };
  using Sent = std::pair<std::string, std::string>;
  EXPECT_EQ(ask("/assets/a.js", "gzip, deflate, br"), Sent("packed", "gzip"));
  EXPECT_EQ(ask("/assets/a.js", "br, gzip;q=0.5"), Sent("packed", "gzip"));
  EXPECT_EQ(ask("/assets/a.js", "br, gzip;q=0"), Sent("plain script", ""));
  EXPECT_EQ(ask("/assets/a.js", "identity"), Sent("plain script", ""));
  EXPECT_EQ(ask("/assets/b.svg", "gzip"), Sent("<svg/>", "")) << "too small to be packed";
  const auto packed = world.ask("GET", "/assets/a.js", {{"Accept-Encoding", "gzip"}});
  EXPECT_EQ(ports::header(packed.headers, "Content-Type"), "text/javascript");
}

TEST(Health, EverythingTheContractNamesIsThere) {
  ApiWorld world;
  world.import_order(1);
  const auto health = world.get_json("/api/v1/health");
  EXPECT_TRUE(health["store"]["writable"].boolean());
  EXPECT_EQ(health["store"]["orders"].integer(), 1);
  for (const char* path : {"/api/v1/metrics/summary", "/api/v1/policy", "/api/v1/owners",
                           "/api/v1/accounts", "/api/v1/station/tasks", "/api/v1/users"}) {
    EXPECT_EQ(world.get(path).status, 200) << path;
  }
}

TEST(BuyerPage, TellsInPlainWordsWithoutScripts) {
  ApiWorld world;
  world.import_order(1);
  world.put_link("order", "1", 1, "buyer-token", days(1));
  const auto page = world.ask("GET", "/t/buyer-token");
  ASSERT_EQ(page.status, 200);
  EXPECT_LT(page.body.size(), 40'000u);
  EXPECT_EQ(page.body.find("<script"), std::string::npos);
  EXPECT_EQ(page.body.find("Example Buyer"), std::string::npos);
  EXPECT_NE(page.body.find("No parcel has left yet"), std::string::npos);
  EXPECT_NE(world.ask("GET", "/t/buyer-token?lang=de").body.find("lang=\"de\""), std::string::npos);
  EXPECT_EQ(world.ask("GET", "/t/other").status, 404);
  world.clock.pass(days(2));
  EXPECT_EQ(world.ask("GET", "/t/buyer-token").status, 404);
}

class SupplierPage : public testing::Test {
 protected:
  SupplierPage() {
    world.import_order(1);
    po = world.purchase(1)["po"].string();
    world.put_link("po", po, 1, "supplier-token", days(1));
  }
  net::ServerResponse send(const std::string& action, const std::string& form) {
    return world.ask("POST", "/s/supplier-token/" + action,
                     {{"Content-Type", "application/x-www-form-urlencoded"}}, form);
  }
  ApiWorld world;
  std::string po;
};

TEST_F(SupplierPage, OpeningChangesNothing) {
  ASSERT_FALSE(po.empty());
  const auto before = world.get_json(world.order_path(1))["version"].integer();
  const auto page = world.ask("GET", "/s/supplier-token");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(ports::header(page.headers, "Referrer-Policy"), "no-referrer");
  EXPECT_EQ(page.body.find("Example Street"), std::string::npos);
  EXPECT_NE(world.ask("GET", "/s/supplier-token?lang=zh-Hans").body.find("采购订单"),
            std::string::npos);
  EXPECT_EQ(world.get_json(world.order_path(1))["version"].integer(), before);
}

TEST_F(SupplierPage, AnAnswerIsAttestedPerLine) {
  const auto answered =
      send("answer", "line_1_answer=accept&line_1_ready=2026-03-06&supplier_ref=SL-1");
  EXPECT_EQ(answered.status, 303) << answered.body;
  const auto purchase = world.purchase(1);
  EXPECT_EQ(purchase["ack_strength"].string(), "attested");
  EXPECT_EQ(purchase["supplier_ref"].string(), "SL-1");
  EXPECT_EQ(purchase["lines"].items()[0]["answer"]["quantity"].integer(), 2);
  EXPECT_EQ(send("answer", "line_1_answer=change&line_1_quantity=9").status, 422);
  EXPECT_EQ(send("answer", "").status, 422);
}

TEST_F(SupplierPage, AnotherItemIsDescribedForWhoDecides) {
  EXPECT_NE(world.get("/s/supplier-token").body.find("line_1_difference"), std::string::npos);
  EXPECT_EQ(send("answer",
                 "line_1_answer=change&line_1_substitute=GL-LAMP-EU&"
                 "line_1_difference=The+same+lamp+with+an+EU+plug")
                .status,
            303);
  Json known;
  const auto listed = world.get_json("/api/v1/exceptions");
  for (const auto& item : listed["items"].items()) {
    if (item["reason"].string() == "substitution") known = item;
  }
  ASSERT_FALSE(known.is_null());
  const auto detail =
      world.get_json("/api/v1/exceptions/ord_1/" + std::to_string(known["number"].integer()));
  const auto& offered = detail["comparison"]["offered"];
  EXPECT_EQ(offered["supplier_sku"].string(), "GL-LAMP-EU");
  EXPECT_EQ(offered["note"].string(), "The same lamp with an EU plug");
  EXPECT_EQ(offered["title"].string(), "");
}

TEST_F(SupplierPage, AnotherItemNeverPassesAsTheOneAskedFor) {
  const auto sku = world.purchase(1)["lines"].items()[0]["supplier_sku"].string();
  ASSERT_FALSE(sku.empty());
  for (const auto& form :
       {std::string("line_1_answer=accept&line_1_substitute=GL-LAMP-EU"),
        std::string("line_1_answer=accept&line_1_difference=an+EU+plug"),
        std::string("line_1_answer=change&line_1_difference=an+EU+plug"),
        "line_1_answer=change&line_1_difference=an+EU+plug&line_1_substitute=" + sku}) {
    EXPECT_EQ(send("answer", form).status, 422) << form;
  }
  EXPECT_TRUE(world.purchase(1)["lines"].items()[0]["answer"].is_null());
}

TEST_F(SupplierPage, AParcelIsAnnouncedNotShipped) {
  EXPECT_EQ(send("read", "").status, 303);
  EXPECT_EQ(send("answer", "line_1_answer=accept").status, 303);
  EXPECT_EQ(send("parcel", "carrier=Royal+Mail&tracking=LX410299871GB").status, 303);
  const auto order = world.get_json(world.order_path(1));
  ASSERT_EQ(order["parcels"].items().size(), 1u);
  EXPECT_EQ(order["parcels"].items()[0]["strength"].string(), "attested");
  EXPECT_EQ(order["parcels"].items()[0]["accepted_event"].integer(), 0);
}

TEST_F(SupplierPage, APhotoOfACheckIsKeptUnderItsHash) {
  const std::string picture = std::string("\xFF\xD8\xFF", 3) + "a picture";
  const auto field = [](const std::string& name, const std::string& value) {
    return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
  };
  const auto form = [&](const std::string& bytes) {
    return field("check", "inspection") + field("statement", "looked at") +
           "--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"x\"\r\n\r\n" + bytes +
           "\r\n--b--\r\n";
  };
  const auto send_photo = [&](const std::string& bytes) {
    return world.ask("POST", "/s/supplier-token/check",
                     {{"Content-Type", "multipart/form-data; boundary=b"}}, form(bytes));
  };
  EXPECT_EQ(send_photo("<svg/>").status, 422);
  EXPECT_EQ(send_photo(picture + std::string(10u << 20, 'x')).status, 422);
  const auto sent = send_photo(picture);
  ASSERT_EQ(sent.status, 303) << sent.body;
  const auto said = world.purchase(1)["attested"].items().at(0);
  EXPECT_EQ(said["photo"].string(), hex(sha256(picture)));
  EXPECT_EQ(said["actor"].string().substr(0, 9), "supplier:");
  EXPECT_EQ(world.get("/api/v1/photos/" + hex(sha256(picture))).body, picture);
  // A hash that is only claimed is no photo.
  const auto before = world.purchase(1)["attested"].items().size();
  EXPECT_EQ(send("check", "check=packing&photo=" + hex(sha256("none"))).status, 422);
  EXPECT_EQ(world.purchase(1)["attested"].items().size(), before);
}

TEST_F(SupplierPage, AnExpiredLinkOffersANewOne) {
  world.clock.pass(days(2));
  EXPECT_EQ(world.ask("GET", "/s/supplier-token").status, 410);
  EXPECT_EQ(send("answer", "line_1_answer=accept").status, 410);
  EXPECT_EQ(send("renew", "").status, 200);
  const auto rows = world.store->exceptions_of({TenantId{1}, ports::StreamKind::Order, 1}).value();
  const bool asked = std::ranges::any_of(rows, [&](const ports::ExceptionRow& row) {
    return row.reason == ReasonCode::SupplierSilent && row.about == po;
  });
  EXPECT_TRUE(asked);
}

}  // namespace
}  // namespace holdfast::api_tests
