#pragma once
// From operators, through console, API or command line. Commands ask; only the core decides whether
// they become facts.

#include <variant>

#include "model/values.h"

namespace holdfast {

/// A proposed purchase order may leave.
struct ReleasePurchaseOrder {
  static constexpr const char* name = "ReleasePurchaseOrder";

  std::string po;
  std::string actor;

  bool operator==(const ReleasePurchaseOrder&) const = default;
  static void each(auto& self, auto& visit) {
    visit("po", self.po);
    visit("actor", self.actor);
  }
};

/// Approves or refuses a supplier's change to one line.
struct DecideSupplyChange {
  static constexpr const char* name = "DecideSupplyChange";

  std::string po;
  std::int64_t line = 0;
  bool approved = false;
  std::string actor;
  std::string reason;

  bool operator==(const DecideSupplyChange&) const = default;
  static void each(auto& self, auto& visit) {
    visit("po", self.po);
    visit("line", self.line);
    visit("approved", self.approved);
    visit("actor", self.actor);
    visit("reason", self.reason);
  }
};

/// Buys again although an unanswered cancellation may still deliver.
struct ApproveDoubleBuy {
  static constexpr const char* name = "ApproveDoubleBuy";

  std::string po;
  std::string actor;
  Money cost;
  std::string reason;

  bool operator==(const ApproveDoubleBuy&) const = default;
  static void each(auto& self, auto& visit) {
    visit("po", self.po);
    visit("actor", self.actor);
    visit("cost", self.cost);
    visit("reason", self.reason);
  }
};

/// Lets the order pass a gate without its evidence.
struct OverrideGate {
  static constexpr const char* name = "OverrideGate";

  std::string gate;
  std::string actor;
  std::string reason;

  bool operator==(const OverrideGate&) const = default;
  static void each(auto& self, auto& visit) {
    visit("gate", self.gate);
    visit("actor", self.actor);
    visit("reason", self.reason);
  }
};

/// Stops the order.
struct PlaceHold {
  static constexpr const char* name = "PlaceHold";

  std::string hold;
  std::string actor;
  std::string reason;

  bool operator==(const PlaceHold&) const = default;
  static void each(auto& self, auto& visit) {
    visit("hold", self.hold);
    visit("actor", self.actor);
    visit("reason", self.reason);
  }
};

/// Lets the order go on.
struct ReleaseHold {
  static constexpr const char* name = "ReleaseHold";

  std::string hold;
  std::string actor;
  std::string reason;

  bool operator==(const ReleaseHold&) const = default;
  static void each(auto& self, auto& visit) {
    visit("hold", self.hold);
    visit("actor", self.actor);
    visit("reason", self.reason);
  }
};

/// Wants pieces, or all of them, out of the order.
struct RequestCancellation {
  static constexpr const char* name = "RequestCancellation";

  std::vector<LineQuantity> lines;  // empty means all
  std::string actor;
  std::string reason;

  bool operator==(const RequestCancellation&) const = default;
  static void each(auto& self, auto& visit) {
    visit("lines", self.lines);
    visit("actor", self.actor);
    visit("reason", self.reason);
  }
};

/// A check at a bench.
struct RecordCheck {
  static constexpr const char* name = "RecordCheck";

  CheckKind check{};
  std::string po;
  std::vector<CheckItem> items;
  std::vector<LineQuantity> lines;
  Strength strength{};
  std::string actor;

  bool operator==(const RecordCheck&) const = default;
  static void each(auto& self, auto& visit) {
    visit("check", self.check);
    visit("po", self.po);
    visit("items", self.items);
    visit("lines", self.lines);
    visit("strength", self.strength);
    visit("actor", self.actor);
  }
};

/// Order and label scanned together.
struct MatchLabel {
  static constexpr const char* name = "MatchLabel";

  std::int64_t parcel = 0;
  std::string order_scan;
  std::string label_scan;
  std::string actor;

  bool operator==(const MatchLabel&) const = default;
  static void each(auto& self, auto& visit) {
    visit("parcel", self.parcel);
    visit("order_scan", self.order_scan);
    visit("label_scan", self.label_scan);
    visit("actor", self.actor);
  }
};

/// A remark on the order.
struct AddNote {
  static constexpr const char* name = "AddNote";

  std::string actor;
  std::string text;

  bool operator==(const AddNote&) const = default;
  static void each(auto& self, auto& visit) {
    visit("actor", self.actor);
    visit("text", self.text);
  }
};

/// Withdraws a purchase order and routes its pieces again.
struct Reroute {
  static constexpr const char* name = "Reroute";

  std::string po;
  std::string actor;
  std::string reason;

  bool operator==(const Reroute&) const = default;
  static void each(auto& self, auto& visit) {
    visit("po", self.po);
    visit("actor", self.actor);
    visit("reason", self.reason);
  }
};

/// The supplier is to be written to again about a purchase order, with a link that works.
struct SendReminder {
  static constexpr const char* name = "SendReminder";

  std::string po;
  std::string actor;
  std::string reason;

  bool operator==(const SendReminder&) const = default;
  static void each(auto& self, auto& visit) {
    visit("po", self.po);
    visit("actor", self.actor);
    visit("reason", self.reason);
  }
};

/// A parcel was announced under a wrong number.
struct CorrectTracking {
  static constexpr const char* name = "CorrectTracking";

  std::int64_t parcel = 0;
  std::string carrier;  // "" keeps the one that is known
  std::string tracking;
  std::string actor;
  std::string reason;

  bool operator==(const CorrectTracking&) const = default;
  static void each(auto& self, auto& visit) {
    visit("parcel", self.parcel);
    visit("carrier", self.carrier);
    visit("tracking", self.tracking);
    visit("actor", self.actor);
    visit("reason", self.reason);
  }
};

/// One wish of this kind.
using PeopleCommand =
    std::variant<ReleasePurchaseOrder, DecideSupplyChange, ApproveDoubleBuy, OverrideGate,
                 PlaceHold, ReleaseHold, RequestCancellation, RecordCheck, MatchLabel, AddNote,
                 Reroute, SendReminder, CorrectTracking>;

}  // namespace holdfast
