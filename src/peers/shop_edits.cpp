// What the shop's staff, its buyers and other apps change while an order runs.

#include <algorithm>

#include "peers/shop.h"
#include "peers/shop_payloads.h"

namespace holdfast::peers {
namespace {

constexpr const char* other_app = "stock-guard";

}  // namespace

/// An order that stands and is divided into parts; nullptr for others.
ShopOrder* Shop::running(std::string_view name) {
  auto* order = find(name);
  return order && !order->cancelled_at && !order->parts.empty() ? order : nullptr;
}

Status Shop::not_running(std::string_view name) const {
  if (!named(name)) return unknown(name);
  return fail(ErrorCode::Conflict, "the order is cancelled or not divided yet", std::string(name));
}

/// Pieces of a line that stands there get a part of their own and are paid at once.
void Shop::sell_more(ShopOrder& order, std::size_t line, std::int64_t quantity) {
  add_part(order, main_location, {{line, quantity}});
  const auto cost = order.lines[line].price_minor * quantity;
  order.transactions.push_back({next_id(order), "SALE", cost, scene_.agenda.now(), {}});
  changed(order);
}

/// A part whose last hold went can be fulfilled, or waits for a pre-order's time.
void Shop::go_on_unheld(ShopOrder& order, ShopPart& part) {
  if (!part.holds.empty() || part.status != "ON_HOLD") return;
  part.status = part.fulfill_at > scene_.agenda.now() ? "SCHEDULED" : "OPEN";
  tell_part(order, part, "hold_released");
}

Status Shop::add_line(std::string_view name, const BasketLine& item) {
  auto* order = running(name);
  if (!order) return not_running(name);
  const auto index = order->lines.size();
  order->lines.push_back({next_id(*order), item.sku, item.title, item.variant, item.vendor,
                          item.quantity, item.quantity, item.price_minor, item.grams});
  sell_more(*order, index, item.quantity);
  return {};
}

Status Shop::add_pieces(std::string_view name, std::int64_t quantity) {
  auto* order = running(name);
  if (!order) return not_running(name);
  auto& line = order->lines.front();
  line.quantity += quantity;
  line.current += quantity;
  sell_more(*order, 0, quantity);
  return {};
}

Status Shop::set_service(std::string_view name, const std::string& code) {
  auto* order = running(name);
  if (!order) return not_running(name);
  order->service = code;
  changed(*order);
  return {};
}

Status Shop::set_note(std::string_view name, const std::string& note) {
  auto* order = running(name);
  if (!order) return not_running(name);
  order->note = note;
  changed(*order);
  return {};
}

Status Shop::hold_by_other(std::string_view name) {
  auto* order = running(name);
  if (!order) return not_running(name);
  const auto part = std::ranges::find_if(order->parts, is_open);
  if (part == order->parts.end()) return not_running(name);
  const bool first = part->holds.empty();
  part->holds.push_back({next_id(*order), other_app, "INVENTORY_OUT_OF_STOCK", "", false});
  part->status = "ON_HOLD";
  touch(*order);
  webhooks_.emit("fulfillment_holds/added", order->name, hold_payload(*part, part->holds.back()));
  if (first) tell_part(*order, *part, "placed_on_hold");
  return {};
}

Status Shop::release_others(std::string_view name) {
  auto* order = running(name);
  if (!order) return not_running(name);
  for (auto& part : order->parts) {
    const auto holds = part.holds;
    std::erase_if(part.holds, [](const ShopHold& hold) { return !hold.by_app; });
    for (const auto& hold : holds) {
      if (hold.by_app) continue;
      webhooks_.emit("fulfillment_holds/released", order->name, hold_payload(part, hold));
    }
    if (!holds.empty()) go_on_unheld(*order, part);
  }
  touch(*order);
  return {};
}

void Shop::authorize(ShopOrder& order, Duration valid) {
  const auto now = scene_.agenda.now();
  const auto expires_at = now + valid;
  order.transactions.push_back(
      {next_id(order), "AUTHORIZATION", totals(order).current, now, expires_at});
  scene_.agenda.at(expires_at, [this, id = order.id] {
    auto& lapsed = *find_id(id);
    if (lapsed.cancelled_at || totals(lapsed).received > 0) return;
    lapsed.has_expired = true;
    changed(lapsed);
  });
}

Status Shop::capture(std::string_view name) {
  auto* order = find(name);
  if (!order) return unknown(name);
  const auto sums = totals(*order);
  if (order->cancelled_at || sums.received >= sums.current) {
    return fail(ErrorCode::Conflict, "there is nothing to capture", order->name);
  }
  const bool stands = authorized_minor(*order) > 0 && !order->has_expired;
  order->has_expired = false;
  if (!stands) return pay(name);
  order->transactions.push_back(
      {next_id(*order), "CAPTURE", sums.current - sums.received, scene_.agenda.now(), {}});
  touch(*order);
  tell(*order, "orders/paid");
  tell(*order, "orders/updated");
  return {};
}

/// A pre-order's time has come.
void Shop::let_ship(std::int64_t id) {
  auto& order = *find_id(id);
  for (auto& part : order.parts) {
    if (part.status != "SCHEDULED") continue;
    part.status = "OPEN";
    part.updated_at = scene_.agenda.now();
    tell_part(order, part, "scheduled_fulfillment_order_ready");
  }
  changed(order);
}

Status Shop::refund_listed(std::string_view name) {
  auto* order = running(name);
  if (!order) return not_running(name);
  auto& line = order->lines.front();
  if (line.current < 1 || totals(*order).received == 0) return not_running(name);
  ShopRefund refund;
  refund.id = next_id(*order);
  refund.created_at = scene_.agenda.now();
  refund.lines.push_back({next_id(*order), 0, 1, "NO_RESTOCK"});
  refund.amount_minor = line.price_minor;
  --line.current;
  give_back(*order, refund.amount_minor);
  order->refunds.push_back(refund);
  touch(*order);
  webhooks_.emit("refunds/create", order->name, refund_payload(*order, refund));
  tell(*order, "orders/updated");
  return {};
}

Status Shop::unlist_refunded(std::string_view name) {
  auto* order = running(name);
  if (!order) return not_running(name);
  for (std::size_t i = 0; i < order->lines.size(); ++i) {
    auto& line = order->lines[i];
    std::int64_t shipped = 0;
    for (const auto& shipment : order->shipments) {
      if (shipment.status != "SUCCESS") continue;
      for (const auto& piece : shipment.lines) shipped += piece.line == i ? piece.quantity : 0;
    }
    const auto surplus =
        open_quantity(*order, i) - std::max<std::int64_t>(line.current - shipped, 0);
    if (surplus <= 0) continue;
    line.current += surplus;  // taking out of the parts takes it off again
    take_out(*order, i, surplus);
  }
  close_empty(*order);
  changed(*order);
  return {};
}

}  // namespace holdfast::peers
