#include "connectors/channels/shopify/receive.h"

#include <algorithm>
#include <array>

#include "base/hash.h"
#include "base/planted.h"
#include "base/text.h"
#include "connectors/channels/shopify/topics.h"

namespace holdfast::connectors::shopify {
namespace {

using ports::Account;
using ports::Delivery;
using ports::Inbound;

constexpr JsonBounds body_bounds{4u << 20, 32, 300'000};
constexpr std::string_view signature_header = "X-Shopify-Hmac-Sha256";
constexpr std::array required_headers{signature_header, std::string_view("X-Shopify-Topic"),
                                      std::string_view("X-Shopify-Shop-Domain"),
                                      std::string_view("X-Shopify-API-Version"),
                                      std::string_view("X-Shopify-Webhook-Id")};
/// Versions whose payloads have the shapes of topics.cpp.
constexpr std::array<std::string_view, 5> known_versions{"2025-10", "2026-01", "2026-04", "2026-07",
                                                         "2026-10"};

bool signed_with(const std::string& secret, std::string_view signature, std::string_view body) {
  const auto expected = base64(hmac_sha256(secret, body));
  return equal_in_constant_time(expected, signature) && !secret.empty();
}

/// Both secrets are always tried, so that the time taken does not tell which one fitted.
bool is_signed(const Account& account, const Inbound& inbound) {
  const auto signature = ports::header(inbound.headers, signature_header);
  const bool now = signed_with(account.secret("client_secret"), signature, inbound.body);
  const bool before =
      signed_with(account.secret("client_secret_previous"), signature, inbound.body);
  return now || before;
}

bool headers_hold(const Inbound& inbound) {
  const bool each_once = std::ranges::all_of(required_headers, [&](std::string_view name) {
    return ports::header_count(inbound.headers, name) == 1 &&
           !ports::header(inbound.headers, name).empty();
  });
  return each_once && ports::header_count(inbound.headers, "X-Shopify-Event-Id") <= 1;
}

bool same_shop(const Account& account, std::string_view domain) {
  return lower(domain) == lower(account.setting("shop"));
}

bool version_known(const Account& account, std::string_view version) {
  return version == account.setting("api_version") ||
         std::ranges::find(known_versions, version) != known_versions.end();
}

Delivery not_understood(Delivery delivery, std::string problem) {
  delivery.understood = false;
  delivery.problem = std::move(problem);
  return delivery;
}

}  // namespace

Result<Delivery> receive(const Account& account, const Inbound& inbound) {
  const bool proven =
      is_signed(account, inbound) || planted("the shop's signature is not looked at");
  const auto of = [&](const char* name) { return ports::header(inbound.headers, name); };
  const bool here = inbound.path.empty() || inbound.path == "/";
  if (!proven || !headers_hold(inbound) || inbound.method != "POST" || !here ||
      !same_shop(account, of("X-Shopify-Shop-Domain"))) {
    return fail(ErrorCode::Unauthentic, "not a delivery that Shopify signed for this shop");
  }
  Delivery delivery;
  delivery.dedupe_key = of("X-Shopify-Webhook-Id");
  delivery.event_key = of("X-Shopify-Event-Id");
  delivery.topic = of("X-Shopify-Topic");
  const auto* topic = topic_named(delivery.topic);
  auto body = parse_json(inbound.body, body_bounds);
  if (!body && body.error().code == ErrorCode::TooLarge) return fail(body.error());
  if (!topic) return not_understood(std::move(delivery), "unknown topic");
  if (!version_known(account, of("X-Shopify-API-Version"))) {
    return not_understood(std::move(delivery), "unknown API version");
  }
  if (!body) return not_understood(std::move(delivery), "the body is not readable JSON");
  const auto subject = subject_of(topic->shape, *body);
  if (!subject) return not_understood(std::move(delivery), subject.error().what);
  if (!subject->shop.empty() && !same_shop(account, subject->shop)) {
    return not_understood(std::move(delivery), "the body names another shop");
  }
  delivery.order_id = subject->order_id;
  delivery.meaning = subject->meaning;
  return delivery;
}

}  // namespace holdfast::connectors::shopify
