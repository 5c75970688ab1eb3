#include "peers/shop_views.h"

#include "peers/catalogue.h"

namespace holdfast::peers {
namespace {

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json time_or_null(Instant at) { return at ? Json(shop_time(at)) : Json(); }

Json bag(std::int64_t minor) {
  Json money;
  money.set("amount", decimal(minor));
  money.set("currencyCode", "USD");
  Json out;
  out.set("shopMoney", money);
  out.set("presentmentMoney", money);
  return out;
}

Json id_only(std::string_view noun, std::int64_t id) {
  Json out;
  out.set("id", gid(noun, id));
  return out;
}

Json address_view(const Address& address) {
  Json out;
  out.set("firstName", nullptr);
  out.set("lastName", text_or_null(address.name));
  out.set("name", text_or_null(address.name));
  out.set("company", text_or_null(address.company));
  out.set("address1", text_or_null(address.line1));
  out.set("address2", text_or_null(address.line2));
  out.set("city", text_or_null(address.city));
  out.set("province", text_or_null(address.region));
  out.set("provinceCode", text_or_null(address.region));
  out.set("zip", text_or_null(address.postcode));
  out.set("country", country_name(address.country));
  out.set("countryCodeV2", text_or_null(address.country));
  out.set("phone", text_or_null(address.phone));
  return out;
}

Json line_view(const ShopOrder& order, std::size_t index) {
  const auto& line = order.lines[index];
  std::int64_t shipped = 0;
  for (const auto& shipment : order.shipments) {
    if (shipment.status != "SUCCESS") continue;
    for (const auto& piece : shipment.lines) shipped += piece.line == index ? piece.quantity : 0;
  }
  const auto open = open_quantity(order, index);
  Json weight;
  weight.set("value", Json::Number{decimal(line.grams / 10)});
  weight.set("unit", "KILOGRAMS");
  Json out;
  out.set("id", gid("LineItem", line.id));
  out.set("sku", text_or_null(line.sku));
  out.set("title", line.title);
  out.set("variantTitle", text_or_null(line.variant));
  out.set("vendor", text_or_null(line.vendor));
  out.set("quantity", line.quantity);
  out.set("currentQuantity", line.current);
  out.set("unfulfilledQuantity", open);
  out.set("nonFulfillableQuantity", std::max<std::int64_t>(0, line.quantity - shipped - open));
  out.set("requiresShipping", true);
  out.set("isGiftCard", false);
  out.set("variant", id_only("ProductVariant", line.id));
  out.set("product", id_only("Product", line.id));
  out.set("originalUnitPriceSet", bag(line.price_minor));
  out.set("discountedUnitPriceSet", bag(line.price_minor));
  out.set("weight", std::move(weight));
  out.set("customAttributes", Json::Array{});
  return out;
}

Json transaction_view(const ShopTransaction& transaction) {
  Json out;
  out.set("id", gid("OrderTransaction", transaction.id));
  out.set("kind", transaction.kind);
  out.set("status", "SUCCESS");
  out.set("gateway", "demo_payments");
  out.set("createdAt", shop_time(transaction.created_at));
  out.set("authorizationExpiresAt", time_or_null(transaction.expires_at));
  out.set("amountSet", bag(transaction.amount_minor));
  return out;
}

Json refund_view(const ShopOrder& order, const ShopRefund& refund) {
  Json lines = Json::Array{};
  for (const auto& line : refund.lines) {
    Json entry;
    entry.set("id", gid("RefundLineItem", line.id));
    entry.set("quantity", line.quantity);
    entry.set("restockType", line.restock);
    entry.set("lineItem", id_only("LineItem", order.lines[line.line].id));
    lines.push(std::move(entry));
  }
  Json out;
  out.set("id", gid("Refund", refund.id));
  out.set("createdAt", shop_time(refund.created_at));
  out.set("note", text_or_null(refund.note));
  out.set("totalRefundedSet", bag(refund.amount_minor));
  out.set("refundLineItems", std::move(lines));
  return out;
}

Json risk_view(const ShopOrder& order) {
  Json assessments = Json::Array{};
  if (order.risk_level != "PENDING") {
    Json assessment;
    assessment.set("riskLevel", order.risk_level);
    assessments.push(std::move(assessment));
  }
  Json out;
  out.set("recommendation", order.recommendation);
  out.set("assessments", std::move(assessments));
  return out;
}

/// "express" as people read it.
std::string title_of(std::string service) {
  if (!service.empty() && service[0] >= 'a' && service[0] <= 'z') service[0] += 'A' - 'a';
  return service;
}

Json shipping_line_view(const ShopOrder& order) {
  Json out;
  out.set("title", title_of(order.service));
  out.set("code", order.service);
  out.set("source", "shopify");
  out.set("originalPriceSet", bag(order.shipping_minor));
  return out;
}

/// The actions a real shop offers on the part now.
Json actions_view(const ShopPart& part) {
  std::vector<const char*> names;
  if (part.status == "OPEN") names = {"CREATE_FULFILLMENT", "REPORT_PROGRESS", "MOVE", "HOLD"};
  if (part.status == "IN_PROGRESS") names = {"CREATE_FULFILLMENT", "MOVE", "HOLD", "MARK_AS_OPEN"};
  if (part.status == "SCHEDULED") names = {"MARK_AS_OPEN", "HOLD"};
  if (part.status == "ON_HOLD") names = {"RELEASE_HOLD", "HOLD", "MOVE"};
  Json actions = Json::Array{};
  for (const char* name : names) {
    Json action;
    action.set("action", name);
    actions.push(std::move(action));
  }
  return actions;
}

void set_sums(Json& out, const ShopOrder& order) {
  const auto sums = totals(order);
  const auto net = sums.received - sums.refunded;
  out.set("totalPriceSet", bag(sums.total));
  out.set("currentTotalPriceSet", bag(sums.current));
  out.set("totalReceivedSet", bag(sums.received));
  out.set("netPaymentSet", bag(net));
  out.set("totalOutstandingSet", bag(std::max<std::int64_t>(0, sums.current - net)));
  out.set("totalTipReceivedSet", bag(0));
}

void set_lists(Json& out, const ShopOrder& order) {
  Json lines = Json::Array{};
  for (std::size_t i = 0; i < order.lines.size(); ++i) lines.push(line_view(order, i));
  Json transactions = Json::Array{};
  for (const auto& one : order.transactions) transactions.push(transaction_view(one));
  Json refunds = Json::Array{};
  for (const auto& refund : order.refunds) refunds.push(refund_view(order, refund));
  Json shipments = Json::Array{};
  for (const auto& shipment : order.shipments) shipments.push(shipment_view(order, shipment));
  Json parts = Json::Array{};
  for (const auto& part : order.parts) parts.push(part_view(order, part));
  out.set("lineItems", std::move(lines));
  out.set("transactions", std::move(transactions));
  out.set("refunds", std::move(refunds));
  out.set("fulfillments", std::move(shipments));
  out.set("fulfillmentOrders", std::move(parts));
}

}  // namespace

Json order_view(const ShopOrder& order) {
  Json out;
  out.set("id", gid("Order", order.id));
  out.set("name", order.name);
  out.set("createdAt", shop_time(order.created_at));
  out.set("updatedAt", shop_time(order.updated_at));
  out.set("processedAt", shop_time(order.created_at));
  out.set("cancelledAt", time_or_null(order.cancelled_at));
  out.set("cancelReason", text_or_null(order.cancel_reason));
  out.set("closedAt", nullptr);
  out.set("test", false);
  out.set("edited", false);
  out.set("displayFinancialStatus", financial_status(order));
  out.set("displayFulfillmentStatus", fulfillment_status(order));
  out.set("email", text_or_null(order.ship_to.email));
  out.set("phone", text_or_null(order.ship_to.phone));
  out.set("customerLocale", "en");
  out.set("sourceName", "web");
  out.set("note", text_or_null(order.note));
  out.set("tags", Json::Array{});
  out.set("paymentGatewayNames", Json::Array{"demo_payments"});
  out.set("currencyCode", "USD");
  out.set("presentmentCurrencyCode", "USD");
  out.set("customAttributes", Json::Array{});
  set_sums(out, order);
  out.set("risk", risk_view(order));
  out.set("shippingAddress", address_view(order.ship_to));
  out.set("shippingLine", shipping_line_view(order));
  set_lists(out, order);
  return out;
}

Json part_view(const ShopOrder& order, const ShopPart& part) {
  Json lines = Json::Array{};
  for (const auto& line : part.lines) {
    Json entry;
    entry.set("id", gid("FulfillmentOrderLineItem", line.id));
    entry.set("totalQuantity", line.total);
    entry.set("remainingQuantity", line.remaining);
    entry.set("lineItem", id_only("LineItem", order.lines[line.line].id));
    lines.push(std::move(entry));
  }
  Json holds = Json::Array{};
  for (const auto& hold : part.holds) holds.push(hold_view(hold));
  Json method;
  method.set("methodType", "SHIPPING");
  method.set("presentedName", title_of(order.service));
  method.set("serviceCode", order.service);
  Json location;
  location.set("name", part.location == main_location ? "Main warehouse" : "Second warehouse");
  location.set("location", id_only("Location", part.location));
  Json out;
  out.set("id", gid("FulfillmentOrder", part.id));
  out.set("orderId", gid("Order", order.id));
  out.set("status", part.status);
  out.set("requestStatus", part.request_status);
  out.set("updatedAt", shop_time(part.updated_at));
  out.set("fulfillAt", time_or_null(part.fulfill_at));
  out.set("fulfillBy", nullptr);
  out.set("deliveryMethod", std::move(method));
  out.set("assignedLocation", std::move(location));
  out.set("supportedActions", actions_view(part));
  out.set("fulfillmentHolds", std::move(holds));
  out.set("lineItems", std::move(lines));
  return out;
}

Json shipment_view(const ShopOrder& order, const ShopShipment& shipment) {
  Json tracking = Json::Array{};
  for (const auto& row : shipment.tracking) {
    Json entry;
    entry.set("company", text_or_null(row.company));
    entry.set("number", text_or_null(row.number));
    entry.set("url", text_or_null(row.url));
    tracking.push(std::move(entry));
  }
  Json lines = Json::Array{};
  for (const auto& line : shipment.lines) {
    Json entry;
    entry.set("id", gid("FulfillmentLineItem", line.id));
    entry.set("quantity", line.quantity);
    entry.set("lineItem", id_only("LineItem", order.lines[line.line].id));
    lines.push(std::move(entry));
  }
  Json events = Json::Array{};
  for (const auto& event : shipment.events) events.push(shipment_event_view(event));
  Json out;
  out.set("id", gid("Fulfillment", shipment.id));
  out.set("status", shipment.status);
  out.set("displayStatus", shipment.display);
  out.set("createdAt", shop_time(shipment.created_at));
  out.set("updatedAt", shop_time(shipment.updated_at));
  out.set("trackingInfo", std::move(tracking));
  out.set("fulfillmentLineItems", std::move(lines));
  out.set("events", std::move(events));
  return out;
}

Json shipment_event_view(const ShopShipmentEvent& event) {
  Json out;
  out.set("id", gid("FulfillmentEvent", event.id));
  out.set("status", event.status);
  out.set("happenedAt", shop_time(event.happened_at));
  out.set("message", text_or_null(event.message));
  return out;
}

Json hold_view(const ShopHold& hold) {
  Json out;
  out.set("id", gid("FulfillmentHold", hold.id));
  out.set("handle", text_or_null(hold.handle));
  out.set("reason", hold.reason);
  out.set("heldByRequestingApp", hold.by_app);
  return out;
}

Json shop_view(const ShopOptions& options) {
  Json out;
  out.set("id", gid("Shop", shop_id));
  out.set("name", options.name);
  out.set("myshopifyDomain", options.domain);
  out.set("currencyCode", "USD");
  out.set("ianaTimezone", "America/New_York");
  return out;
}

Json installation_view() {
  Json scopes = Json::Array{};
  for (const char* handle :
       {"read_orders", "write_orders", "read_locations", "read_products",
        "read_merchant_managed_fulfillment_orders", "write_merchant_managed_fulfillment_orders",
        "read_fulfillments", "write_fulfillments"}) {
    Json scope;
    scope.set("handle", handle);
    scopes.push(std::move(scope));
  }
  Json out;
  out.set("id", gid("AppInstallation", shop_id + 1));
  out.set("accessScopes", std::move(scopes));
  return out;
}

Json locations_view() {
  Json list = Json::Array{};
  for (const auto id : {main_location, second_location}) {
    Json address;
    address.set("countryCode", "US");
    address.set("zip", "43004");
    Json location;
    location.set("id", gid("Location", id));
    location.set("name", id == main_location ? "Main warehouse" : "Second warehouse");
    location.set("isActive", true);
    location.set("isFulfillmentService", false);
    location.set("address", std::move(address));
    list.push(std::move(location));
  }
  return list;
}

Json subscription_view(const WebhookSubscription& subscription, const std::string& version) {
  Json handle;
  handle.set("handle", version);
  Json out;
  out.set("id", gid("WebhookSubscription", subscription.id));
  out.set("topic", subscription.topic);
  out.set("uri", subscription.uri);
  out.set("format", "JSON");
  out.set("apiVersion", std::move(handle));
  return out;
}

}  // namespace holdfast::peers
