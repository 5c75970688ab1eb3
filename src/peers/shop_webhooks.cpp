#include "peers/shop_webhooks.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/hash.h"
#include "base/text.h"

namespace holdfast::peers {
namespace {

/// Eight retries within four hours (docs: webhooks, retry behaviour).
constexpr std::array<std::int64_t, 8> retry_seconds{60, 120, 300, 600, 1200, 2400, 4200, 5520};
constexpr Duration reorder_window = minutes(10);
constexpr int duplicates = 3;
constexpr std::int64_t first_id = 1'090'000'000'000'000'000;

}  // namespace

std::string subscription_topic(std::string_view topic) {
  auto name = upper(topic);
  std::ranges::replace(name, '/', '_');
  return name;
}

ShopWebhooks::ShopWebhooks(Scene& scene, WebhookOptions options)
    : scene_(scene), options_(std::move(options)) {}

void ShopWebhooks::emit(const std::string& topic, const std::string& order, const Json& body) {
  std::set<std::string> uris;
  if (!options_.target.empty()) uris.insert(options_.target);
  for (const auto& subscription : subscriptions_) {
    if (subscription.topic == subscription_topic(topic)) uris.insert(subscription.uri);
  }
  const auto count = ++counts_[order];
  const auto event = "event/" + order + "/" + std::to_string(count);
  for (const auto& uri : uris) {
    Delivery delivery;
    delivery.order = order;
    delivery.topic = topic;
    delivery.uri = uri;
    delivery.webhook_id = scene_.chance.uuid("webhook/" + uri + event);
    delivery.event_id = scene_.chance.uuid(event);
    delivery.triggered_at = to_text(scene_.agenda.now());
    delivery.body = to_text(body);
    deliveries_.push_back(std::move(delivery));
    dispatch(deliveries_.size() - 1);
  }
}

bool ShopWebhooks::is_early(const std::string& order) {
  const auto now = scene_.agenda.now();
  return now - begun_.try_emplace(order, now).first->second < reorder_window;
}

void ShopWebhooks::dispatch(std::size_t index) {
  auto& delivery = deliveries_[index];
  const auto fault = scene_.faults.of(delivery.order);
  if (fault == Fault::WebhookLost) {
    delivery.dropped = true;
  } else if (fault == Fault::DuplicateWebhooks) {
    for (int copy = 0; copy < duplicates; ++copy) send(index);
  } else if (fault == Fault::WebhooksReordered && is_early(delivery.order)) {
    hold_back(index);
  } else {
    send(index);
  }
}

/// Keeps a delivery until the window is over, then sends what waits, last first.
void ShopWebhooks::hold_back(std::size_t index) {
  const auto order = deliveries_[index].order;
  auto& held = held_[order];
  held.push_back(index);
  if (held.size() > 1) return;
  scene_.agenda.after(reorder_window, [this, order] {
    auto waiting = std::exchange(held_[order], {});
    std::ranges::reverse(waiting);
    for (const auto one : waiting) send(one);
  });
}

void ShopWebhooks::send(std::size_t index) {
  auto& delivery = deliveries_[index];
  ++delivery.tries;
  ports::HttpRequest request;
  request.method = "POST";
  request.url = delivery.uri;
  request.headers = {
      {"Content-Type", "application/json"},
      {"X-Shopify-Topic", delivery.topic},
      {"X-Shopify-Hmac-Sha256", base64(hmac_sha256(options_.secret, delivery.body))},
      {"X-Shopify-Shop-Domain", options_.domain},
      {"X-Shopify-API-Version", options_.api_version},
      {"X-Shopify-Webhook-Id", delivery.webhook_id},
      {"X-Shopify-Event-Id", delivery.event_id},
      {"X-Shopify-Triggered-At", delivery.triggered_at},
  };
  request.body = delivery.body;
  scene_.post.send(std::move(request), [this, index](const ports::Response& response) {
    if (!is_success(response)) return failed(index);
    deliveries_[index].accepted = true;
    deliveries_[index].body.clear();
  });
}

void ShopWebhooks::failed(std::size_t index) {
  const auto& delivery = deliveries_[index];
  if (delivery.accepted) return;
  if (delivery.tries > retry_seconds.size()) {
    // A subscription made by the API goes with its eighth failed retry.
    std::erase_if(subscriptions_, [&](const WebhookSubscription& subscription) {
      return subscription.uri == delivery.uri &&
             subscription.topic == subscription_topic(delivery.topic);
    });
    return;
  }
  scene_.agenda.after(seconds(retry_seconds[delivery.tries - 1]), [this, index] {
    // Another copy may have been taken meanwhile; what was taken is never sent again.
    if (!deliveries_[index].accepted) send(index);
  });
}

Result<WebhookSubscription> ShopWebhooks::subscribe(const std::string& topic,
                                                    const std::string& uri) {
  const bool stands = std::ranges::any_of(subscriptions_, [&](const WebhookSubscription& one) {
    return one.topic == topic && one.uri == uri;
  });
  if (stands) return fail(ErrorCode::Conflict, "Address for this topic has already been taken");
  WebhookSubscription made{first_id + ++counts_["subscriptions"], topic, uri};
  subscriptions_.push_back(made);
  return made;
}

void ShopWebhooks::drop_subscriptions(std::string_view topic) {
  std::erase_if(subscriptions_, [&](const WebhookSubscription& one) {
    return topic.empty() || one.topic == topic;
  });
}

Json ShopWebhooks::books() const {
  Json books = Json::Array{};
  for (const auto& delivery : deliveries_) {
    Json entry;
    entry.set("order", delivery.order);
    entry.set("topic", delivery.topic);
    entry.set("webhook_id", delivery.webhook_id);
    entry.set("tries", static_cast<std::int64_t>(delivery.tries));
    entry.set("accepted", delivery.accepted);
    entry.set("dropped", delivery.dropped);
    books.push(std::move(entry));
  }
  return books;
}

}  // namespace holdfast::peers
