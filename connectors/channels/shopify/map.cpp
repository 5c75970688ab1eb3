#include "connectors/channels/shopify/map.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "connectors/channels/shopify/payment.h"
#include "connectors/channels/shopify/wire.h"

namespace holdfast::connectors::shopify {
namespace {

constexpr std::size_t note_bytes = 4000;
constexpr std::size_t line_note_bytes = 2000;
constexpr std::string_view our_handle = "holdfast";

/// Line number of each LineItem id.
using Positions = std::map<std::string, std::int64_t, std::less<>>;

Result<Instant> time_at(const Json& node, const char* name) {
  const auto& value = node[name];
  if (value.is_null()) return Instant{};
  auto instant = parse_instant(value.string());
  if (!instant) return fail(within(instant.error(), name));
  return *instant;
}

/// "key: value" lines of custom attributes; those whose key starts with "_" are an app's own.
void append_attributes(std::string& out, const Json& attributes, std::size_t limit) {
  for (const auto& attribute : attributes.items()) {
    const auto& key = attribute["key"].string();
    const auto& value = attribute["value"].string();
    if (key.empty() || key.front() == '_' || value.empty()) continue;
    if (!out.empty()) out += '\n';
    out += key + ": " + value;
  }
  out.resize(clipped(out, limit).size());
}

Result<UnitPrice> price_of_line(const Json& node) {
  const auto* name = node["discountedUnitPriceSet"].is_object() ? "discountedUnitPriceSet"
                                                                : "originalUnitPriceSet";
  const auto& money = node[name]["shopMoney"];
  const auto currency = parse_currency(money["currencyCode"].string());
  if (!currency) return fail(within(currency.error(), name));
  auto price = unit_price_from_decimal(money["amount"].digits(), *currency);
  if (!price) return fail(within(price.error(), name));
  return *price;
}

Status add_line(ChannelOrder& order, Positions& positions, const Json& node) {
  OrderLine line;
  line.line = static_cast<std::int64_t>(order.lines.size()) + 1;
  line.channel_line = id_in(node["id"].string(), "LineItem");
  const auto& current = node["currentQuantity"];
  if (line.channel_line.empty() || !node["quantity"].is_integer() || !current.is_integer()) {
    return fail(ErrorCode::Invalid, "a line without id or quantity");
  }
  if (!positions.emplace(line.channel_line, line.line).second) {
    return fail(ErrorCode::Invalid, "a line stands twice", line.channel_line);
  }
  auto price = price_of_line(node);
  if (!price) return fail(within(price.error(), "line " + line.channel_line));
  line.sku = node["sku"].string();
  line.title = node["title"].string();
  line.variant = node["variantTitle"].string();
  line.quantity = node["quantity"].integer();
  line.price = *price;
  line.ships = node["requiresShipping"].boolean() && !node["isGiftCard"].boolean();
  append_attributes(line.instructions, node["customAttributes"], line_note_bytes);
  order.current.push_back({line.line, current.integer()});
  order.lines.push_back(std::move(line));
  return {};
}

/// Pieces named by `lineItem{id}` and a quantity.
Result<std::vector<LineQuantity>> pieces(const Positions& positions, const Json& list,
                                         const char* quantity) {
  if (list.at_path("pageInfo.hasNextPage").boolean()) {
    return fail(ErrorCode::Invalid, "more lines than one page holds");
  }
  std::vector<LineQuantity> out;
  for (const auto& node : list["nodes"].items()) {
    const auto count = node[quantity].integer();
    const auto found = positions.find(id_in(node.at_path("lineItem.id").string(), "LineItem"));
    if (count == 0) continue;
    if (found == positions.end()) return fail(ErrorCode::Invalid, "a line the order has not");
    out.push_back({found->second, count});
  }
  return out;
}

Status add_refund(ChannelOrder& order, const Positions& positions, const Json& node) {
  ChannelRefund refund;
  refund.refund = id_in(node["id"].string(), "Refund");
  auto lines = pieces(positions, node["refundLineItems"], "quantity");
  auto amount = shop_money(node["totalRefundedSet"]);
  if (!lines) return fail(within(lines.error(), "refund " + refund.refund));
  if (!amount) return fail(within(amount.error(), "refund " + refund.refund));
  refund.lines = std::move(*lines);
  refund.amount = *amount;
  order.refunds.push_back(std::move(refund));
  return {};
}

Status add_fulfillment(ChannelOrder& order, const Positions& positions, const Json& node) {
  ChannelFulfillment fulfillment;
  fulfillment.fulfillment = id_in(node["id"].string(), "Fulfillment");
  fulfillment.status = lower(node["status"].string());
  std::vector<std::string> numbers;
  for (const auto& info : node["trackingInfo"].items()) {
    if (!info["number"].string().empty()) numbers.push_back(info["number"].string());
  }
  fulfillment.tracking = join(numbers, ",");
  auto lines = pieces(positions, node["fulfillmentLineItems"], "quantity");
  if (!lines) return fail(within(lines.error(), "fulfillment " + fulfillment.fulfillment));
  fulfillment.lines = std::move(*lines);
  order.fulfillments.push_back(std::move(fulfillment));
  return {};
}

void add_holds(ChannelOrder& order, const std::string& part, const Json& holds) {
  for (const auto& node : holds.items()) {
    ChannelHold hold;
    hold.part = part;
    hold.hold = id_in(node["id"].string(), "FulfillmentHold");
    hold.handle = node["handle"].string();
    hold.reason = lower(node["reason"].string());
    hold.ours = hold.handle == our_handle && node["heldByRequestingApp"].boolean();
    order.holds.push_back(std::move(hold));
  }
}

/// A scheduled part dates its lines: the promise counts from there and not from the payment.
void date_lines(ChannelOrder& order, const ChannelPart& part) {
  for (const auto& piece : part.remaining) {
    auto& line = order.lines[static_cast<std::size_t>(piece.line - 1)];
    if (!line.fulfill_at || part.fulfill_at < line.fulfill_at) line.fulfill_at = part.fulfill_at;
  }
}

Status add_part(ChannelOrder& order, const Positions& positions, const Json& node) {
  ChannelPart part;
  part.part = id_in(node["id"].string(), "FulfillmentOrder");
  part.status = lower(node["status"].string());
  part.request_status = lower(node["requestStatus"].string());
  part.location = id_in(node.at_path("assignedLocation.location.id").string(), "Location");
  auto remaining = pieces(positions, node["lineItems"], "remainingQuantity");
  auto fulfill_at = time_at(node, "fulfillAt");
  if (!remaining) return fail(within(remaining.error(), "fulfillment order " + part.part));
  if (!fulfill_at) return fail(within(fulfill_at.error(), "fulfillment order " + part.part));
  part.remaining = std::move(*remaining);
  add_holds(order, part.part, node["fulfillmentHolds"]);
  if (part.status == "scheduled") {
    part.fulfill_at = *fulfill_at;
    date_lines(order, part);
  }
  order.parts.push_back(std::move(part));
  return {};
}

/// The worse of what the assessments and the recommendation say; pending is no assessment.
RiskLevel risk_of(const Json& risk) {
  RiskLevel level = RiskLevel::None;
  const auto raise = [&](RiskLevel to) { level = std::max(level, to); };
  for (const auto& assessment : risk["assessments"].items()) {
    const auto& word = assessment["riskLevel"].string();
    if (word == "HIGH") raise(RiskLevel::High);
    if (word == "MEDIUM") raise(RiskLevel::Medium);
    if (word == "LOW") raise(RiskLevel::Low);
  }
  const auto& advice = risk["recommendation"].string();
  if (advice == "CANCEL") raise(RiskLevel::High);
  if (advice == "INVESTIGATE") raise(RiskLevel::Medium);
  if (advice == "ACCEPT") raise(RiskLevel::Low);
  return level;
}

void read_address(ChannelOrder& order, const Json& node) {
  auto& to = order.address;
  const auto& given = node["shippingAddress"];
  to.email = node["email"].string();
  to.phone = given["phone"].string().empty() ? node["phone"].string() : given["phone"].string();
  order.has_address = given.is_object();
  if (!order.has_address) return;
  to.name = given["name"].string();
  if (to.name.empty()) {
    to.name = trim(given["firstName"].string() + " " + given["lastName"].string());
  }
  to.company = given["company"].string();
  to.line1 = given["address1"].string();
  to.line2 = given["address2"].string();
  to.city = given["city"].string();
  const auto& code = given["provinceCode"].string();
  to.region = code.empty() ? given["province"].string() : code;
  to.postcode = given["zip"].string();
  to.country = given["countryCodeV2"].string();
}

Status read_times(ChannelOrder& order, const Json& node) {
  const auto processed = time_at(node, "processedAt");
  const auto created = time_at(node, "createdAt");
  const auto updated = time_at(node, "updatedAt");
  const auto cancelled = time_at(node, "cancelledAt");
  for (const auto* instant : {&processed, &created, &updated, &cancelled}) {
    if (!*instant) return fail(instant->error());
  }
  if (!*updated) return fail(ErrorCode::Invalid, "an order without a time of its version");
  order.placed_at = *processed ? *processed : *created;
  order.as_of = *updated;
  order.cancelled = static_cast<bool>(*cancelled);
  order.cancel_reason = lower(node["cancelReason"].string());
  return {};
}

void read_words(ChannelOrder& order, const Json& node) {
  order.store_number = node["name"].string();
  order.locale = node["customerLocale"].string();
  order.test = node["test"].boolean();
  order.risk = risk_of(node["risk"]);
  const auto& shipping = node["shippingLine"];
  const auto& code = shipping["code"].string();
  order.service = code.empty() ? shipping["title"].string() : code;
  order.instructions = clipped(node["note"].string(), note_bytes);
  append_attributes(order.instructions, node["customAttributes"], note_bytes);
}

using Reader = Status (*)(ChannelOrder&, const Positions&, const Json&);

Status read_each(ChannelOrder& order, const Positions& positions, const Json& nodes, Reader read) {
  for (const auto& node : nodes.items()) {
    if (auto status = read(order, positions, node); !status) return status;
  }
  return {};
}

}  // namespace

Result<ChannelOrder> map_order(const std::string& channel, const Json& node) {
  ChannelOrder order;
  order.channel = channel;
  order.channel_order = id_in(node["id"].string(), "Order");
  if (order.channel_order.empty()) return fail(ErrorCode::Invalid, "an order without an id");
  read_words(order, node);
  read_address(order, node);
  auto status = read_times(order, node);
  if (status) status = read_payment(order, node);
  Positions positions;
  for (const auto& line : node.at_path("lineItems.nodes").items()) {
    if (status) status = add_line(order, positions, line);
  }
  if (status) status = read_each(order, positions, node["refunds"], add_refund);
  if (status) status = read_each(order, positions, node["fulfillments"], add_fulfillment);
  if (status) {
    status = read_each(order, positions, node.at_path("fulfillmentOrders.nodes"), add_part);
  }
  if (!status) return fail(within(status.error(), "order " + order.channel_order));
  const bool any_ships = std::ranges::any_of(order.lines, &OrderLine::ships);
  order.parts_known = !order.parts.empty() || !any_ships;
  return order;
}

ChannelOrder deleted_order(const std::string& channel, const std::string& channel_order) {
  ChannelOrder order;
  order.channel = channel;
  order.channel_order = channel_order;
  order.deleted = true;
  return order;
}

}  // namespace holdfast::connectors::shopify
