#pragma once
// From channels. Commands ask; only the core decides whether they become facts.

#include <variant>

#include "model/channel_order.h"

namespace holdfast {

/// A fetched order is compared with what is known; facts older than known ones change nothing.
struct ObserveOrder {
  static constexpr const char* name = "ObserveOrder";

  ChannelOrder order;
  std::string source;  // webhook topic, "reconcile" or "operator"

  bool operator==(const ObserveOrder&) const = default;
  static void each(auto& self, auto& visit) {
    visit("order", self.order);
    visit("source", self.source);
  }
};

/// The channel's answer to a fulfillment we asked for.
struct RecordStoreAnswer {
  static constexpr const char* name = "RecordStoreAnswer";

  std::int64_t parcel = 0;
  std::string fulfillment;
  bool refused = false;
  std::string detail;

  bool operator==(const RecordStoreAnswer&) const = default;
  static void each(auto& self, auto& visit) {
    visit("parcel", self.parcel);
    visit("fulfillment", self.fulfillment);
    visit("refused", self.refused);
    visit("detail", self.detail);
  }
};

/// Our hold at the channel was placed or released.
struct RecordStoreHold {
  static constexpr const char* name = "RecordStoreHold";

  std::string part;
  std::string hold;
  bool placed = false;

  bool operator==(const RecordStoreHold&) const = default;
  static void each(auto& self, auto& visit) {
    visit("part", self.part);
    visit("hold", self.hold);
    visit("placed", self.placed);
  }
};

/// The buyer's data must go; the stream stays.
struct ErasePersonalData {
  static constexpr const char* name = "ErasePersonalData";

  std::string reason;

  bool operator==(const ErasePersonalData&) const = default;
  static void each(auto& self, auto& visit) { visit("reason", self.reason); }
};

/// The buyer chose, or the time to choose passed.
struct AnswerBuyerQuestion {
  static constexpr const char* name = "AnswerBuyerQuestion";

  std::string question;
  std::string answer;
  bool by_default = false;

  bool operator==(const AnswerBuyerQuestion&) const = default;
  static void each(auto& self, auto& visit) {
    visit("question", self.question);
    visit("answer", self.answer);
    visit("by_default", self.by_default);
  }
};

/// One wish of this kind.
using ChannelCommand = std::variant<ObserveOrder, RecordStoreAnswer, RecordStoreHold,
                                    ErasePersonalData, AnswerBuyerQuestion>;

}  // namespace holdfast
