#include "peers/shop.h"

#include <algorithm>
#include <charconv>

#include "peers/shop_payloads.h"

namespace holdfast::peers {
namespace {

constexpr std::int64_t first_order_id = 820'982'911'946'000'000;
constexpr std::int64_t ids_per_order = 10'000;
constexpr std::int64_t first_number = 1000;
constexpr std::int64_t shipping_minor = 590;
constexpr Duration routing_wait = seconds(5);
constexpr Duration assessment_wait = seconds(20);
constexpr int throttled_answers = 3;

}  // namespace

Shop::Shop(Scene& scene, Mailboxes& mailboxes, ShopOptions options)
    : scene_(scene),
      mailboxes_(mailboxes),
      options_(std::move(options)),
      webhooks_(scene, {options_.domain, options_.client_secret, options_.api_version,
                        options_.webhook_target}) {}

std::string Shop::place(const Basket& basket) {
  ShopOrder order;
  order.number = first_number + 1 + static_cast<std::int64_t>(orders_.size());
  order.name = "#" + std::to_string(order.number);
  order.id = first_order_id + (order.number - first_number) * ids_per_order;
  order.created_at = order.updated_at = scene_.agenda.now();
  order.ship_to = basket.ship_to;
  order.note = basket.note;
  order.shipping_minor = shipping_minor;
  order.recommendation = "NONE";
  order.risk_level = "PENDING";
  for (const auto& item : basket.lines) {
    order.lines.push_back({next_id(order), item.sku, item.title, item.variant, item.vendor,
                           item.quantity, item.quantity, item.price_minor, item.grams});
  }
  if (basket.paid) record_payment(order);
  const bool is_authorized = !basket.paid && basket.authorized_for.ms > 0;
  if (is_authorized) authorize(order, basket.authorized_for);
  if (basket.ships_after.ms > 0) order.fulfill_at = order.created_at + basket.ships_after;
  const auto id = order.id;
  orders_.push_back(order);
  tell(order, "orders/create");
  if (basket.paid) tell(order, "orders/paid");
  scene_.agenda.after(routing_wait, [this, id] { route(id); });
  if (basket.risk_comes) {
    scene_.agenda.after(assessment_wait, [this, id, high = basket.high_risk] { assess(id, high); });
  }
  Mail mail;
  mail.to = basket.ship_to.email;
  mail.from = options_.name;
  mail.subject = "Order " + order.name + " confirmed";
  mail.moment = "order_confirmed";
  mail.by_store = true;
  mailboxes_.add(std::move(mail));
  return order.name;
}

void Shop::route(std::int64_t id) {
  auto& order = *find_id(id);
  std::vector<std::pair<std::size_t, std::int64_t>> lines;
  for (std::size_t i = 0; i < order.lines.size(); ++i) {
    if (order.lines[i].current > 0) lines.emplace_back(i, order.lines[i].current);
  }
  if (lines.empty()) return;
  const bool in_many = scene_.faults.of(order.name) == Fault::ManyParts;
  for (const auto& line : in_many ? lines : decltype(lines)())
    add_part(order, main_location, {line});
  if (!in_many) add_part(order, main_location, lines);
  if (order.fulfill_at > scene_.agenda.now()) {
    for (auto& part : order.parts) {
      part.status = "SCHEDULED";
      part.fulfill_at = order.fulfill_at;
    }
    scene_.agenda.at(order.fulfill_at, [this, id] { let_ship(id); });
  }
  touch(order);
  for (const auto& part : order.parts) tell_part(order, part, "order_routing_complete");
  tell(order, "orders/updated");
}

void Shop::assess(std::int64_t id, bool high) {
  auto& order = *find_id(id);
  order.recommendation = high ? "CANCEL" : "ACCEPT";
  order.risk_level = high ? "HIGH" : "LOW";
  touch(order);
  webhooks_.emit("orders/risk_assessment_changed", order.name, risk_payload(order));
  tell(order, "orders/updated");
}

Status Shop::pay(std::string_view name) {
  auto* order = find(name);
  if (!order) return unknown(name);
  if (order->cancelled_at) return fail(ErrorCode::Conflict, "the order is cancelled", order->name);
  record_payment(*order);
  touch(*order);
  tell(*order, "orders/paid");
  tell(*order, "orders/updated");
  return {};
}

Status Shop::cancel(std::string_view name, const std::string& reason) {
  auto* order = find(name);
  if (!order) return unknown(name);
  if (order->cancelled_at) return {};
  const auto sums = totals(*order);
  ShopRefund refund;
  refund.id = next_id(*order);
  refund.created_at = scene_.agenda.now();
  refund.amount_minor = sums.received - sums.refunded;
  for (std::size_t i = 0; i < order->lines.size(); ++i) {
    const auto current = order->lines[i].current;
    if (current == 0) continue;
    refund.lines.push_back({next_id(*order), i, current, "CANCEL"});
    take_out(*order, i, current);
  }
  for (auto& part : order->parts) {
    part.holds.clear();
    if (part.status != "CLOSED") part.status = "CANCELLED";
  }
  order->cancelled_at = scene_.agenda.now();
  order->cancel_reason = reason;
  if (const auto open = authorized_minor(*order); sums.received == 0 && open > 0) {
    order->transactions.push_back({next_id(*order), "VOID", open, scene_.agenda.now(), {}});
  }
  if (sums.received == 0)
    order->was_voided = true;
  else
    give_back(*order, refund.amount_minor);
  order->refunds.push_back(refund);
  touch(*order);
  tell(*order, "orders/cancelled");
  tell(*order, "orders/updated");
  webhooks_.emit("refunds/create", order->name, refund_payload(*order, refund));
  return {};
}

Status Shop::refund(std::string_view name, const std::vector<SkuQuantity>& lines,
                    std::int64_t amount_minor, const std::string& note) {
  auto* order = find(name);
  if (!order) return unknown(name);
  ShopRefund refund;
  for (const auto& [sku, quantity] : lines) {
    const auto found = std::ranges::find(order->lines, sku, &ShopLine::sku);
    if (found == order->lines.end() || found->current < quantity || quantity < 1) {
      return fail(ErrorCode::Invalid, "the order has not so many pieces", sku);
    }
    const auto line = static_cast<std::size_t>(found - order->lines.begin());
    refund.lines.push_back({next_id(*order), line, quantity, "CANCEL"});
  }
  for (const auto& line : refund.lines) take_out(*order, line.line, line.quantity);
  refund.id = next_id(*order);
  refund.created_at = scene_.agenda.now();
  refund.note = note;
  refund.amount_minor = amount_minor;
  give_back(*order, amount_minor);
  order->refunds.push_back(refund);
  close_empty(*order);
  touch(*order);
  webhooks_.emit("refunds/create", order->name, refund_payload(*order, refund));
  tell(*order, "orders/updated");
  return {};
}

Status Shop::fulfill_elsewhere(std::string_view name, const std::string& tracking) {
  auto* order = find(name);
  if (!order) return unknown(name);
  std::vector<Group> groups;
  for (auto& part : order->parts) {
    Group group{&part, {}};
    for (auto& line : part.lines) {
      if (line.remaining > 0) group.lines.emplace_back(&line, line.remaining);
    }
    part.holds.clear();
    if (!group.lines.empty()) groups.push_back(std::move(group));
  }
  if (groups.empty()) return fail(ErrorCode::Conflict, "nothing is left to fulfill", order->name);
  auto& shipment = ship(*order, groups);
  shipment.by_app = false;
  shipment.tracking = {{"Other", tracking, ""}};
  webhooks_.emit("fulfillments/create", order->name, shipment_payload(*order, shipment));
  tell(*order, "orders/updated");
  return {};
}

Status Shop::set_address(std::string_view name, const Address& address) {
  auto* order = find(name);
  if (!order) return unknown(name);
  order->ship_to = address;
  changed(*order);
  return {};
}

Status Shop::set_risk(std::string_view name, const std::string& recommendation,
                      const std::string& level) {
  auto* order = find(name);
  if (!order) return unknown(name);
  order->recommendation = recommendation;
  order->risk_level = level;
  touch(*order);
  webhooks_.emit("orders/risk_assessment_changed", order->name, risk_payload(*order));
  tell(*order, "orders/updated");
  return {};
}

bool Shop::throttles(std::string_view name) {
  if (scene_.faults.of(name) != Fault::Throttled || lifted_.contains(name)) return false;
  return ++throttled_[std::string(name)] <= throttled_answers;
}

// ---- bookkeeping ------------------------------------------------------------------------------

void Shop::record_payment(ShopOrder& order) {
  const auto sums = totals(order);
  order.transactions.push_back(
      {next_id(order), "SALE", sums.current - sums.received, scene_.agenda.now(), {}});
}

void Shop::give_back(ShopOrder& order, std::int64_t amount_minor) {
  if (amount_minor <= 0) return;
  order.transactions.push_back({next_id(order), "REFUND", amount_minor, scene_.agenda.now(), {}});
}

void Shop::take_out(ShopOrder& order, std::size_t line, std::int64_t quantity) {
  order.lines[line].current -= quantity;
  for (auto& part : order.parts) {
    for (auto& own : part.lines) {
      if (own.line != line) continue;
      const auto taken = std::min(own.remaining, quantity);
      own.remaining -= taken;
      own.total -= taken;
      quantity -= taken;
    }
    part.updated_at = scene_.agenda.now();
  }
}

void Shop::close_empty(ShopOrder& order) {
  for (auto& part : order.parts) {
    const bool left = std::ranges::any_of(
        part.lines, [](const ShopPartLine& line) { return line.remaining > 0; });
    if (!left) part.status = "CLOSED";
  }
}

ShopPart& Shop::add_part(ShopOrder& order, std::int64_t location,
                         const std::vector<std::pair<std::size_t, std::int64_t>>& lines) {
  ShopPart part;
  part.id = next_id(order);
  part.location = location;
  part.fulfill_at = part.updated_at = scene_.agenda.now();
  for (const auto& [line, quantity] : lines) {
    part.lines.push_back({next_id(order), line, quantity, quantity});
  }
  return order.parts.emplace_back(std::move(part));
}

ShopShipment& Shop::ship(ShopOrder& order, std::vector<Group>& groups) {
  ShopShipment shipment;
  shipment.id = next_id(order);
  shipment.created_at = shipment.updated_at = scene_.agenda.now();
  shipment.location = groups.front().part->location;
  for (auto& group : groups) {
    for (auto& [line, quantity] : group.lines) {
      line->remaining -= quantity;
      shipment.lines.push_back({next_id(order), line->line, quantity});
    }
    const bool left = std::ranges::any_of(
        group.part->lines, [](const ShopPartLine& line) { return line.remaining > 0; });
    group.part->status = left ? "IN_PROGRESS" : "CLOSED";
    group.part->updated_at = scene_.agenda.now();
  }
  touch(order);
  return order.shipments.emplace_back(std::move(shipment));
}

std::int64_t Shop::next_id(ShopOrder& order) { return order.id + ++order.ids_given; }

void Shop::touch(ShopOrder& order) { order.updated_at = scene_.agenda.now(); }

void Shop::tell(const ShopOrder& order, const std::string& topic) {
  webhooks_.emit(topic, order.name, order_payload(order));
}

void Shop::tell_part(const ShopOrder& order, const ShopPart& part, const std::string& event) {
  webhooks_.emit("fulfillment_orders/" + event, order.name, part_payload(part));
}

void Shop::changed(ShopOrder& order) {
  touch(order);
  tell(order, "orders/updated");
}

void Shop::changed(ShopOrder& order, ShopShipment& shipment) {
  shipment.updated_at = scene_.agenda.now();
  webhooks_.emit("fulfillments/update", order.name, shipment_payload(order, shipment));
  changed(order);
}

// ---- looking up -------------------------------------------------------------------------------

/// An order's number and its ids tell its place: a book of many thousands is asked at every call.
std::size_t Shop::place_of_name(std::string_view name) const {
  std::int64_t number = 0;
  if (!name.starts_with('#')) return orders_.size();
  const auto [end, problem] = std::from_chars(name.data() + 1, name.data() + name.size(), number);
  const bool known = problem == std::errc() && end == name.data() + name.size() &&
                     number > first_number &&
                     number - first_number <= static_cast<std::int64_t>(orders_.size());
  return known ? static_cast<std::size_t>(number - first_number - 1) : orders_.size();
}

std::size_t Shop::place_of_id(std::int64_t id) const {
  const auto index = (id - first_order_id) / ids_per_order - 1;
  const bool known =
      id > first_order_id && index >= 0 && index < static_cast<std::int64_t>(orders_.size());
  return known ? static_cast<std::size_t>(index) : orders_.size();
}

ShopOrder* Shop::find(std::string_view name) {
  const auto place = place_of_name(name);
  return place == orders_.size() ? nullptr : &orders_[place];
}

ShopOrder* Shop::find_id(std::int64_t id) {
  const auto place = place_of_id(id);
  return place == orders_.size() ? nullptr : &orders_[place];
}

std::pair<ShopOrder*, ShopPart*> Shop::find_part(std::string_view text) {
  const auto id = id_of(text, "FulfillmentOrder");
  auto* order = find_id(id);
  if (!order) return {};
  const auto found = std::ranges::find(order->parts, id, &ShopPart::id);
  if (found == order->parts.end()) return {};
  return {order, &*found};
}

std::pair<ShopOrder*, ShopShipment*> Shop::find_shipment(std::string_view text) {
  const auto id = id_of(text, "Fulfillment");
  auto* order = find_id(id);
  if (!order) return {};
  const auto found = std::ranges::find(order->shipments, id, &ShopShipment::id);
  if (found == order->shipments.end()) return {};
  return {order, &*found};
}

const ShopOrder* Shop::named(std::string_view name) const {
  const auto place = place_of_name(name);
  return place == orders_.size() ? nullptr : &orders_[place];
}

const ShopOrder* Shop::by_id(std::int64_t id) const {
  const auto* order = owner(id);
  return order && order->id == id ? order : nullptr;
}

const ShopOrder* Shop::owner(std::int64_t id) const {
  const auto place = place_of_id(id);
  if (place == orders_.size()) return nullptr;
  const auto& order = orders_[place];
  return id >= order.id && id <= order.id + order.ids_given ? &order : nullptr;
}

std::pair<const ShopOrder*, const ShopPart*> Shop::part(std::int64_t id) const {
  const auto* order = owner(id);
  if (!order) return {};
  const auto found = std::ranges::find(order->parts, id, &ShopPart::id);
  if (found == order->parts.end()) return {};
  return {order, &*found};
}

Status Shop::unknown(std::string_view order) const {
  return fail(ErrorCode::NotFound, "the shop has no such order", std::string(order));
}

}  // namespace holdfast::peers
