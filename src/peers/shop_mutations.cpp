#include <algorithm>

#include "base/text.h"
#include "peers/shop.h"
#include "peers/shop_payloads.h"

namespace holdfast::peers {
namespace {

using Pieces = std::vector<std::pair<std::size_t, std::int64_t>>;  // part line index, quantity

constexpr std::size_t max_holds = 10;

tl::unexpected<ShopRefusal> refuse(std::vector<std::string> field, std::string message,
                                   std::string code = {}) {
  return tl::unexpected(ShopRefusal{std::move(field), std::move(message), std::move(code), false});
}

tl::unexpected<ShopRefusal> no_such_id() {
  return tl::unexpected(ShopRefusal{{}, "invalid id", "RESOURCE_NOT_FOUND", true});
}

/// Rows of a FulfillmentTrackingInput; number XOR numbers, url XOR urls.
ShopAnswer<std::vector<ShopTracking>> tracking_of(const Json& input) {
  const std::vector<std::string> field{"trackingInfoInput"};
  if (!input["number"].is_null() && !input["numbers"].is_null()) {
    return refuse(field, "Cannot specify both number and numbers.");
  }
  if (!input["url"].is_null() && !input["urls"].is_null()) {
    return refuse(field, "Cannot specify both url and urls.");
  }
  auto numbers = input["numbers"].items();
  if (input["number"].is_string()) numbers = {input["number"]};
  auto urls = input["urls"].items();
  if (input["url"].is_string()) urls = {input["url"]};
  std::vector<ShopTracking> rows(std::max(numbers.size(), urls.size()));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i].company = input["company"].string();
    if (i < numbers.size()) rows[i].number = numbers[i].string();
    if (i < urls.size()) rows[i].url = urls[i].string();
  }
  return rows;
}

ShopPartLine* line_of(ShopPart& part, const Json& id) {
  const auto wanted = id_of(id.string(), "FulfillmentOrderLineItem");
  const auto found = std::ranges::find(part.lines, wanted, &ShopPartLine::id);
  return found == part.lines.end() ? nullptr : &*found;
}

/// The asked lines of a part; all that is left when none are named.
ShopAnswer<Pieces> chosen(ShopPart& part, const Json& asked,
                          const std::vector<std::string>& field) {
  Pieces pieces;
  if (asked.items().empty()) {
    for (std::size_t i = 0; i < part.lines.size(); ++i) {
      if (part.lines[i].remaining > 0) pieces.emplace_back(i, part.lines[i].remaining);
    }
    return pieces;
  }
  for (const auto& item : asked.items()) {
    const auto quantity = item["quantity"].integer();
    if (quantity <= 0) return refuse(field, "Quantity must be greater than 0", "GREATER_THAN_ZERO");
    const auto* line = line_of(part, item["id"]);
    if (!line || quantity > line->remaining) {
      return refuse(field, "Invalid fulfillment order line item quantity requested.",
                    "INVALID_LINE_ITEM_QUANTITY");
    }
    pieces.emplace_back(static_cast<std::size_t>(line - part.lines.data()), quantity);
  }
  return pieces;
}

/// What `taken` leaves behind in the part.
Pieces rest_of(const ShopPart& part, const Pieces& taken) {
  Pieces rest;
  for (std::size_t i = 0; i < part.lines.size(); ++i) {
    auto left = part.lines[i].remaining;
    for (const auto& [line, quantity] : taken) left -= line == i ? quantity : 0;
    if (left > 0) rest.emplace_back(i, left);
  }
  return rest;
}

}  // namespace

