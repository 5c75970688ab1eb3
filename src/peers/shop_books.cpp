#include "peers/shop.h"

namespace holdfast::peers {
namespace {

Json shipments_of(const ShopOrder& order, std::size_t line) {
  Json list = Json::Array{};
  for (const auto& shipment : order.shipments) {
    for (const auto& piece : shipment.lines) {
      if (piece.line != line) continue;
      Json entry;
      entry.set("fulfillment", std::to_string(shipment.id));
      entry.set("status", shipment.status);
      entry.set("quantity", piece.quantity);
      entry.set("tracking", shipment.tracking.empty() ? "" : shipment.tracking.front().number);
      entry.set("at", to_text(shipment.created_at));
      entry.set("by_app", shipment.by_app);
      list.push(std::move(entry));
    }
  }
  return list;
}

Json line_book(const ShopOrder& order, std::size_t index) {
  const auto& line = order.lines[index];
  Json entry;
  entry.set("line", std::to_string(line.id));
  entry.set("sku", line.sku);
  entry.set("ordered", line.quantity);
  entry.set("current", line.current);
  entry.set("open", open_quantity(order, index));
  entry.set("fulfillments", shipments_of(order, index));
  return entry;
}

Json events_of(const ShopOrder& order) {
  Json list = Json::Array{};
  for (const auto& shipment : order.shipments) {
    for (const auto& event : shipment.events) {
      Json entry;
      entry.set("fulfillment", std::to_string(shipment.id));
      entry.set("status", event.status);
      entry.set("happened_at", to_text(event.happened_at));
      list.push(std::move(entry));
    }
  }
  return list;
}

Json order_book(const ShopOrder& order, Fault fault) {
  Json lines = Json::Array{};
  for (std::size_t i = 0; i < order.lines.size(); ++i) lines.push(line_book(order, i));
  Json holds = Json::Array{};
  for (const auto& part : order.parts) {
    for (const auto& hold : part.holds) holds.push(hold.handle);
  }
  Json entry;
  entry.set("order", order.name);
  entry.set("id", std::to_string(order.id));
  entry.set("fault", name_of(fault));
  entry.set("placed_at", to_text(order.created_at));
  entry.set("buyer", order.ship_to.email);
  entry.set("country", order.ship_to.country);
  entry.set("financial", financial_status(order));
  entry.set("fulfillment", fulfillment_status(order));
  entry.set("cancelled", static_cast<bool>(order.cancelled_at));
  entry.set("holds", std::move(holds));
  entry.set("lines", std::move(lines));
  entry.set("events", events_of(order));
  return entry;
}

}  // namespace

Json Shop::books() const {
  Json orders = Json::Array{};
  for (const auto& order : orders_) orders.push(order_book(order, scene_.faults.of(order.name)));
  Json books;
  books.set("orders", std::move(orders));
  books.set("webhooks", webhooks_.books());
  return books;
}

}  // namespace holdfast::peers
