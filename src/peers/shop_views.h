#pragma once
// The shop's records as whole values of Shopify's published types; a caller cuts them to what a
// document asks for. Fields that no document of ours asks for are left out.

#include "base/json.h"
#include "peers/shop.h"

namespace holdfast::peers {

/// An Order with its lines, parts, shipments, refunds and transactions.
Json order_view(const ShopOrder& order);

/// A FulfillmentOrder of the order.
Json part_view(const ShopOrder& order, const ShopPart& part);

/// A Fulfillment of the order, its events included.
Json shipment_view(const ShopOrder& order, const ShopShipment& shipment);

/// A FulfillmentEvent.
Json shipment_event_view(const ShopShipmentEvent& event);

/// A FulfillmentHold.
Json hold_view(const ShopHold& hold);

/// The Shop itself.
Json shop_view(const ShopOptions& options);

/// The AppInstallation, with the scopes the demo's app has.
Json installation_view();

/// All Locations.
Json locations_view();

/// A WebhookSubscription that was made under an API version.
Json subscription_view(const WebhookSubscription& subscription, const std::string& version);

}  // namespace holdfast::peers
