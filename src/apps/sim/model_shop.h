#pragma once
// ModelShop: the channel at the level of the model. Orders are read from the shop's book as
// records, without GraphQL in between; the network still decides what becomes of each request, and
// whatever is written goes as bytes. It must never change the book.

#include <optional>
#include <span>

#include "model/channel_order.h"
#include "peers/world.h"
#include "ports/connector.h"

namespace holdfast::sim {

/// The channels of the program: Shopify's connector, but for the reading of single orders.
std::span<const ports::ChannelConnector* const> model_channels();

/// What the shop answers to a request of model_channels; nothing to any other request.
std::optional<ports::HttpResponse> model_answer(peers::World& world,
                                                const ports::HttpRequest& request);

/// An order of the shop's book as the Shopify connector reads it from GraphQL, field by field.
ChannelOrder record_of(const std::string& channel, const peers::ShopOrder& order);

/// Whether the Shopify connector reads the order from the shop's own answers just so. Conflict with
/// both readings when it does not.
Status model_agrees(peers::World& world, const ports::Account& account,
                    const peers::ShopOrder& order, Instant now);

}  // namespace holdfast::sim
