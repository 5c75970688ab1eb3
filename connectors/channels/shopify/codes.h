#pragma once
// The folder's tables: our words on the left, Shopify's on the right.
// They must never be spelled in code: operators read the same files.

#include <string>
#include <string_view>

#include "model/enums.h"

namespace holdfast::connectors::shopify {

/// The FulfillmentEventStatus for a status of ours (codes.csv); "" when Shopify is told nothing.
std::string event_status_of(TrackingStatus status);

/// Shopify's own spelling of a carrier (carriers.csv), found without regard to case, spaces, "-"
/// and
/// "_"; "" when Shopify does not know it and needs a link. Source: FulfillmentTrackingInfo.company.
std::string known_company(std::string_view carrier);

/// The FulfillmentHoldReason for a reason of ours (reasons.csv); "OTHER" when there is no nearer.
std::string hold_reason_of(std::string_view reason);

}  // namespace holdfast::connectors::shopify
