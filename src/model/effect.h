#pragma once
// Effect: something to be done outside, once. It names what it is about; the document that leaves
// is built from the state at sending time, so that nothing stale is sent.

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/json.h"
#include "model/values.h"

namespace holdfast {

/// Sends a purchase order to its supplier.
struct PlacePurchaseOrder {
  static constexpr const char* name = "PlacePurchaseOrder";

  std::string po;
  std::string supplier;

  bool operator==(const PlacePurchaseOrder&) const = default;
  static void each(auto& self, auto& visit) {
    visit("po", self.po);
    visit("supplier", self.supplier);
  }
};

/// Asks the supplier by our number, because an earlier outcome is unknown.
struct AskAboutPurchaseOrder {
  static constexpr const char* name = "AskAboutPurchaseOrder";

  std::string po;
  std::string supplier;

  bool operator==(const AskAboutPurchaseOrder&) const = default;
  static void each(auto& self, auto& visit) {
    visit("po", self.po);
    visit("supplier", self.supplier);
  }
};

/// Asks the supplier to stop pieces of a purchase order.
struct CancelSupply {
  static constexpr const char* name = "CancelSupply";

  std::string po;
  std::string supplier;
  std::vector<LineQuantity> lines;

  bool operator==(const CancelSupply&) const = default;
  static void each(auto& self, auto& visit) {
    visit("po", self.po);
    visit("supplier", self.supplier);
    visit("lines", self.lines);
  }
};

/// Reminds a silent supplier; reminders to one supplier are gathered.
struct RemindSupplier {
  static constexpr const char* name = "RemindSupplier";

  std::string po;
  std::string supplier;
  LadderStep step{};
  bool asked = false;  // by a person, who may want it after the supplier's answer, too

  bool operator==(const RemindSupplier&) const = default;
  static void each(auto& self, auto& visit) {
    visit("po", self.po);
    visit("supplier", self.supplier);
    visit("step", self.step);
    visit("asked", self.asked);
  }
};

/// Tells the store that a parcel's pieces left.
struct FulfillAtChannel {
  static constexpr const char* name = "FulfillAtChannel";

  std::string channel;
  std::int64_t parcel = 0;
  std::vector<LineQuantity> lines;

  bool operator==(const FulfillAtChannel&) const = default;
  static void each(auto& self, auto& visit) {
    visit("channel", self.channel);
    visit("parcel", self.parcel);
    visit("lines", self.lines);
  }
};

/// Adds a tracking event, or a new number, to the store's fulfillment.
struct TellChannelTracking {
  static constexpr const char* name = "TellChannelTracking";

  std::string channel;
  std::int64_t parcel = 0;
  TrackingStatus status{};
  Instant at;
  bool number_changed = false;

  bool operator==(const TellChannelTracking&) const = default;
  static void each(auto& self, auto& visit) {
    visit("channel", self.channel);
    visit("parcel", self.parcel);
    visit("status", self.status);
    visit("at", self.at);
    visit("number_changed", self.number_changed);
  }
};

/// Places our one hold on a part of the order.
struct HoldAtChannel {
  static constexpr const char* name = "HoldAtChannel";

  std::string channel;
  std::string part;
  std::string reason;

  bool operator==(const HoldAtChannel&) const = default;
  static void each(auto& self, auto& visit) {
    visit("channel", self.channel);
    visit("part", self.part);
    visit("reason", self.reason);
  }
};

/// Releases our hold by its id.
struct ReleaseAtChannel {
  static constexpr const char* name = "ReleaseAtChannel";

  std::string channel;
  std::string part;
  std::string hold;

  bool operator==(const ReleaseAtChannel&) const = default;
  static void each(auto& self, auto& visit) {
    visit("channel", self.channel);
    visit("part", self.part);
    visit("hold", self.hold);
  }
};

/// Asks a tracking provider to watch a number.
struct RegisterTracking {
  static constexpr const char* name = "RegisterTracking";

  std::int64_t parcel = 0;
  std::string carrier;
  std::string tracking;

  bool operator==(const RegisterTracking&) const = default;
  static void each(auto& self, auto& visit) {
    visit("parcel", self.parcel);
    visit("carrier", self.carrier);
    visit("tracking", self.tracking);
  }
};

/// Asks the tracking provider about a number of which nothing was heard for long.
struct AskAboutTracking {
  static constexpr const char* name = "AskAboutTracking";

  std::int64_t parcel = 0;
  std::string carrier;
  std::string tracking;

  bool operator==(const AskAboutTracking&) const = default;
  static void each(auto& self, auto& visit) {
    visit("parcel", self.parcel);
    visit("carrier", self.carrier);
    visit("tracking", self.tracking);
  }
};

/// Sends the message of one moment to the buyer.
struct SendBuyerMessage {
  static constexpr const char* name = "SendBuyerMessage";

  Moment moment{};
  std::int64_t parcel = 0;

  bool operator==(const SendBuyerMessage&) const = default;
  static void each(auto& self, auto& visit) {
    visit("moment", self.moment);
    visit("parcel", self.parcel);
  }
};

using Effect = std::variant<PlacePurchaseOrder, AskAboutPurchaseOrder, CancelSupply, RemindSupplier,
                            FulfillAtChannel, TellChannelTracking, HoldAtChannel, ReleaseAtChannel,
                            RegisterTracking, AskAboutTracking, SendBuyerMessage>;

/// The kind's stable name, for example "PlacePurchaseOrder".
std::string_view name_of(const Effect& effect);

/// {"effect": name, fields…}, as it stands in the outbox.
std::string encode_effect(const Effect& effect);

/// Reads what encode_effect wrote; Invalid for anything else.
Result<Effect> decode_effect(const Json& json);

/// The account or lane an effect leaves through: a supplier, a channel, "tracking" or "buyer".
/// Effects of one lane leave in the order they were decided.
std::string lane_of(const Effect& effect);

}  // namespace holdfast
