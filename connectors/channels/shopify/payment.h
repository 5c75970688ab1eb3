#pragma once
// The money of a Shopify order: what was authorized, captured and refunded, in the shop's currency.
// It must never pass an amount through floating point.

#include "base/json.h"
#include "model/channel_order.h"

namespace holdfast::connectors::shopify {

/// The shop's side of a MoneyBag, in minor units; Invalid when it is no amount.
Result<Money> shop_money(const Json& bag);

/// Fills currency, total, payment, authorized, captured, refunded and authorization_expires_at from
/// the order's transactions; Invalid when an amount is malformed. Source: objects/OrderTransaction.
Status read_payment(ChannelOrder& order, const Json& node);

}  // namespace holdfast::connectors::shopify
