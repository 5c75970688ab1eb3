#pragma once
// The shop's webhooks: signed, at least once, in no promised order, retried and in the end given up
// together with the subscription. It must never know what a body means.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "peers/scene.h"

namespace holdfast::peers {

struct WebhookOptions {
  std::string domain;
  std::string secret;
  std::string api_version;
  std::string target;  // gets every topic, subscribed or not; "" for none
};

/// A standing wish to be told of one topic.
struct WebhookSubscription {
  std::int64_t id = 0;
  std::string topic;  // ORDERS_CREATE
  std::string uri;
};

class ShopWebhooks {
 public:
  ShopWebhooks(Scene& scene, WebhookOptions options);

  /// Sends a happening of an order ("" for the shop's own) to whoever wants its topic.
  void emit(const std::string& topic, const std::string& order, const Json& body);

  /// Subscribes; Conflict when the topic and address stand already.
  Result<WebhookSubscription> subscribe(const std::string& topic, const std::string& uri);

  const std::vector<WebhookSubscription>& subscriptions() const { return subscriptions_; }

  /// Forgets a topic's subscriptions, all of them for "".
  void drop_subscriptions(std::string_view topic);

  /// Changes the address that gets every topic.
  void set_target(std::string target) { options_.target = std::move(target); }

  /// Every delivery: {order, topic, webhook_id, tries, accepted, dropped}.
  Json books() const;

 private:
  struct Delivery {
    std::string order;
    std::string topic;
    std::string uri;
    std::string webhook_id;
    std::string event_id;
    std::string triggered_at;
    std::string body;
    std::size_t tries = 0;
    bool accepted = false;
    bool dropped = false;
  };

  void dispatch(std::size_t delivery);
  void hold_back(std::size_t delivery);
  void send(std::size_t delivery);
  void failed(std::size_t delivery);
  bool is_early(const std::string& order);

  Scene& scene_;
  WebhookOptions options_;
  std::vector<WebhookSubscription> subscriptions_;
  std::vector<Delivery> deliveries_;
  std::map<std::string, std::int64_t> counts_;
  std::map<std::string, Instant> begun_;
  std::map<std::string, std::vector<std::size_t>> held_;
};

/// "ORDERS_CREATE" for "orders/create".
std::string subscription_topic(std::string_view topic);

}  // namespace holdfast::peers
