#include "peers/shop_payloads.h"

#include "base/text.h"
#include "peers/catalogue.h"

namespace holdfast::peers {
namespace {

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json time_or_null(Instant at) { return at ? Json(shop_time(at)) : Json(); }

Json address_payload(const Address& address) {
  Json body;
  body.set("name", text_or_null(address.name));
  body.set("company", text_or_null(address.company));
  body.set("address1", text_or_null(address.line1));
  body.set("address2", text_or_null(address.line2));
  body.set("city", text_or_null(address.city));
  body.set("province_code", text_or_null(address.region));
  body.set("zip", text_or_null(address.postcode));
  body.set("country", country_name(address.country));
  body.set("country_code", address.country);
  body.set("phone", text_or_null(address.phone));
  return body;
}

Json line_payload(const ShopOrder& order, std::size_t index, std::int64_t quantity) {
  const auto& line = order.lines[index];
  Json body;
  body.set("id", line.id);
  body.set("admin_graphql_api_id", gid("LineItem", line.id));
  body.set("current_quantity", line.current);
  body.set("fulfillable_quantity", open_quantity(order, index));
  body.set("fulfillment_service", "manual");
  body.set("gift_card", false);
  body.set("grams", line.grams);
  body.set("name", line.title + " - " + line.variant);
  body.set("price", decimal(line.price_minor));
  body.set("quantity", quantity);
  body.set("requires_shipping", true);
  body.set("sku", line.sku);
  body.set("title", line.title);
  body.set("variant_title", line.variant);
  body.set("vendor", line.vendor);
  body.set("properties", Json::Array{});
  return body;
}

Json sums_into(Json body, const ShopOrder& order) {
  const auto sums = totals(order);
  body.set("current_total_price", decimal(sums.current));
  body.set("total_price", decimal(sums.total));
  body.set("total_outstanding",
           decimal(std::max<std::int64_t>(0, sums.current - (sums.received - sums.refunded))));
  return body;
}

Json lines_of(const ShopOrder& order) {
  Json lines = Json::Array{};
  for (std::size_t i = 0; i < order.lines.size(); ++i) {
    lines.push(line_payload(order, i, order.lines[i].quantity));
  }
  return lines;
}

Json brief(const ShopPart& part) {
  Json body;
  body.set("id", gid("FulfillmentOrder", part.id));
  body.set("status", lower(part.status));
  return body;
}

}  // namespace

Json order_payload(const ShopOrder& order) {
  Json body;
  body.set("id", order.id);
  body.set("admin_graphql_api_id", gid("Order", order.id));
  body.set("name", order.name);
  body.set("number", order.number - 1000);
  body.set("order_number", order.number);
  body.set("created_at", shop_time(order.created_at));
  body.set("processed_at", shop_time(order.created_at));
  body.set("updated_at", shop_time(order.updated_at));
  body.set("cancelled_at", time_or_null(order.cancelled_at));
  body.set("cancel_reason", text_or_null(lower(order.cancel_reason)));
  body.set("closed_at", nullptr);
  body.set("currency", "USD");
  body.set("email", order.ship_to.email);
  body.set("financial_status", lower(financial_status(order)));
  const auto shipped = fulfillment_status(order);
  body.set("fulfillment_status", shipped == "FULFILLED"             ? Json("fulfilled")
                                 : shipped == "PARTIALLY_FULFILLED" ? Json("partial")
                                                                    : Json());
  body.set("note", text_or_null(order.note));
  body.set("source_name", "web");
  body.set("tags", "");
  body.set("test", false);
  body = sums_into(std::move(body), order);
  body.set("shipping_address", address_payload(order.ship_to));
  body.set("line_items", lines_of(order));
  Json refunds = Json::Array{};
  for (const auto& refund : order.refunds) refunds.push(refund_payload(order, refund));
  body.set("refunds", std::move(refunds));
  Json shipments = Json::Array{};
  for (const auto& shipment : order.shipments) shipments.push(shipment_payload(order, shipment));
  body.set("fulfillments", std::move(shipments));
  body.set("shipping_lines", Json::Array{});
  return body;
}

Json risk_payload(const ShopOrder& order) {
  Json body;
  body.set("order_id", std::to_string(order.id));
  body.set("admin_graphql_api_order_id", gid("Order", order.id));
  body.set("created_at", shop_time(order.updated_at));
  body.set("risk_level", lower(order.risk_level));
  return body;
}

Json refund_payload(const ShopOrder& order, const ShopRefund& refund) {
  Json body;
  body.set("id", refund.id);
  body.set("admin_graphql_api_id", gid("Refund", refund.id));
  body.set("order_id", order.id);
  body.set("created_at", shop_time(refund.created_at));
  body.set("processed_at", shop_time(refund.created_at));
  body.set("note", text_or_null(refund.note));
  Json lines = Json::Array{};
  for (const auto& line : refund.lines) {
    Json entry;
    entry.set("id", line.id);
    entry.set("line_item_id", order.lines[line.line].id);
    entry.set("quantity", line.quantity);
    entry.set("restock_type", lower(line.restock));
    // A bare JSON number, as real refund lines carry it.
    entry.set("subtotal",
              Json::Number{decimal(order.lines[line.line].price_minor * line.quantity)});
    lines.push(std::move(entry));
  }
  body.set("refund_line_items", std::move(lines));
  Json transactions = Json::Array{};
  if (refund.amount_minor > 0) {
    Json transaction;
    transaction.set("kind", "refund");
    transaction.set("status", "success");
    transaction.set("amount", decimal(refund.amount_minor));
    transaction.set("currency", "USD");
    transactions.push(std::move(transaction));
  }
  body.set("transactions", std::move(transactions));
  return body;
}

Json shipment_payload(const ShopOrder& order, const ShopShipment& shipment) {
  const auto tracking = shipment.tracking.empty() ? ShopTracking{} : shipment.tracking.front();
  Json body;
  body.set("id", shipment.id);
  body.set("admin_graphql_api_id", gid("Fulfillment", shipment.id));
  body.set("order_id", order.id);
  body.set("status", lower(shipment.status));
  body.set("created_at", shop_time(shipment.created_at));
  body.set("updated_at", shop_time(shipment.updated_at));
  body.set("location_id", shipment.location);
  body.set("tracking_company", text_or_null(tracking.company));
  body.set("tracking_number", text_or_null(tracking.number));
  body.set("tracking_url", text_or_null(tracking.url));
  Json lines = Json::Array{};
  for (const auto& line : shipment.lines) {
    lines.push(line_payload(order, line.line, line.quantity));
  }
  body.set("line_items", std::move(lines));
  return body;
}

Json part_payload(const ShopPart& part) {
  Json body;
  body.set("fulfillment_order", brief(part));
  return body;
}

Json hold_payload(const ShopPart& part, const ShopHold& hold) {
  Json held;
  held.set("id", gid("FulfillmentHold", hold.id));
  held.set("handle", hold.handle);
  held.set("reason", lower(hold.reason));
  held.set("reason_notes", text_or_null(hold.notes));
  held.set("held_by_requesting_app", hold.by_app);
  Json order;
  order.set("id", gid("FulfillmentOrder", part.id));
  Json body;
  body.set("fulfillment_hold", std::move(held));
  body.set("fulfillment_order", std::move(order));
  return body;
}

Json moved_payload(const ShopPart& moved, const ShopPart& original) {
  Json body;
  body.set("moved_fulfillment_order", brief(moved));
  body.set("original_fulfillment_order", brief(original));
  body.set("destination_location_id", gid("Location", moved.location));
  return body;
}

}  // namespace holdfast::peers
