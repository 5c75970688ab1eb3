#pragma once
// News of a parcel for a fulfillment that stands: its steps, and a number that changed.
// It must never write on a cancelled fulfillment: Shopify itself would accept that.

#include "ports/connector.h"

namespace holdfast::connectors::shopify {

/// Adds one event and, when the number changed, replaces the tracking number. What already stands
/// is not written again; Refused when the fulfillment is gone or cancelled. Source:
/// mutations/fulfillmentEventCreate and mutations/fulfillmentTrackingInfoUpdate.
ports::Turn tracking_news(const ports::Account& account, const ports::TrackingNewsJob& job,
                          const ports::Exchanges& exchanges);

}  // namespace holdfast::connectors::shopify
