#pragma once
// What the channel told us about an order. Facts only: nothing here may claim more than its
// evidence shows. A released field keeps its name; a new one needs a default that older events can
// live with.

#include <string>
#include <variant>
#include <vector>

#include "model/values.h"

namespace holdfast {

/// A channel's order became ours; everything later refers to these lines.
struct OrderImported {
  static constexpr const char* name = "OrderImported";

  std::string channel;
  std::string channel_order;
  std::string store_number;
  Instant placed_at;
  Instant as_of;
  std::string currency;
  Money total;
  Destination destination;
  std::vector<OrderLine> lines;
  std::string service;
  std::string instructions;
  std::string buyer;  // keyed commitment to the sealed buyer record
  std::string locale;
  bool test = false;

  bool operator==(const OrderImported&) const = default;
  static void each(auto& self, auto& visit) {
    visit("channel", self.channel);
    visit("channel_order", self.channel_order);
    visit("store_number", self.store_number);
    visit("placed_at", self.placed_at);
    visit("as_of", self.as_of);
    visit("currency", self.currency);
    visit("total", self.total);
    visit("destination", self.destination);
    visit("lines", self.lines);
    visit("service", self.service);
    visit("instructions", self.instructions);
    visit("buyer", self.buyer);
    visit("locale", self.locale);
    visit("test", self.test);
  }
};

/// The state of the buyer's money, with the channel's time.
struct PaymentRecorded {
  static constexpr const char* name = "PaymentRecorded";

  PaymentState state{};
  Money authorized;
  Money captured;
  Money refunded;
  Instant authorization_expires_at;
  Instant as_of;
  Money total;  // of the order, which edits change; no currency where it was not said

  bool operator==(const PaymentRecorded&) const = default;
  static void each(auto& self, auto& visit) {
    visit("state", self.state);
    visit("authorized", self.authorized);
    visit("captured", self.captured);
    visit("refunded", self.refunded);
    visit("authorization_expires_at", self.authorization_expires_at);
    visit("as_of", self.as_of);
    visit("total", self.total);
  }
};

/// The channel's fraud assessment.
struct RiskRecorded {
  static constexpr const char* name = "RiskRecorded";

  RiskLevel level{};
  Instant as_of;

  bool operator==(const RiskRecorded&) const = default;
  static void each(auto& self, auto& visit) {
    visit("level", self.level);
    visit("as_of", self.as_of);
  }
};

/// The buyer's address changed after import.
struct DestinationChanged {
  static constexpr const char* name = "DestinationChanged";

  Destination destination;
  std::string buyer;
  Instant as_of;

  bool operator==(const DestinationChanged&) const = default;
  static void each(auto& self, auto& visit) {
    visit("destination", self.destination);
    visit("buyer", self.buyer);
    visit("as_of", self.as_of);
  }
};

/// A line that an edit added.
struct LineAdded {
  static constexpr const char* name = "LineAdded";

  OrderLine line;
  Instant as_of;

  bool operator==(const LineAdded&) const = default;
  static void each(auto& self, auto& visit) {
    visit("line", self.line);
    visit("as_of", self.as_of);
  }
};

/// Pieces taken out of every later step.
struct LineReduced {
  static constexpr const char* name = "LineReduced";

  std::int64_t line = 0;
  std::int64_t by = 0;
  LineCause cause{};
  Instant as_of;

  bool operator==(const LineReduced&) const = default;
  static void each(auto& self, auto& visit) {
    visit("line", self.line);
    visit("by", self.by);
    visit("cause", self.cause);
    visit("as_of", self.as_of);
  }
};

/// Money went back without a quantity; it stops nothing.
struct MoneyRefunded {
  static constexpr const char* name = "MoneyRefunded";

  Money amount;
  Instant as_of;

  bool operator==(const MoneyRefunded&) const = default;
  static void each(auto& self, auto& visit) {
    visit("amount", self.amount);
    visit("as_of", self.as_of);
  }
};

/// How the channel divides the order now.
struct ChannelPartsRecorded {
  static constexpr const char* name = "ChannelPartsRecorded";

  std::vector<ChannelPart> parts;
  Instant as_of;

  bool operator==(const ChannelPartsRecorded&) const = default;
  static void each(auto& self, auto& visit) {
    visit("parts", self.parts);
    visit("as_of", self.as_of);
  }
};

/// A hold at the channel that is not ours came or went.
struct ChannelHoldChanged {
  static constexpr const char* name = "ChannelHoldChanged";

  std::string part;
  std::string hold;
  std::string reason;
  bool placed = false;

  bool operator==(const ChannelHoldChanged&) const = default;
  static void each(auto& self, auto& visit) {
    visit("part", self.part);
    visit("hold", self.hold);
    visit("reason", self.reason);
    visit("placed", self.placed);
  }
};

/// The channel cancelled or deleted the order.
struct OrderCancelledAtChannel {
  static constexpr const char* name = "OrderCancelledAtChannel";

  std::string reason;
  bool deleted = false;
  Instant as_of;

  bool operator==(const OrderCancelledAtChannel&) const = default;
  static void each(auto& self, auto& visit) {
    visit("reason", self.reason);
    visit("deleted", self.deleted);
    visit("as_of", self.as_of);
  }
};

/// Somebody fulfilled pieces at the channel without us.
struct FulfilledElsewhere {
  static constexpr const char* name = "FulfilledElsewhere";

  std::string fulfillment;
  std::vector<LineQuantity> lines;
  std::string tracking;

  bool operator==(const FulfilledElsewhere&) const = default;
  static void each(auto& self, auto& visit) {
    visit("fulfillment", self.fulfillment);
    visit("lines", self.lines);
    visit("tracking", self.tracking);
  }
};

/// The buyer's shipping service or instructions changed.
struct ServiceChanged {
  static constexpr const char* name = "ServiceChanged";

  std::string service;
  std::string instructions;
  Instant as_of;

  bool operator==(const ServiceChanged&) const = default;
  static void each(auto& self, auto& visit) {
    visit("service", self.service);
    visit("instructions", self.instructions);
    visit("as_of", self.as_of);
  }
};

/// One fact of this step.
using IntakeEvent =
    std::variant<OrderImported, PaymentRecorded, RiskRecorded, DestinationChanged, LineAdded,
                 LineReduced, MoneyRefunded, ChannelPartsRecorded, ChannelHoldChanged,
                 OrderCancelledAtChannel, FulfilledElsewhere, ServiceChanged>;

}  // namespace holdfast
