#pragma once
// Our one hold on a fulfillment order, placed under a handle and released by its id.
// It must never release a hold it did not name.

#include "ports/connector.h"

namespace holdfast::connectors::shopify {

/// Places or releases our hold. Placing again is answered by the handle and is Done; releasing what
/// is gone is Done. Carries RecordStoreHold. Source: mutations/fulfillmentOrderHold and
/// mutations/fulfillmentOrderReleaseHold.
ports::Turn hold(const ports::Account& account, const ports::ChannelHoldJob& job,
                 const ports::Exchanges& exchanges);

}  // namespace holdfast::connectors::shopify
