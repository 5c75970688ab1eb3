#pragma once
// AfterShip Tracking 2026-07: registers numbers, reads them and takes webhooks. It must never take
// an announcement of data for a movement of goods; codes.csv says which is which.

#include "ports/connector.h"

namespace holdfast::connectors {

/// The table of kind "aftership" (https://www.aftership.com/docs/tracking).
extern const ports::TrackingConnector aftership_tracking;

}  // namespace holdfast::connectors
