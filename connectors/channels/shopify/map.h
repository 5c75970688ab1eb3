#pragma once
// Shopify's order, as the Order query answers it, in our words. Pure.
// It must never guess: what is malformed makes the whole order unreadable.

#include <string>

#include "base/json.h"
#include "model/channel_order.h"

namespace holdfast::connectors::shopify {

/// The ChannelOrder of an `order` node whose lists of lines and fulfillment orders are complete.
/// Amounts are in the shop's currency, ids are digits, status words are Shopify's in lower case.
/// Invalid when an id, an amount or a time is malformed, a list was cut short, or a fulfillment
/// order names a line the order has not. Source: objects/Order of the Admin API.
Result<ChannelOrder> map_order(const std::string& channel, const Json& order);

/// What an order that no longer exists looks like.
ChannelOrder deleted_order(const std::string& channel, const std::string& channel_order);

}  // namespace holdfast::connectors::shopify
