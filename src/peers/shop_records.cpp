#include "peers/shop_records.h"

#include <algorithm>
#include <charconv>

namespace holdfast::peers {

ShopTotals totals(const ShopOrder& order) {
  ShopTotals sums;
  sums.total = sums.current = order.shipping_minor;
  for (const auto& line : order.lines) {
    sums.total += line.price_minor * line.quantity;
    sums.current += line.price_minor * line.current;
  }
  if (order.cancelled_at) sums.current -= order.shipping_minor;
  for (const auto& transaction : order.transactions) {
    const bool comes = transaction.kind == "SALE" || transaction.kind == "CAPTURE";
    if (comes) sums.received += transaction.amount_minor;
    if (transaction.kind == "REFUND") sums.refunded += transaction.amount_minor;
  }
  return sums;
}

bool takes_fulfillment(const ShopPart& part) {
  return part.status == "OPEN" || part.status == "IN_PROGRESS";
}

bool is_open(const ShopPart& part) { return takes_fulfillment(part) || part.status == "ON_HOLD"; }

std::int64_t authorized_minor(const ShopOrder& order) {
  std::int64_t sum = 0;
  for (const auto& transaction : order.transactions) {
    if (transaction.kind == "AUTHORIZATION") sum += transaction.amount_minor;
    if (transaction.kind == "VOID") sum -= transaction.amount_minor;
  }
  return sum;
}

std::string financial_status(const ShopOrder& order) {
  const auto sums = totals(order);
  if (order.was_voided) return "VOIDED";
  if (order.has_expired) return "EXPIRED";
  if (sums.received == 0 && authorized_minor(order) > 0) return "AUTHORIZED";
  if (sums.received == 0) return "PENDING";
  if (sums.refunded == 0) return sums.received < sums.current ? "PARTIALLY_PAID" : "PAID";
  return sums.refunded < sums.received ? "PARTIALLY_REFUNDED" : "REFUNDED";
}

std::string fulfillment_status(const ShopOrder& order) {
  std::int64_t open = 0;
  bool held = false;
  for (const auto& part : order.parts) {
    for (const auto& line : part.lines) open += line.remaining;
    held = held || part.status == "ON_HOLD";
  }
  const bool shipped = std::ranges::any_of(
      order.shipments, [](const ShopShipment& shipment) { return shipment.status == "SUCCESS"; });
  if (shipped) return open == 0 ? "FULFILLED" : "PARTIALLY_FULFILLED";
  return held ? "ON_HOLD" : "UNFULFILLED";
}

std::int64_t open_quantity(const ShopOrder& order, std::size_t line) {
  std::int64_t open = 0;
  for (const auto& part : order.parts) {
    for (const auto& own : part.lines) open += own.line == line ? own.remaining : 0;
  }
  return open;
}

std::string decimal(std::int64_t minor) {
  const auto cents = std::to_string(100 + std::abs(minor) % 100);
  return (minor < 0 ? "-" : "") + std::to_string(std::abs(minor) / 100) + "." + cents.substr(1);
}

std::string gid(std::string_view noun, std::int64_t id) {
  return "gid://shopify/" + std::string(noun) + "/" + std::to_string(id);
}

std::int64_t id_of(std::string_view text, std::string_view noun) {
  const auto prefix = "gid://shopify/" + std::string(noun) + "/";
  if (!text.starts_with(prefix)) return 0;
  const auto digits = text.substr(prefix.size());
  std::int64_t value = 0;
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return problem == std::errc() && end == digits.data() + digits.size() ? value : 0;
}

std::string shop_time(Instant instant) { return to_text(Instant{instant.ms / 1000 * 1000}); }

}  // namespace holdfast::peers