/// Existence, then one order: the groups of parts and lines that were asked for.
ShopAnswer<std::vector<Shop::Group>> Shop::found_groups(const Json& asked, ShopOrder*& order) {
  const std::vector<std::string> field{"fulfillment"};
  std::vector<Group> groups;
  for (const auto& item : asked.items()) {
    auto [owner, part] = find_part(item["fulfillmentOrderId"].string());
    if (!part) return refuse(field, "Fulfillment order does not exist.");
    if (order && owner != order) {
      return refuse(field,
                    "All fulfillment orders must belong to the same order. Multiple orders "
                    "with ids [" +
                        std::to_string(order->id) + ", " + std::to_string(owner->id) +
                        "] were found.");
    }
    order = owner;
    Group group{part, {}};
    for (const auto& line : item["fulfillmentOrderLineItems"].items()) {
      auto* own = line_of(*part, line["id"]);
      if (!own) return refuse(field, "Fulfillment order line item does not exist.");
      group.lines.emplace_back(own, line["quantity"].integer());
    }
    // Omitted line items mean all that remain.
    for (auto& line : part->lines) {
      const bool named = !item["fulfillmentOrderLineItems"].items().empty();
      if (!named && line.remaining > 0) group.lines.emplace_back(&line, line.remaining);
    }
    groups.push_back(std::move(group));
  }
  if (groups.empty()) return refuse(field, "Fulfillment order does not exist.");
  return groups;
}

/// The recorded refusals of fulfillmentCreate, in their recorded order: quantities above 0, then
/// existence, then one order, one location and a fitting status, then quantities.
ShopAnswer<std::vector<Shop::Group>> Shop::groups_of(const Json& asked, ShopOrder*& order) {
  const std::vector<std::string> field{"fulfillment"};
  for (const auto& item : asked.items()) {
    for (const auto& line : item["fulfillmentOrderLineItems"].items()) {
      if (line["quantity"].integer() <= 0) return refuse(field, "Quantity must be greater than 0");
    }
    if (item["fulfillmentOrderId"].string() == gid("FulfillmentOrder", 0)) return no_such_id();
  }
  auto groups = found_groups(asked, order);
  if (!groups) return groups;
  for (const auto& group : *groups) {
    if (group.part->location != groups->front().part->location) {
      return refuse(field,
                    "All fulfillment orders must be assigned to a single location. Multiple "
                    "locations were found.");
    }
    if (!takes_fulfillment(*group.part)) {
      return refuse(field, "Fulfillment order " + std::to_string(group.part->id) +
                               " has an unfulfillable status= " + lower(group.part->status) + ".");
    }
  }
  for (const auto& group : *groups) {
    for (const auto& [line, quantity] : group.lines) {
      std::int64_t wanted = 0;
      for (const auto& [other, more] : group.lines) wanted += other == line ? more : 0;
      if (wanted > line->remaining) {
        return refuse(field, "Invalid fulfillment order line item quantity requested.");
      }
    }
  }
  return groups;
}

ShopAnswer<const ShopShipment*> Shop::fulfillment_create(const Json& input) {
  ShopOrder* order = nullptr;
  auto groups = groups_of(input["lineItemsByFulfillmentOrder"], order);
  if (!groups) return tl::unexpected(groups.error());
  auto tracking = tracking_of(input["trackingInfo"]);
  if (!tracking) return tl::unexpected(tracking.error());
  if (scene_.faults.of(order->name) == Fault::StoreRefusesFulfillment &&
      !lifted_.contains(order->name)) {
    return refuse({"fulfillment"}, "The order cannot be fulfilled while it is under review.");
  }
  auto& shipment = ship(*order, *groups);
  shipment.tracking = std::move(*tracking);
  shipment.notify = input["notifyCustomer"].boolean();
  if (shipment.notify) {
    Mail mail;
    mail.to = order->ship_to.email;
    mail.from = options_.name;
    mail.subject = "A shipment from order " + order->name + " is on the way";
    mail.moment = "shipping_confirmation";
    mail.by_store = true;
    mailboxes_.add(std::move(mail));
  }
  webhooks_.emit("fulfillments/create", order->name, shipment_payload(*order, shipment));
  tell(*order, "orders/updated");
  return &shipment;
}

