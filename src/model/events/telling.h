#pragma once
// What the store and the buyer were told. Facts only: nothing here may claim more than its evidence
// shows. A released field keeps its name; a new one needs a default that older events can live
// with.

#include <string>
#include <variant>
#include <vector>

#include "model/values.h"

namespace holdfast {

/// The store shall know that these pieces left; sent by the channel connector.
struct StoreTold {
  static constexpr const char* name = "StoreTold";

  std::int64_t parcel = 0;
  std::vector<LineQuantity> lines;
  Proof proof{};
  std::vector<std::int64_t> evidence;

  bool operator==(const StoreTold&) const = default;
  static void each(auto& self, auto& visit) {
    visit("parcel", self.parcel);
    visit("lines", self.lines);
    visit("proof", self.proof);
    visit("evidence", self.evidence);
  }
};

/// The store's answer to a fulfillment.
struct StoreRecorded {
  static constexpr const char* name = "StoreRecorded";

  std::int64_t parcel = 0;
  std::string fulfillment;

  bool operator==(const StoreRecorded&) const = default;
  static void each(auto& self, auto& visit) {
    visit("parcel", self.parcel);
    visit("fulfillment", self.fulfillment);
  }
};

/// The store refused, with its words.
struct StoreRefusedFulfillment {
  static constexpr const char* name = "StoreRefusedFulfillment";

  std::int64_t parcel = 0;
  std::string detail;

  bool operator==(const StoreRefusedFulfillment&) const = default;
  static void each(auto& self, auto& visit) {
    visit("parcel", self.parcel);
    visit("detail", self.detail);
  }
};

/// Our one hold on a part of the channel's order shall be placed or released.
struct StoreHoldAsked {
  static constexpr const char* name = "StoreHoldAsked";

  std::string part;
  std::string hold;  // its id, when releasing
  bool place = false;
  std::string reason;

  bool operator==(const StoreHoldAsked&) const = default;
  static void each(auto& self, auto& visit) {
    visit("part", self.part);
    visit("hold", self.hold);
    visit("place", self.place);
    visit("reason", self.reason);
  }
};

/// Our own hold at the channel was placed or released.
struct StoreHoldChanged {
  static constexpr const char* name = "StoreHoldChanged";

  std::string part;
  std::string hold;
  bool placed = false;

  bool operator==(const StoreHoldChanged&) const = default;
  static void each(auto& self, auto& visit) {
    visit("part", self.part);
    visit("hold", self.hold);
    visit("placed", self.placed);
  }
};

/// A tracking event or number shall reach the store.
struct StoreTrackingTold {
  static constexpr const char* name = "StoreTrackingTold";

  std::int64_t parcel = 0;
  TrackingStatus status{};
  Instant at;

  bool operator==(const StoreTrackingTold&) const = default;
  static void each(auto& self, auto& visit) {
    visit("parcel", self.parcel);
    visit("status", self.status);
    visit("at", self.at);
  }
};

/// A message to the buyer was asked for.
struct BuyerTold {
  static constexpr const char* name = "BuyerTold";

  Moment moment{};
  std::int64_t parcel = 0;
  Speaker speaker{};
  std::string detail;

  bool operator==(const BuyerTold&) const = default;
  static void each(auto& self, auto& visit) {
    visit("moment", self.moment);
    visit("parcel", self.parcel);
    visit("speaker", self.speaker);
    visit("detail", self.detail);
  }
};

/// What became of a message.
struct MessageSettled {
  static constexpr const char* name = "MessageSettled";

  Moment moment{};
  std::int64_t parcel = 0;
  EffectState state{};
  std::string detail;

  bool operator==(const MessageSettled&) const = default;
  static void each(auto& self, auto& visit) {
    visit("moment", self.moment);
    visit("parcel", self.parcel);
    visit("state", self.state);
    visit("detail", self.detail);
  }
};

/// The buyer must choose, with a default when silent.
struct BuyerAsked {
  static constexpr const char* name = "BuyerAsked";

  std::string question;
  std::string default_answer;
  Instant due_at;

  bool operator==(const BuyerAsked&) const = default;
  static void each(auto& self, auto& visit) {
    visit("question", self.question);
    visit("default_answer", self.default_answer);
    visit("due_at", self.due_at);
  }
};

/// The buyer's choice, or the default when the time had passed.
struct BuyerAnswered {
  static constexpr const char* name = "BuyerAnswered";

  std::string question;
  std::string answer;
  bool by_default = false;

  bool operator==(const BuyerAnswered&) const = default;
  static void each(auto& self, auto& visit) {
    visit("question", self.question);
    visit("answer", self.answer);
    visit("by_default", self.by_default);
  }
};

/// One fact of this step.
using TellingEvent = std::variant<StoreTold, StoreRecorded, StoreRefusedFulfillment, StoreHoldAsked,
                                  StoreHoldChanged, StoreTrackingTold, BuyerTold, MessageSettled,
                                  BuyerAsked, BuyerAnswered>;

}  // namespace holdfast
