#pragma once
// The trackingInfo of a fulfillment, as Shopify wants it.
// It must never send a company and a link where Shopify builds the link itself.

#include <string>

#include "base/json.h"

namespace holdfast::connectors::shopify {

/// FulfillmentTrackingInput: a known carrier in Shopify's spelling; an unknown one by name and
/// link. Null when there is no number. Source: input-objects/FulfillmentTrackingInput.
Json tracking_info(const std::string& carrier, const std::string& number, const std::string& url);

}  // namespace holdfast::connectors::shopify