ShopAnswer<const ShopShipment*> Shop::fulfillment_cancel(std::string_view id) {
  auto [order, shipment] = find_shipment(id);
  if (!shipment) return refuse({"id"}, "Fulfillment does not exist.");
  if (shipment->status == "CANCELLED") return shipment;
  shipment->status = "CANCELLED";
  shipment->display = "CANCELED";
  std::vector<std::pair<std::size_t, std::int64_t>> lines;
  for (const auto& line : shipment->lines) lines.emplace_back(line.line, line.quantity);
  const auto& part = add_part(*order, shipment->location, lines);
  tell_part(*order, part, "order_routing_complete");
  changed(*order, *shipment);
  return shipment;
}

ShopAnswer<const ShopShipment*> Shop::tracking_update(std::string_view id, const Json& input,
                                                      bool notify) {
  auto [order, shipment] = find_shipment(id);
  if (!shipment) return refuse({"fulfillmentId"}, "Fulfillment does not exist.");
  auto tracking = tracking_of(input);
  if (!tracking) return tl::unexpected(tracking.error());
  shipment->tracking = std::move(*tracking);
  shipment->notify = shipment->notify || notify;
  changed(*order, *shipment);
  return shipment;
}

ShopAnswer<const ShopShipmentEvent*> Shop::event_create(const Json& input) {
  auto [order, shipment] = find_shipment(input["fulfillmentId"].string());
  if (!shipment) return no_such_id();
  ShopShipmentEvent event;
  event.id = next_id(*order);
  event.status = input["status"].string();
  const auto happened = parse_instant(input["happenedAt"].string());
  event.happened_at = happened ? *happened : scene_.agenda.now();
  event.message = input["message"].string();
  shipment->events.push_back(std::move(event));
  shipment->display = shipment->events.back().status;
  changed(*order, *shipment);
  return &shipment->events.back();
}

ShopPart& Shop::carve(ShopOrder& order, std::size_t index,
                      const std::vector<std::pair<std::size_t, std::int64_t>>& lines,
                      std::int64_t location) {
  std::vector<std::pair<std::size_t, std::int64_t>> taken;
  for (const auto& [at, quantity] : lines) {
    auto& own = order.parts[index].lines[at];
    own.remaining -= quantity;
    own.total -= quantity;
    taken.emplace_back(own.line, quantity);
  }
  std::erase_if(order.parts[index].lines, [](const ShopPartLine& line) { return line.total == 0; });
  return add_part(order, location, taken);
}

/// What keeps a hold from being placed, before its lines are looked at.
std::optional<ShopRefusal> Shop::hold_refusal(const ShopPart* part, const std::string& handle) {
  if (!part) {
    return ShopRefusal{
        {"id"}, "The fulfillment order was not found.", "FULFILLMENT_ORDER_NOT_FOUND", false};
  }
  if (!is_open(*part) && part->status != "SCHEDULED") {
    return ShopRefusal{
        {"id"}, "The fulfillment order is not in a state that can be held.", "TAKEN", false};
  }
  const auto same = [&](const ShopHold& hold) { return hold.by_app && hold.handle == handle; };
  if (std::ranges::any_of(part->holds, same)) {
    return ShopRefusal{{"fulfillmentHold", "handle"},
                       "The handle provided for the fulfillment hold is already in use by this app "
                       "for another hold on this fulfillment order.",
                       "DUPLICATE_FULFILLMENT_HOLD_HANDLE",
                       false};
  }
  if (part->holds.size() >= max_holds) {
    return ShopRefusal{{"id"},
                       "The maximum number of fulfillment holds has been reached.",
                       "FULFILLMENT_ORDER_HOLD_LIMIT_REACHED",
                       false};
  }
  return std::nullopt;
}

