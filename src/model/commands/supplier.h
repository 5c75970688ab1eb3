#pragma once
// From suppliers, their pages and their APIs. Commands ask; only the core decides whether they
// become facts.

#include <variant>

#include "model/values.h"

namespace holdfast {

/// How far a purchase order got.
struct RecordPurchaseOrderReply {
  static constexpr const char* name = "RecordPurchaseOrderReply";

  std::string po;
  PoReply reply{};
  std::string supplier_ref;
  std::string detail;

  bool operator==(const RecordPurchaseOrderReply&) const = default;
  static void each(auto& self, auto& visit) {
    visit("po", self.po);
    visit("reply", self.reply);
    visit("supplier_ref", self.supplier_ref);
    visit("detail", self.detail);
  }
};

/// The supplier's answer per line.
struct AcknowledgePurchaseOrder {
  static constexpr const char* name = "AcknowledgePurchaseOrder";

  std::string po;
  std::vector<LineAnswer> answers;
  Strength strength{};
  std::string supplier_ref;
  std::string actor;

  bool operator==(const AcknowledgePurchaseOrder&) const = default;
  static void each(auto& self, auto& visit) {
    visit("po", self.po);
    visit("answers", self.answers);
    visit("strength", self.strength);
    visit("supplier_ref", self.supplier_ref);
    visit("actor", self.actor);
  }
};

/// The supplier's answer to a cancellation.
struct AnswerSupplyCancel {
  static constexpr const char* name = "AnswerSupplyCancel";

  std::string po;
  CancelReply reply{};
  std::vector<LineQuantity> lines;
  std::string actor;
  std::string detail;

  bool operator==(const AnswerSupplyCancel&) const = default;
  static void each(auto& self, auto& visit) {
    visit("po", self.po);
    visit("reply", self.reply);
    visit("lines", self.lines);
    visit("actor", self.actor);
    visit("detail", self.detail);
  }
};

/// The supplier's statement in place of our own check.
struct AttestCheck {
  static constexpr const char* name = "AttestCheck";

  CheckKind check{};
  std::string po;
  std::string statement;
  std::string photo;
  std::string actor;

  bool operator==(const AttestCheck&) const = default;
  static void each(auto& self, auto& visit) {
    visit("check", self.check);
    visit("po", self.po);
    visit("statement", self.statement);
    visit("photo", self.photo);
    visit("actor", self.actor);
  }
};

/// A box with a tracking number for pieces of a purchase order.
struct AnnounceParcel {
  static constexpr const char* name = "AnnounceParcel";

  std::string po;
  std::string carrier;
  std::string tracking;
  std::vector<LineQuantity> lines;  // empty means all that is open on the PO
  Instant announced_at;
  std::string source;
  Strength strength{};

  bool operator==(const AnnounceParcel&) const = default;
  static void each(auto& self, auto& visit) {
    visit("po", self.po);
    visit("carrier", self.carrier);
    visit("tracking", self.tracking);
    visit("lines", self.lines);
    visit("announced_at", self.announced_at);
    visit("source", self.source);
    visit("strength", self.strength);
  }
};

/// Our payment to the supplier.
struct RecordSupplierPayment {
  static constexpr const char* name = "RecordSupplierPayment";

  std::string po;
  PayablesState state{};
  Money amount;
  std::string actor;

  bool operator==(const RecordSupplierPayment&) const = default;
  static void each(auto& self, auto& visit) {
    visit("po", self.po);
    visit("state", self.state);
    visit("amount", self.amount);
    visit("actor", self.actor);
  }
};

/// One wish of this kind.
using SupplierCommand =
    std::variant<RecordPurchaseOrderReply, AcknowledgePurchaseOrder, AnswerSupplyCancel,
                 AttestCheck, AnnounceParcel, RecordSupplierPayment>;

}  // namespace holdfast
