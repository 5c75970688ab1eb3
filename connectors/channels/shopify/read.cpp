#include "connectors/channels/shopify/read.h"

#include "connectors/channels/shopify/files.h"
#include "connectors/channels/shopify/map.h"
#include "connectors/channels/shopify/wire.h"

namespace holdfast::connectors::shopify {
namespace {

using ports::Account;
using ports::Exchanges;
using ports::Outcome;
using ports::Turn;
using Kind = Outcome::Kind;
using Done = tl::expected<void, Turn>;

constexpr Operation order_query{"Order", order_graphql, Call::Read};
constexpr Operation order_lines{"OrderLinesPage", order_lines_page_graphql, Call::Read};
constexpr Operation order_parts{"OrderPartsPage", order_parts_page_graphql, Call::Read};
constexpr Operation part_lines{"FulfillmentOrderLinesPage", fulfillment_order_lines_page_graphql,
                               Call::Read};
constexpr Operation part_query{"FulfillmentOrder", fulfillment_order_graphql, Call::Read};
constexpr Operation orders_updated{"OrdersUpdated", orders_updated_graphql, Call::Read};

Json id_variables(std::string gid, const Json& after = {}) {
  Json variables;
  variables.set("id", std::move(gid));
  if (!after.is_null()) variables.set("after", after);
  return variables;
}

/// Puts the pages after the first behind it. `owner` is the node that carries the list and
/// `noun` the name of its query; another version of the order between two pages ends the attempt.
Done append_pages(Talk& talk, const Operation& page_query, const char* noun, Json& owner,
                  const char* list, const Json& version) {
  for (;;) {
    const auto& info = owner[list]["pageInfo"];
    if (!info["hasNextPage"].boolean()) return {};
    const auto data = talk.ask(page_query, id_variables(owner["id"].string(), info["endCursor"]));
    if (!data) return tl::unexpected<Turn>(data.error());
    const auto& node = (*data)[noun];
    if (!version.is_null() && !(node["updatedAt"] == version)) {
      return tl::unexpected<Turn>(
          talk.end(Kind::NotSent, "the order changed while it was being read"));
    }
    Json merged = owner[list]["nodes"];
    for (const auto& item : node[list]["nodes"].items()) merged.push(item);
    Json whole;
    whole.set("pageInfo", node[list]["pageInfo"]);
    whole.set("nodes", std::move(merged));
    owner.set(list, std::move(whole));
  }
}

/// Completes the lists of an order that one answer could not hold.
Done complete(Talk& talk, Json& order) {
  const Json version = order["updatedAt"];
  auto done = append_pages(talk, order_lines, "order", order, "lineItems", version);
  if (done) done = append_pages(talk, order_parts, "order", order, "fulfillmentOrders", version);
  if (!done) return done;
  Json parts;
  for (auto part : order.at_path("fulfillmentOrders.nodes").items()) {
    done = append_pages(talk, part_lines, "fulfillmentOrder", part, "lineItems", Json());
    if (!done) return done;
    parts.push(std::move(part));
  }
  Json list;
  if (!parts.is_null()) list.set("nodes", std::move(parts));
  order.set("fulfillmentOrders", std::move(list));
  return {};
}

/// The order's id behind "fo:digits"; "" when the fulfillment order is gone.
tl::expected<std::string, Turn> resolve(Talk& talk, const std::string& name) {
  if (!name.starts_with("fo:")) return name;
  const auto data = talk.ask(part_query, id_variables(gid_of("FulfillmentOrder", name.substr(3))));
  if (!data) return tl::unexpected<Turn>(data.error());
  return id_in(data->at_path("fulfillmentOrder.orderId").string(), "Order");
}

}  // namespace

Turn fetch_order(const Account& account, const ports::FetchOrderJob& job,
                 const Exchanges& exchanges) {
  Talk talk(account, exchanges);
  const auto id = resolve(talk, job.channel_order);
  if (!id) return id.error();
  if (id->empty()) return talk.end(Kind::Done, "the fulfillment order no longer exists");
  auto data = talk.ask(order_query, id_variables(gid_of("Order", *id)));
  if (!data) return data.error();
  const auto* found = data->find("order");
  if (!found) return talk.end(Kind::NotSent, "Shopify's answer holds no order");
  Outcome outcome;
  if (found->is_null()) {
    outcome.orders.push_back(deleted_order(account.id, *id));
    return talk.end(std::move(outcome));
  }
  Json node = *found;
  if (auto done = complete(talk, node); !done) return done.error();
  auto order = map_order(account.id, node);
  if (!order || order->channel_order != *id) {
    return talk.end(Kind::Refused, "the order is not readable: " +
                                       (order ? "it is another one" : describe(order.error())));
  }
  outcome.orders.push_back(std::move(*order));
  return talk.end(std::move(outcome));
}

Turn list_updated(const Account& account, const ports::ListUpdatedJob& job,
                  const Exchanges& exchanges) {
  Talk talk(account, exchanges);
  Json variables;
  variables.set("query", "updated_at:>='" + to_text(Instant{job.since.ms / 1000 * 1000}) + "'");
  if (!job.cursor.empty()) variables.set("after", job.cursor);
  const auto data = talk.ask(orders_updated, std::move(variables));
  if (!data) return data.error();
  const auto& page = (*data)["orders"];
  if (!page["nodes"].is_array()) return talk.end(Kind::NotSent, "Shopify's answer holds no list");
  Outcome outcome;
  for (const auto& node : page["nodes"].items()) {
    auto id = id_in(node["id"].string(), "Order");
    if (id.empty()) continue;
    outcome.order_ids.push_back(std::move(id));
    outcome.changed_at.push_back(parse_instant(node["updatedAt"].string()).value_or(Instant{}));
  }
  if (page.at_path("pageInfo.hasNextPage").boolean()) {
    outcome.cursor = page.at_path("pageInfo.endCursor").string();
  }
  return talk.end(std::move(outcome));
}

}  // namespace holdfast::connectors::shopify