ShopAnswer<Shop::HoldMade> Shop::hold(std::string_view id, const Json& input) {
  auto [order, part] = find_part(id);
  const auto& handle = input["handle"].string();
  if (auto refusal = hold_refusal(part, handle)) return tl::unexpected(std::move(*refusal));
  const std::vector<std::string> field{"fulfillmentHold", "fulfillmentOrderLineItems"};
  const auto taken = chosen(*part, input["fulfillmentOrderLineItems"], field);
  if (!taken) return tl::unexpected(taken.error());
  const auto rest = rest_of(*part, *taken);
  if (!rest.empty() && part->status == "ON_HOLD") {
    return refuse(field, "The fulfillment order is not in a splittable state.",
                  "FULFILLMENT_ORDER_NOT_SPLITTABLE");
  }
  const auto index = static_cast<std::size_t>(part - order->parts.data());
  const bool first = part->holds.empty();
  const auto* remaining = rest.empty() ? nullptr : &carve(*order, index, rest, part->location);
  // Adding a part may have moved the others.
  part = &order->parts[index];
  part->holds.push_back(
      {next_id(*order), handle, input["reason"].string(), input["reasonNotes"].string(), true});
  part->status = "ON_HOLD";
  touch(*order);
  webhooks_.emit("fulfillment_holds/added", order->name, hold_payload(*part, part->holds.back()));
  if (first) tell_part(*order, *part, "placed_on_hold");
  return HoldMade{&part->holds.back(), part, remaining};
}

ShopAnswer<const ShopPart*> Shop::release(std::string_view id, const Json& hold_ids) {
  auto [order, part] = find_part(id);
  if (!part) {
    return refuse({"id"}, "The fulfillment order was not found.", "FULFILLMENT_ORDER_NOT_FOUND");
  }
  std::vector<ShopHold> leaving;
  for (const auto& wanted : hold_ids.items()) {
    const auto found =
        std::ranges::find(part->holds, id_of(wanted.string(), "FulfillmentHold"), &ShopHold::id);
    if (found == part->holds.end() || !found->by_app) {
      return refuse({"holdIds"}, "The app doesn't have access to release the fulfillment hold.",
                    "INVALID_ACCESS");
    }
    leaving.push_back(*found);
  }
  for (const auto& gone : leaving) {
    std::erase_if(part->holds, [&](const ShopHold& hold) { return hold.id == gone.id; });
    webhooks_.emit("fulfillment_holds/released", order->name, hold_payload(*part, gone));
  }
  go_on_unheld(*order, *part);
  touch(*order);
  return part;
}

ShopAnswer<Shop::Moved> Shop::move(std::string_view id, std::string_view location,
                                   const Json& lines) {
  auto [order, part] = find_part(id);
  if (!part) return refuse({"id"}, "The fulfillment order was not found.");
  const auto to = id_of(location, "Location");
  if (to != main_location && to != second_location) {
    return refuse({"newLocationId"}, "Location does not exist.");
  }
  if (!is_open(*part)) {
    return refuse({"id"}, "The fulfillment order is not in a movable state.");
  }
  if (part->location == to) {
    return refuse({"newLocationId"}, "The fulfillment order is already assigned to the location.");
  }
  const auto taken = chosen(*part, lines, {"fulfillmentOrderLineItems"});
  if (!taken) return tl::unexpected(taken.error());
  const bool whole = rest_of(*part, *taken).empty();
  const auto index = static_cast<std::size_t>(part - order->parts.data());
  auto& moved = carve(*order, index, *taken, to);
  auto& original = order->parts[index];
  if (whole) {
    moved.holds = std::exchange(original.holds, {});
    moved.status = moved.holds.empty() ? "OPEN" : "ON_HOLD";
    original.status = "CLOSED";
  }
  touch(*order);
  webhooks_.emit("fulfillment_orders/moved", order->name, moved_payload(moved, original));
  return Moved{&moved, &original, whole ? nullptr : &original};
}

ShopAnswer<std::int64_t> Shop::order_cancel(std::string_view id, const std::string& reason) {
  auto* order = find_id(id_of(id, "Order"));
  if (!order) return no_such_id();
  if (order->cancelled_at) {
    return refuse({"orderId"}, "Order has already been cancelled", "INVALID");
  }
  const auto job = next_id(*order);
  scene_.agenda.after(seconds(2),
                      [this, name = order->name, reason] { (void)cancel(name, reason); });
  return job;
}

}  // namespace holdfast::peers
