#include "connectors/channels/shopify/book.h"

#include <algorithm>

#include "connectors/channels/shopify/files.h"

namespace holdfast::connectors::shopify {
namespace {

using ports::Turn;

constexpr Operation order_fulfillments{"OrderFulfillments", order_fulfillments_graphql, Call::Read};
constexpr Operation part_lines{"FulfillmentOrderLinesPage", fulfillment_order_lines_page_graphql,
                               Call::Read};
constexpr Operation parts_page{"OrderPartsPage", order_parts_page_graphql, Call::Read};
/// The OrderFulfillments query shows this many lines of a fulfillment order.
constexpr std::size_t lines_shown = 250;

BookedFulfillment read_fulfillment(const Json& node) {
  BookedFulfillment out;
  out.id = id_in(node["id"].string(), "Fulfillment");
  const auto& status = node["status"].string();
  out.stands = status != "CANCELLED" && status != "ERROR" && status != "FAILURE";
  for (const auto& info : node["trackingInfo"].items()) {
    if (!info["number"].string().empty()) out.numbers.push_back(info["number"].string());
  }
  for (const auto& line : node.at_path("fulfillmentLineItems.nodes").items()) {
    out.lines[id_in(line.at_path("lineItem.id").string(), "LineItem")] +=
        line["quantity"].integer();
  }
  for (const auto& event : node.at_path("events.nodes").items()) {
    const auto at = parse_instant(event["happenedAt"].string());
    out.events.push_back({event["status"].string(), at ? *at : Instant{}});
  }
  return out;
}

void append_lines(BookedPart& part, const Json& nodes) {
  for (const auto& node : nodes.items()) {
    part.lines.push_back({id_in(node["id"].string(), "FulfillmentOrderLineItem"),
                          id_in(node.at_path("lineItem.id").string(), "LineItem"),
                          node["remainingQuantity"].integer()});
  }
}

BookedPart read_part(const Json& node) {
  BookedPart out;
  out.id = id_in(node["id"].string(), "FulfillmentOrder");
  out.status = node["status"].string();
  out.location = id_in(node.at_path("assignedLocation.location.id").string(), "Location");
  const auto& actions = node["supportedActions"].items();
  out.may_fulfill = std::ranges::any_of(actions, [](const Json& action) {
    return action["action"].string() == "CREATE_FULFILLMENT";
  });
  for (const auto& hold : node["fulfillmentHolds"].items()) {
    out.holds.push_back({id_in(hold["id"].string(), "FulfillmentHold"), hold["handle"].string(),
                         hold["heldByRequestingApp"].boolean()});
  }
  append_lines(out, node.at_path("lineItems.nodes"));
  return out;
}

/// Reads a long fulfillment order's lines page by page, from the first.
tl::expected<void, Turn> reread_lines(Talk& talk, BookedPart& part) {
  part.lines.clear();
  Json after;
  for (;;) {
    Json variables;
    variables.set("id", gid_of("FulfillmentOrder", part.id));
    variables.set("after", after);
    const auto data = talk.ask(part_lines, std::move(variables));
    if (!data) return tl::unexpected<Turn>(data.error());
    const auto& page = data->at_path("fulfillmentOrder.lineItems");
    append_lines(part, page["nodes"]);
    if (!page.at_path("pageInfo.hasNextPage").boolean()) return {};
    after = page.at_path("pageInfo.endCursor");
  }
}

/// Appends one page of fulfillment orders, with all lines of each.
tl::expected<void, Turn> append_parts(Talk& talk, Book& book, const Json& page) {
  for (const auto& node : page["nodes"].items()) {
    auto part = read_part(node);
    const bool more = node.at_path("lineItems.pageInfo.hasNextPage").boolean();
    if (more || part.lines.size() >= lines_shown) {
      if (auto read = reread_lines(talk, part); !read) return read;
    }
    book.parts.push_back(std::move(part));
  }
  return {};
}

/// Reads the fulfillment orders that `page` and all pages after it show.
tl::expected<void, Turn> read_parts(Talk& talk, Book& book, const std::string& order, Json page) {
  for (;;) {
    if (auto read = append_parts(talk, book, page); !read) return read;
    if (!page.at_path("pageInfo.hasNextPage").boolean()) return {};
    Json variables;
    variables.set("id", gid_of("Order", order));
    variables.set("after", page.at_path("pageInfo.endCursor"));
    const auto data = talk.ask(parts_page, std::move(variables));
    if (!data) return tl::unexpected<Turn>(data.error());
    page = data->at_path("order.fulfillmentOrders");
  }
}

}  // namespace

tl::expected<Book, Turn> read_book(Talk& talk, const std::string& channel_order) {
  Json variables;
  variables.set("id", gid_of("Order", channel_order));
  const auto data = talk.ask(order_fulfillments, std::move(variables));
  if (!data) return tl::unexpected<Turn>(data.error());
  if (!data->find("order")) {
    return tl::unexpected<Turn>(
        talk.end(ports::Outcome::Kind::NotSent, "Shopify's answer holds no order"));
  }
  Book book;
  const auto& order = (*data)["order"];
  book.exists = order.is_object();
  book.cancelled = order["cancelledAt"].is_string();
  for (const auto& node : order["fulfillments"].items()) {
    book.fulfillments.push_back(read_fulfillment(node));
  }
  if (auto read = read_parts(talk, book, channel_order, order["fulfillmentOrders"]); !read) {
    return tl::unexpected<Turn>(read.error());
  }
  return book;
}

}  // namespace holdfast::connectors::shopify
