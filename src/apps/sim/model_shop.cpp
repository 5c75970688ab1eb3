#include "apps/sim/model_shop.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/check.h"
#include "base/text.h"
#include "model/command.h"
#include "model/names.h"
#include "peers/hosts.h"
#include "ports/registry.h"

namespace holdfast::sim {
namespace {

constexpr std::string_view address_of_orders = "http://shop.test/model/orders/";
constexpr std::string_view by_part = "fo:";  // how a webhook about a part names its order
constexpr std::int64_t micros_of_cent = 10'000;

Currency dollars() { return *parse_currency("USD"); }

Money money(std::int64_t minor) { return {minor, dollars()}; }

/// The book keeps milliseconds, the shop shows seconds.
Instant shown(Instant at) { return Instant{at.ms / 1000 * 1000}; }

std::int64_t line_number(std::size_t index) { return static_cast<std::int64_t>(index) + 1; }

void add_lines(ChannelOrder& record, const peers::ShopOrder& order) {
  for (const auto& own : order.lines) {
    OrderLine line;
    line.line = line_number(record.lines.size());
    line.channel_line = std::to_string(own.id);
    line.sku = own.sku;
    line.title = own.title;
    line.variant = own.variant;
    line.quantity = own.quantity;
    line.price = {own.price_minor * micros_of_cent, dollars()};
    record.current.push_back({line.line, own.current});
    record.lines.push_back(std::move(line));
  }
}

void add_refunds(ChannelOrder& record, const peers::ShopOrder& order) {
  for (const auto& own : order.refunds) {
    ChannelRefund refund{std::to_string(own.id), {}, money(own.amount_minor)};
    for (const auto& line : own.lines) {
      if (line.quantity != 0) refund.lines.push_back({line_number(line.line), line.quantity});
    }
    record.refunds.push_back(std::move(refund));
  }
}

void add_fulfillments(ChannelOrder& record, const peers::ShopOrder& order) {
  for (const auto& own : order.shipments) {
    std::vector<std::string> numbers;
    for (const auto& tracking : own.tracking) {
      if (!tracking.number.empty()) numbers.push_back(tracking.number);
    }
    ChannelFulfillment shipment{std::to_string(own.id), lower(own.status), join(numbers, ","), {}};
    for (const auto& line : own.lines) {
      if (line.quantity != 0) shipment.lines.push_back({line_number(line.line), line.quantity});
    }
    record.fulfillments.push_back(std::move(shipment));
  }
}

void add_parts(ChannelOrder& record, const peers::ShopOrder& order) {
  for (const auto& own : order.parts) {
    ChannelPart part;
    part.part = std::to_string(own.id);
    part.status = lower(own.status);
    part.request_status = lower(own.request_status);
    part.location = std::to_string(own.location);
    for (const auto& line : own.lines) {
      if (line.remaining != 0) part.remaining.push_back({line_number(line.line), line.remaining});
    }
    for (const auto& hold : own.holds) {
      const bool ours = hold.handle == "holdfast" && hold.by_app;
      record.holds.push_back(
          {part.part, std::to_string(hold.id), hold.handle, lower(hold.reason), ours});
    }
    if (part.status == "scheduled") {
      part.fulfill_at = shown(own.fulfill_at);
      for (const auto& piece : part.remaining) {
        auto& line = record.lines[static_cast<std::size_t>(piece.line - 1)];
        const bool earlier = !line.fulfill_at || part.fulfill_at < line.fulfill_at;
        if (earlier) line.fulfill_at = part.fulfill_at;
      }
    }
    record.parts.push_back(std::move(part));
  }
}

RiskLevel risk_of(const peers::ShopOrder& order) {
  static const std::map<std::string, RiskLevel, std::less<>> levels{
      {"HIGH", RiskLevel::High},   {"MEDIUM", RiskLevel::Medium},      {"LOW", RiskLevel::Low},
      {"CANCEL", RiskLevel::High}, {"INVESTIGATE", RiskLevel::Medium}, {"ACCEPT", RiskLevel::Low}};
  auto worst = RiskLevel::None;
  for (const auto& word : {order.risk_level, order.recommendation}) {
    const auto found = levels.find(word);
    if (found != levels.end()) worst = std::max(worst, found->second);
  }
  return worst;
}

PaymentState payment_of(const peers::ShopOrder& order) {
  const auto state = from_name<PaymentState>(lower(peers::financial_status(order)));
  check(state.has_value(), "the book speaks of payments as the model does");
  return *state;
}

ports::Outcome not_sent(std::string detail, Duration wait = {}) {
  ports::Outcome outcome;
  outcome.kind = ports::Outcome::Kind::NotSent;
  outcome.detail = std::move(detail);
  outcome.retry_after = wait;
  return outcome;
}

ports::Outcome read_answer(const ports::Account& account, const std::string& order,
                           const ports::Response& response) {
  const auto* http = std::get_if<ports::HttpResponse>(&response);
  if (!http) return not_sent("no answer");
  if (http->status == 429) return not_sent("slow down", seconds(20));
  ports::Outcome outcome;
  if (http->status == 404) {
    ChannelOrder gone;
    gone.channel = account.id;
    gone.channel_order = order;
    gone.deleted = true;
    if (!order.starts_with(by_part)) outcome.orders.push_back(std::move(gone));
    return outcome;
  }
  auto json = parse_json(http->body);
  auto command = json ? decode_command(*json) : Result<Command>(fail(json.error()));
  const auto* group = command ? std::get_if<ChannelCommand>(&*command) : nullptr;
  const auto* observed = group ? std::get_if<ObserveOrder>(group) : nullptr;
  if (http->status != 200 || !observed) return not_sent("the answer holds no order");
  outcome.orders.push_back(observed->order);
  outcome.orders.back().channel = account.id;
  return outcome;
}

ports::Turn fetch_record(const ports::Account& account, const ports::FetchOrderJob& job,
                         const ports::Exchanges& exchanges) {
  if (exchanges.empty()) {
    ports::HttpRequest request;
    request.url = std::string(address_of_orders) + job.channel_order;
    return ports::Turn::ask(std::move(request));
  }
  return ports::Turn::end(read_answer(account, job.channel_order, exchanges.back().response));
}

const ports::ChannelConnector& shopify() {
  const auto known = ports::channel_connectors();
  const auto found = std::ranges::find(
      known, std::string_view("shopify"),
      [](const ports::ChannelConnector* one) { return std::string_view(one->kind); });
  check(found != known.end(), "the program speaks with Shopify");
  return **found;
}

/// The order of an id, or of a part's behind "fo:".
const peers::ShopOrder* order_named(const peers::Shop& shop, std::string_view name) {
  const bool is_part = name.starts_with(by_part);
  if (is_part) name.remove_prefix(by_part.size());
  const auto id = std::atoll(std::string(name).c_str());
  return is_part ? shop.part(id).first : shop.by_id(id);
}

}  // namespace

ChannelOrder record_of(const std::string& channel, const peers::ShopOrder& order) {
  ChannelOrder record;
  record.channel = channel;
  record.channel_order = std::to_string(order.id);
  record.store_number = order.name;
  record.placed_at = shown(order.created_at);
  record.as_of = shown(order.updated_at);
  record.currency = "USD";
  record.total = money(peers::totals(order).total);
  record.payment = payment_of(order);
  record.authorized = record.captured = record.refunded = money(0);
  for (const auto& one : order.transactions) {
    const bool comes = one.kind == "SALE" || one.kind == "CAPTURE";
    if (comes) record.captured.minor += one.amount_minor;
    if (one.kind == "REFUND") record.refunded.minor += one.amount_minor;
    record.authorization_expires_at =
        std::max(record.authorization_expires_at, shown(one.expires_at));
  }
  record.authorized.minor = std::max<std::int64_t>(peers::authorized_minor(order), 0);
  if (record.authorized.minor == 0) record.authorization_expires_at = {};
  record.risk = risk_of(order);
  record.address = order.ship_to;
  record.has_address = true;
  add_lines(record, order);
  add_refunds(record, order);
  add_fulfillments(record, order);
  add_parts(record, order);
  record.parts_known = !record.parts.empty() || record.lines.empty();
  record.service = order.service;
  record.instructions = order.note;
  record.locale = "en";
  record.cancelled = static_cast<bool>(order.cancelled_at);
  record.cancel_reason = lower(order.cancel_reason);
  return record;
}

std::span<const ports::ChannelConnector* const> model_channels() {
  static const ports::ChannelConnector connector = [] {
    auto own = shopify();
    own.fetch_order = fetch_record;
    return own;
  }();
  static constexpr std::array<const ports::ChannelConnector*, 1> all{&connector};
  return all;
}

std::optional<ports::HttpResponse> model_answer(peers::World& world,
                                                const ports::HttpRequest& request) {
  if (!request.url.starts_with(address_of_orders)) return std::nullopt;
  auto& shop = world.shop();
  const auto* order =
      order_named(shop, std::string_view(request.url).substr(address_of_orders.size()));
  if (!order) return ports::HttpResponse{404, {}, ""};
  if (shop.throttles(order->name)) return ports::HttpResponse{429, {}, ""};
  const Command record = ChannelCommand(ObserveOrder{record_of("", *order), ""});
  return ports::HttpResponse{200, {}, encode_command(record)};
}

Status model_agrees(peers::World& world, const ports::Account& account,
                    const peers::ShopOrder& order, Instant now) {
  const ports::FetchOrderJob job{std::to_string(order.id)};
  ports::Exchanges exchanges;
  auto turn = shopify().fetch_order(account, job, exchanges);
  while (turn.next && exchanges.size() < ports::max_exchanges) {
    const auto answer = peers::hosted_answer(world, std::get<ports::HttpRequest>(*turn.next), now);
    if (!answer) return fail(ErrorCode::NotFound, "the shop does not answer");
    exchanges.push_back({*turn.next, answer->response});
    turn = shopify().fetch_order(account, job, exchanges);
  }
  const auto& orders = turn.outcome.orders;
  const auto own = record_of(account.id, order);
  if (!orders.empty() && orders.front() == own) return {};
  const auto told = [](const ChannelOrder& one) {
    return encode_command(ChannelCommand(ObserveOrder{one, ""}));
  };
  return fail(ErrorCode::Conflict,
              "the model reads " + told(own) + " and the connector " +
                  (orders.empty() ? turn.outcome.detail : told(orders.front())));
}

}  // namespace holdfast::sim
