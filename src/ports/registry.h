#pragma once
// The list of all connector folders, generated when the build is configured.
// Nothing registers itself: a folder that exists is listed, and the linker drops none.

#include <span>

#include "ports/connector.h"

namespace holdfast::ports {

/// Every channel folder's table.
std::span<const ChannelConnector* const> channel_connectors();
/// Every supplier folder's table.
std::span<const SupplierConnector* const> supplier_connectors();
/// Every tracking folder's table.
std::span<const TrackingConnector* const> tracking_connectors();
/// Every carrier folder's table.
std::span<const CarrierConnector* const> carrier_connectors();
/// Every notifier folder's table.
std::span<const NotifierConnector* const> notifier_connectors();

/// The partners an engine can speak to, by kind.
struct Connectors {
  std::span<const ChannelConnector* const> channels;
  std::span<const SupplierConnector* const> suppliers;
  std::span<const TrackingConnector* const> trackings;
  std::span<const NotifierConnector* const> notifiers;
};

/// All folders' tables.
inline Connectors all_connectors() {
  return {channel_connectors(), supplier_connectors(), tracking_connectors(),
          notifier_connectors()};
}

}  // namespace holdfast::ports
