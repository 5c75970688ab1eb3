#include "connectors/channels/shopify/topics.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "connectors/channels/shopify/wire.h"

namespace holdfast::connectors::shopify {
namespace {

using Meaning = ports::Delivery::Meaning;

constexpr std::array known{
    Topic{"orders/create", "ORDERS_CREATE", Shape::Order},
    Topic{"orders/paid", "ORDERS_PAID", Shape::Order},
    Topic{"orders/updated", "ORDERS_UPDATED", Shape::Order},
    Topic{"orders/cancelled", "ORDERS_CANCELLED", Shape::Order},
    Topic{"orders/edited", "ORDERS_EDITED", Shape::OrderEdit},
    Topic{"orders/delete", "ORDERS_DELETE", Shape::DeletedOrder},
    Topic{"orders/risk_assessment_changed", "ORDERS_RISK_ASSESSMENT_CHANGED", Shape::OrderRisk},
    Topic{"refunds/create", "REFUNDS_CREATE", Shape::Refund},
    Topic{"fulfillments/create", "FULFILLMENTS_CREATE", Shape::Fulfillment},
    Topic{"fulfillments/update", "FULFILLMENTS_UPDATE", Shape::Fulfillment},
    Topic{"fulfillment_orders/order_routing_complete", "FULFILLMENT_ORDERS_ORDER_ROUTING_COMPLETE",
          Shape::Part},
    Topic{"fulfillment_orders/placed_on_hold", "FULFILLMENT_ORDERS_PLACED_ON_HOLD", Shape::Part},
    Topic{"fulfillment_orders/hold_released", "FULFILLMENT_ORDERS_HOLD_RELEASED", Shape::Part},
    Topic{"fulfillment_orders/moved", "FULFILLMENT_ORDERS_MOVED", Shape::MovedPart},
    Topic{"fulfillment_orders/split", "FULFILLMENT_ORDERS_SPLIT", Shape::Part},
    Topic{"fulfillment_orders/merged", "FULFILLMENT_ORDERS_MERGED", Shape::MergedPart},
    Topic{"fulfillment_orders/cancelled", "FULFILLMENT_ORDERS_CANCELLED", Shape::Part},
    Topic{"fulfillment_orders/cancellation_request_submitted",
          "FULFILLMENT_ORDERS_CANCELLATION_REQUEST_SUBMITTED", Shape::Part},
    Topic{"fulfillment_orders/scheduled_fulfillment_order_ready",
          "FULFILLMENT_ORDERS_SCHEDULED_FULFILLMENT_ORDER_READY", Shape::Part},
    Topic{"fulfillment_holds/added", "FULFILLMENT_HOLDS_ADDED", Shape::PartHold},
    Topic{"fulfillment_holds/released", "FULFILLMENT_HOLDS_RELEASED", Shape::PartHold},
    Topic{"app/uninstalled", "APP_UNINSTALLED", Shape::Shop},
    Topic{"customers/data_request", "", Shape::DataRequest},
    Topic{"customers/redact", "", Shape::CustomerRedact},
    Topic{"shop/redact", "", Shape::ShopRedact},
};

/// Digits of a 64-bit id given as a number or as text; "" when it is neither.
std::string id_of(const Json& value) {
  const auto digits = value.digits();
  const bool all = std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
  return all && !digits.empty() && digits.size() <= 20 && digits.front() != '0' ? digits : "";
}

bool lacks(const Json& body, std::initializer_list<const char*> names) {
  return std::ranges::none_of(names, [&](const char* name) { return body.find(name); });
}

auto misfit() { return fail(ErrorCode::Invalid, "the topic does not fit the body's shape"); }

Result<Subject> order(std::string id, bool fits) {
  if (!fits || id.empty()) return misfit();
  return Subject{std::move(id), "", Meaning::Refetch};
}

Result<Subject> part(const Json& fulfillment_order, bool fits) {
  const auto id = id_in(fulfillment_order["id"].string(), "FulfillmentOrder");
  if (!fits || id.empty()) return misfit();
  return Subject{"fo:" + id, "", Meaning::Refetch};
}

/// A risk assessment names its order as text; where that is missing, by its global id.
std::string risk_order(const Json& body) {
  const auto id = id_of(body["order_id"]);
  return id.empty() ? id_in(body["admin_graphql_api_order_id"].string(), "Order") : id;
}

/// The ids of a list, joined by commas; "" when one is malformed or the list is empty.
std::string id_list(const Json& list) {
  std::vector<std::string> ids;
  for (const auto& item : list.items()) ids.push_back(id_of(item));
  return std::ranges::find(ids, "") == ids.end() ? join(ids, ",") : "";
}

Result<Subject> privacy(const Json& body, const Json& orders, Meaning meaning, bool fits) {
  const auto& shop = body["shop_domain"].string();
  if (!fits || shop.empty() || id_of(body["shop_id"]).empty()) return misfit();
  return Subject{id_list(orders), shop, meaning};
}

/// An empty list of orders means none; all of them needs a word of its own.
Result<Subject> whole_shop(Result<Subject> subject) {
  if (subject) subject->order_id = ports::every_order;
  return subject;
}

Result<Subject> shop_body(const Json& body) {
  const auto& shop = body["myshopify_domain"].string();
  if (shop.empty() || id_of(body["id"]).empty() || !lacks(body, {"line_items", "order_id"})) {
    return misfit();
  }
  return Subject{"", shop, Meaning::Uninstalled};
}

}  // namespace

std::span<const Topic> topics() { return known; }

const Topic* topic_named(std::string_view name) {
  const auto* found = std::ranges::find(known, name, &Topic::name);
  return found == known.end() ? nullptr : found;
}

Result<Subject> subject_of(Shape shape, const Json& body) {
  if (!body.is_object()) return misfit();
  switch (shape) {
    case Shape::Order:
      return order(id_of(body["id"]), body["line_items"].is_array() && lacks(body, {"order_id"}));
    case Shape::DeletedOrder:
      return order(id_of(body["id"]), lacks(body, {"line_items", "order_id", "name", "customer"}));
    case Shape::OrderEdit:
      return order(id_of(body.at_path("order_edit.order_id")),
                   body.at_path("order_edit.line_items").is_object());
    case Shape::OrderRisk:
      return order(risk_order(body), body["risk_level"].is_string());
    case Shape::Refund:
      return order(id_of(body["order_id"]), body["refund_line_items"].is_array());
    case Shape::Fulfillment:
      return order(id_of(body["order_id"]), body["line_items"].is_array() &&
                                                body.find("tracking_number") &&
                                                lacks(body, {"refund_line_items"}));
    case Shape::Part:
      return part(body["fulfillment_order"], lacks(body, {"fulfillment_hold"}));
    case Shape::MovedPart:
      return part(body["moved_fulfillment_order"], body["original_fulfillment_order"].is_object());
    case Shape::MergedPart:
      return part(body.at_path("fulfillment_order_merges.fulfillment_order"), true);
    case Shape::PartHold:
      return part(body["fulfillment_order"], body["fulfillment_hold"].is_object());
    case Shape::Shop:
      return shop_body(body);
    case Shape::DataRequest:
      return privacy(body, body["orders_requested"], Meaning::DataRequest,
                     body["data_request"].is_object() && body["customer"].is_object());
    case Shape::CustomerRedact:
      return privacy(body, body["orders_to_redact"], Meaning::Redact,
                     body["orders_to_redact"].is_array() && body["customer"].is_object());
    case Shape::ShopRedact:
      return whole_shop(privacy(body, Json(), Meaning::Redact,
                                lacks(body, {"customer", "orders_to_redact", "data_request"})));
  }
  return misfit();
}

}  // namespace holdfast::connectors::shopify
