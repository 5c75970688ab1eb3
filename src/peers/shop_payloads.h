#pragma once
// Webhook bodies in the REST-like shapes Shopify publishes per topic. They are hints: whoever gets
// one reads the order itself, so it must never be needed for more than an id.

#include "base/json.h"
#include "peers/shop_records.h"

namespace holdfast::peers {

/// Body of orders/create, paid, updated and cancelled.
Json order_payload(const ShopOrder& order);

/// Body of orders/risk_assessment_changed.
Json risk_payload(const ShopOrder& order);

/// Body of refunds/create.
Json refund_payload(const ShopOrder& order, const ShopRefund& refund);

/// Body of fulfillments/create and fulfillments/update.
Json shipment_payload(const ShopOrder& order, const ShopShipment& shipment);

/// Body of fulfillment_orders/… topics that carry the fulfillment order alone.
Json part_payload(const ShopPart& part);

/// Body of fulfillment_holds/added and fulfillment_holds/released.
Json hold_payload(const ShopPart& part, const ShopHold& hold);

/// Body of fulfillment_orders/moved.
Json moved_payload(const ShopPart& moved, const ShopPart& original);

}  // namespace holdfast::peers
