#pragma once
// 17TRACK v2.4: registers numbers, reads them and takes pushes. It must never take an announcement
// of data for a movement of goods; codes.csv says which is which.

#include "ports/connector.h"

namespace holdfast::connectors {

/// The table of kind "17track" (https://asset.17track.net/api/document/v2.4_en/index.html).
extern const ports::TrackingConnector track17_tracking;

}  // namespace holdfast::connectors
