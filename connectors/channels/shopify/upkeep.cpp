#include "connectors/channels/shopify/upkeep.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "connectors/channels/shopify/files.h"
#include "connectors/channels/shopify/topics.h"
#include "connectors/channels/shopify/wire.h"

namespace holdfast::connectors::shopify {
namespace {

using ports::Account;
using ports::Exchanges;
using ports::Outcome;
using ports::SubscriptionsJob;
using ports::Turn;
using Kind = Outcome::Kind;

constexpr Operation shop_query{"Shop", shop_graphql, Call::Read};
constexpr Operation list_subscriptions{"WebhookSubscriptions", webhook_subscriptions_graphql,
                                       Call::Read};
/// The same topic and address again is refused, so a repeat has one effect.
constexpr Operation subscribe{"WebhookSubscriptionCreate", webhook_subscription_create_graphql,
                              Call::Repeatable};

/// What the documents of graphql/ and the subscriptions need; any one handle of a row will do, and
/// to write is to read. README.md and the console's guide name the first of each row.
constexpr std::array<std::array<std::string_view, 3>, 4> needed_scopes{{
    {"read_orders", "write_orders", "write_orders"},
    {"write_merchant_managed_fulfillment_orders", "write_assigned_fulfillment_orders",
     "write_third_party_fulfillment_orders"},
    {"write_fulfillments", "write_fulfillments", "write_fulfillments"},  // events, their webhooks
    {"read_locations", "write_locations", "write_locations"},            // where a part is assigned
}};

/// What is wrong with the token, in words; "" when it fits the account.
std::string trouble_in(const Account& account, const Json& data) {
  const auto& domain = data.at_path("shop.myshopifyDomain").string();
  if (lower(domain) != lower(account.setting("shop"))) return "the token is another shop's";
  std::set<std::string_view> granted;
  for (const auto& scope : data.at_path("currentAppInstallation.accessScopes").items()) {
    granted.insert(scope["handle"].string());
  }
  std::vector<std::string> missing;
  for (const auto& row : needed_scopes) {
    const bool has = std::ranges::any_of(row, [&](auto name) { return granted.contains(name); });
    if (!has) missing.emplace_back(row.front());
  }
  return missing.empty() ? "" : "the app lacks the scopes " + join(missing, ", ");
}

/// The topics that are delivered to `callback_url` as JSON.
tl::expected<std::set<std::string>, Turn> subscribed(Talk& talk, const std::string& callback_url) {
  std::set<std::string> topics;
  Json after;
  for (;;) {
    Json variables = Json::Object{};
    if (!after.is_null()) variables.set("after", after);
    const auto data = talk.ask(list_subscriptions, std::move(variables));
    if (!data) return tl::unexpected<Turn>(data.error());
    const auto& page = (*data)["webhookSubscriptions"];
    if (!page["nodes"].is_array()) {
      return tl::unexpected<Turn>(talk.end(Kind::NotSent, "Shopify's answer holds no list"));
    }
    for (const auto& node : page["nodes"].items()) {
      const bool fits = node["uri"].string() == callback_url && node["format"].string() == "JSON";
      if (fits) topics.insert(node["topic"].string());
    }
    if (!page.at_path("pageInfo.hasNextPage").boolean()) return topics;
    after = page.at_path("pageInfo.endCursor");
  }
}

std::vector<std::string> missing_from(const std::set<std::string>& have) {
  std::vector<std::string> missing;
  for (const auto& topic : topics()) {
    const std::string name(topic.subscription);
    if (!name.empty() && !have.contains(name)) missing.push_back(name);
  }
  return missing;
}

/// Subscribes to one topic; the words of a refusal, "" when it stands.
tl::expected<std::string, Turn> subscribe_to(Talk& talk, const std::string& topic,
                                             const std::string& callback_url) {
  Json input;
  input.set("uri", callback_url);
  input.set("format", "JSON");
  Json variables;
  variables.set("topic", topic);
  variables.set("webhookSubscription", std::move(input));
  const auto data = talk.ask(subscribe, std::move(variables));
  if (!data) return tl::unexpected<Turn>(data.error());
  const auto words = user_errors_in((*data)["webhookSubscriptionCreate"]);
  return words.find("already been taken") == std::string::npos ? words : "";
}

}  // namespace

Turn subscriptions(const Account& account, const SubscriptionsJob& job,
                   const Exchanges& exchanges) {
  Talk talk(account, exchanges);
  const auto shop = talk.ask(shop_query, Json::Object{});
  if (!shop) return shop.error();
  if (const auto trouble = trouble_in(account, *shop); !trouble.empty()) {
    return talk.end(Kind::Refused, trouble);
  }
  const auto have = subscribed(talk, job.callback_url);
  if (!have) return have.error();
  const auto missing = missing_from(*have);
  if (missing.empty()) return talk.end(Kind::Done, "");
  if (!job.create_missing) {
    return talk.end(Kind::Refused, "no subscription for " + join(missing, ", "));
  }
  std::vector<std::string> refused;
  for (const auto& topic : missing) {
    const auto words = subscribe_to(talk, topic, job.callback_url);
    if (!words) return words.error();
    if (!words->empty()) refused.push_back(topic + ": " + *words);
  }
  if (!refused.empty()) return talk.end(Kind::Refused, join(refused, "; "));
  return talk.end(Kind::Done, "subscribed to " + join(missing, ", "));
}

Turn renew_token(const Account& account, const ports::RenewTokenJob&, const Exchanges& exchanges) {
  Talk talk(account, exchanges);
  if (account.setting("client_id").empty()) {
    return talk.end(Kind::Refused, "the account has no client_id: its token is static");
  }
  const auto answer = talk.post_form(
      "/admin/oauth/access_token",
      "grant_type=client_credentials&client_id=" + form_encoded(account.setting("client_id")) +
          "&client_secret=" + form_encoded(account.secret("client_secret")));
  if (!answer) {
    auto turn = answer.error();
    if (!turn.next && turn.outcome.detail.starts_with("token refused")) {
      turn.outcome.kind = Kind::Refused;
      turn.outcome.detail = "the client id or secret was refused";
    }
    return turn;
  }
  const auto& token = (*answer)["access_token"].string();
  const auto& lifetime = (*answer)["expires_in"];
  if (token.empty() || !lifetime.is_integer() || lifetime.integer() <= 0) {
    return talk.end(Kind::NotSent, "Shopify's answer holds no token");
  }
  Outcome outcome;
  outcome.token = token;
  outcome.token_lifetime = seconds(lifetime.integer());
  return talk.end(std::move(outcome));
}

namespace {

/// Who the shop is, and whether the token is its own and may do what is needed.
Turn ask_shop(const Account& account, const Exchanges& exchanges) {
  Talk talk(account, exchanges);
  const auto data = talk.ask(shop_query, Json::Object{});
  if (!data) return data.error();
  if (const auto trouble = trouble_in(account, *data); !trouble.empty()) {
    return talk.end(Kind::Refused, trouble);
  }
  const auto& shop = (*data)["shop"];
  return talk.end(Kind::Done, "the shop " + std::string(clipped(shop["name"].string(), 80)) + ", " +
                                  std::string(clipped(shop["currencyCode"].string(), 3)));
}

}  // namespace

Turn probe(const Account& account, const ports::ProbeJob&, const Exchanges& exchanges) {
  const bool has_token = !account.secret("access_token").empty();
  if (has_token || account.setting("client_id").empty()) return ask_shop(account, exchanges);
  if (exchanges.empty()) return renew_token(account, {}, exchanges);
  auto granted = renew_token(account, {}, {exchanges.front()});
  if (granted.next || granted.outcome.kind != Kind::Done) return granted;
  auto fresh = account;
  fresh.secrets["access_token"] = granted.outcome.token;
  return ask_shop(fresh, {exchanges.begin() + 1, exchanges.end()});
}

}  // namespace holdfast::connectors::shopify
