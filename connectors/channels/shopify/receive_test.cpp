// What cases/ do not reach: forged, doubled and misspelt signatures, and deliveries of other sizes.

#include <gtest/gtest.h>

#include "base/hash.h"
#include "base/text.h"
#include "connectors/channels/shopify/shopify.h"

namespace holdfast::connectors {
namespace {

constexpr const char* body_text = R"({"id":820982911946154508,"line_items":[]})";

ports::Account account() {
  ports::Account out;
  out.id = "shop";
  out.settings = {{"shop", "test.myshopify.com"}, {"api_version", "2026-10"}};
  out.secrets = {{"client_secret", "new-secret"}, {"client_secret_previous", "old-secret"}};
  return out;
}

std::string sign(const std::string& secret, const std::string& body) {
  return base64(hmac_sha256(secret, body));
}

ports::Inbound inbound(const std::string& signature, const std::string& body = body_text) {
  ports::Inbound out;
  out.method = "POST";
  out.body = body;
  out.headers = {{"X-Shopify-Hmac-Sha256", signature},
                 {"X-Shopify-Topic", "orders/paid"},
                 {"X-Shopify-Shop-Domain", "test.myshopify.com"},
                 {"X-Shopify-API-Version", "2026-10"},
                 {"X-Shopify-Webhook-Id", "w-1"},
                 {"X-Shopify-Event-Id", "e-1"}};
  return out;
}

ErrorCode code_of(const ports::Account& to, const ports::Inbound& message) {
  const auto delivery = shopify_channel.receive(to, message);
  return delivery ? ErrorCode::Internal : delivery.error().code;
}

TEST(ShopifyReceive, TakesBothSecretsWhileTheyRotate) {
  EXPECT_TRUE(shopify_channel.receive(account(), inbound(sign("new-secret", body_text))));
  EXPECT_TRUE(shopify_channel.receive(account(), inbound(sign("old-secret", body_text))));
}

TEST(ShopifyReceive, RefusesTheOldSecretWhenTheRotationIsOver) {
  auto after = account();
  after.secrets.erase("client_secret_previous");
  EXPECT_EQ(code_of(after, inbound(sign("old-secret", body_text))), ErrorCode::Unauthentic);
  after.secrets["client_secret_previous"] = "";
  EXPECT_EQ(code_of(after, inbound(sign("old-secret", body_text))), ErrorCode::Unauthentic);
}

TEST(ShopifyReceive, AnEmptySecretSignsNothing) {
  auto bare = account();
  bare.secrets.clear();
  EXPECT_EQ(code_of(bare, inbound(sign("", body_text))), ErrorCode::Unauthentic);
}

TEST(ShopifyReceive, RefusesSignaturesThatAreNearlyRight) {
  const auto good = sign("new-secret", body_text);
  const std::string hexadecimal = hex(hmac_sha256("new-secret", body_text));
  for (const auto& signature : {std::string(), upper(good), lower(good), good + "=", good + " ",
                                good.substr(0, good.size() - 1), " " + good, hexadecimal,
                                good + "," + good, sign("new-secret", "")}) {
    EXPECT_EQ(code_of(account(), inbound(signature)), ErrorCode::Unauthentic) << signature;
  }
}

TEST(ShopifyReceive, RefusesAnyChangedByte) {
  const auto good = sign("new-secret", body_text);
  for (std::size_t i = 0; i < std::string(body_text).size(); ++i) {
    std::string changed = body_text;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_EQ(code_of(account(), inbound(good, changed)), ErrorCode::Unauthentic) << i;
  }
}

TEST(ShopifyReceive, RefusesDoubledAndMissingHeaders) {
  const auto good = inbound(sign("new-secret", body_text));
  for (const auto& [name, value] : good.headers) {
    auto doubled = good;
    doubled.headers.emplace_back(lower(name), value);
    EXPECT_EQ(code_of(account(), doubled), ErrorCode::Unauthentic) << name;
    auto missing = good;
    std::erase_if(missing.headers, [&](const auto& header) { return header.first == name; });
    if (name == "X-Shopify-Event-Id")
      EXPECT_TRUE(shopify_channel.receive(account(), missing));
    else
      EXPECT_EQ(code_of(account(), missing), ErrorCode::Unauthentic) << name;
  }
}

TEST(ShopifyReceive, HeaderNamesCompareWithoutCase) {
  auto message = inbound(sign("new-secret", body_text));
  for (auto& [name, value] : message.headers) name = lower(name);
  const auto delivery = shopify_channel.receive(account(), message);
  ASSERT_TRUE(delivery);
  EXPECT_EQ(delivery->order_id, "820982911946154508");
}

TEST(ShopifyReceive, RefusesOtherMethodsAndPaths) {
  auto message = inbound(sign("new-secret", body_text));
  message.method = "GET";
  EXPECT_EQ(code_of(account(), message), ErrorCode::Unauthentic);
  message.method = "POST";
  message.path = "/elsewhere";
  EXPECT_EQ(code_of(account(), message), ErrorCode::Unauthentic);
}

TEST(ShopifyReceive, KeepsAnAuthenticEmptyBody) {
  const auto delivery = shopify_channel.receive(account(), inbound(sign("new-secret", ""), ""));
  ASSERT_TRUE(delivery);
  EXPECT_FALSE(delivery->understood);
}

TEST(ShopifyReceive, RefusesBodiesNestedTooDeeply) {
  const std::string body = std::string(200, '[') + std::string(200, ']');
  EXPECT_EQ(code_of(account(), inbound(sign("new-secret", body), body)), ErrorCode::TooLarge);
}

TEST(ShopifyReceive, TakesIdsOnlyWhenTheyAreWhole) {
  for (const auto* id : {"8.2e17", "-5", "0", "\"12a\"", "null", "1.0", "\"\"", "[1]"}) {
    const auto body = R"({"line_items":[],"id":)" + std::string(id) + "}";
    const auto delivery =
        shopify_channel.receive(account(), inbound(sign("new-secret", body), body));
    ASSERT_TRUE(delivery) << id;
    EXPECT_FALSE(delivery->understood) << id;
    EXPECT_EQ(delivery->order_id, "") << id;
  }
}

}  // namespace
}  // namespace holdfast::connectors
