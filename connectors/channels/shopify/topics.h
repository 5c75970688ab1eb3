#pragma once
// The webhook topics we listen to, and the shape of body each of them has.
// Only the body is signed: a topic that does not fit its body must never be believed.

#include <span>
#include <string>
#include <string_view>

#include "base/json.h"
#include "ports/connector.h"

namespace holdfast::connectors::shopify {

/// The shapes of body that Shopify publishes for our topics.
enum class Shape {
  Order,
  DeletedOrder,
  OrderEdit,
  OrderRisk,
  Refund,
  Fulfillment,
  Part,
  MovedPart,
  MergedPart,
  PartHold,
  Shop,
  DataRequest,
  CustomerRedact,
  ShopRedact
};

/// One topic: as the header writes it and as WebhookSubscriptionTopic spells it; "" for the privacy
/// topics, which are set in the app and cannot be subscribed to.
struct Topic {
  std::string_view name;
  std::string_view subscription;
  Shape shape;
};

/// Every topic we understand.
std::span<const Topic> topics();

/// The topic of that header value, or nullptr when it is unknown.
const Topic* topic_named(std::string_view name);

/// What a body of that shape is about.
struct Subject {
  std::string order_id;  // "fo:" and digits when only a fulfillment order is named
  std::string shop;      // the shop's domain when the body names it
  ports::Delivery::Meaning meaning = ports::Delivery::Meaning::Refetch;
};

/// Reads what a body is about; Invalid when it has not the shape. Source: the payload examples of
/// the webhook topic reference.
Result<Subject> subject_of(Shape shape, const Json& body);

}  // namespace holdfast::connectors::shopify
