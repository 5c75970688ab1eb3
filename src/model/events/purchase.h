#pragma once
// Purchase orders and what suppliers said. Facts only: nothing here may claim more than its
// evidence shows. A released field keeps its name; a new one needs a default that older events can
// live with.

#include <string>
#include <variant>
#include <vector>

#include "model/values.h"

namespace holdfast {

/// A purchase order with our number; nothing has left yet.
struct PurchaseOrderDrafted {
  static constexpr const char* name = "PurchaseOrderDrafted";

  std::string po;
  std::string supplier;
  ShipModel ship_model{};
  std::vector<Allocation> lines;
  Money total;
  std::string service;
  Mode mode{};

  bool operator==(const PurchaseOrderDrafted&) const = default;
  static void each(auto& self, auto& visit) {
    visit("po", self.po);
    visit("supplier", self.supplier);
    visit("ship_model", self.ship_model);
    visit("lines", self.lines);
    visit("total", self.total);
    visit("service", self.service);
    visit("mode", self.mode);
  }
};

/// The purchase order may leave.
struct PurchaseOrderReleased {
  static constexpr const char* name = "PurchaseOrderReleased";

  std::string po;
  std::string actor;
  Instant at;

  bool operator==(const PurchaseOrderReleased&) const = default;
  static void each(auto& self, auto& visit) {
    visit("po", self.po);
    visit("actor", self.actor);
    visit("at", self.at);
  }
};

/// How far the purchase order got; less than a confirmation.
struct PurchaseOrderReplied {
  static constexpr const char* name = "PurchaseOrderReplied";

  std::string po;
  PoReply reply{};
  std::string supplier_ref;
  std::string detail;
  Instant at;

  bool operator==(const PurchaseOrderReplied&) const = default;
  static void each(auto& self, auto& visit) {
    visit("po", self.po);
    visit("reply", self.reply);
    visit("supplier_ref", self.supplier_ref);
    visit("detail", self.detail);
    visit("at", self.at);
  }
};

/// The supplier's answer per line and how strong it is.
struct PurchaseOrderAcknowledged {
  static constexpr const char* name = "PurchaseOrderAcknowledged";

  std::string po;
  std::vector<LineAnswer> answers;
  Strength strength{};
  std::string supplier_ref;
  std::string actor;
  Instant at;

  bool operator==(const PurchaseOrderAcknowledged&) const = default;
  static void each(auto& self, auto& visit) {
    visit("po", self.po);
    visit("answers", self.answers);
    visit("strength", self.strength);
    visit("supplier_ref", self.supplier_ref);
    visit("actor", self.actor);
    visit("at", self.at);
  }
};

/// A named approver accepted or refused a supplier's change.
struct SupplyChangeDecided {
  static constexpr const char* name = "SupplyChangeDecided";

  std::string po;
  std::int64_t line = 0;
  bool approved = false;
  std::string actor;
  std::string reason;

  bool operator==(const SupplyChangeDecided&) const = default;
  static void each(auto& self, auto& visit) {
    visit("po", self.po);
    visit("line", self.line);
    visit("approved", self.approved);
    visit("actor", self.actor);
    visit("reason", self.reason);
  }
};

/// We asked the supplier to stop these pieces.
struct SupplyCancelRequested {
  static constexpr const char* name = "SupplyCancelRequested";

  std::string po;
  std::vector<LineQuantity> lines;
  std::string reason;

  bool operator==(const SupplyCancelRequested&) const = default;
  static void each(auto& self, auto& visit) {
    visit("po", self.po);
    visit("lines", self.lines);
    visit("reason", self.reason);
  }
};

/// The supplier's answer to a cancellation.
struct SupplyCancelAnswered {
  static constexpr const char* name = "SupplyCancelAnswered";

  std::string po;
  CancelReply reply{};
  std::vector<LineQuantity> lines;
  std::string actor;
  std::string detail;

  bool operator==(const SupplyCancelAnswered&) const = default;
  static void each(auto& self, auto& visit) {
    visit("po", self.po);
    visit("reply", self.reply);
    visit("lines", self.lines);
    visit("actor", self.actor);
    visit("detail", self.detail);
  }
};

/// A cancellation went unanswered past its window; the pieces still count as bought.
struct SupplyCancelLapsed {
  static constexpr const char* name = "SupplyCancelLapsed";

  std::string po;

  bool operator==(const SupplyCancelLapsed&) const = default;
  static void each(auto& self, auto& visit) { visit("po", self.po); }
};

/// A named person accepted paying twice.
struct DoubleBuyApproved {
  static constexpr const char* name = "DoubleBuyApproved";

  std::string po;
  std::string actor;
  Money cost;
  std::string reason;

  bool operator==(const DoubleBuyApproved&) const = default;
  static void each(auto& self, auto& visit) {
    visit("po", self.po);
    visit("actor", self.actor);
    visit("cost", self.cost);
    visit("reason", self.reason);
  }
};

/// A step of the escalation ladder for a silent supplier.
struct LadderStepTaken {
  static constexpr const char* name = "LadderStepTaken";

  std::string po;
  LadderStep step{};

  bool operator==(const LadderStepTaken&) const = default;
  static void each(auto& self, auto& visit) {
    visit("po", self.po);
    visit("step", self.step);
  }
};

/// Our payment to the supplier.
struct SupplierPaymentRecorded {
  static constexpr const char* name = "SupplierPaymentRecorded";

  std::string po;
  PayablesState state{};
  Money amount;
  std::string actor;

  bool operator==(const SupplierPaymentRecorded&) const = default;
  static void each(auto& self, auto& visit) {
    visit("po", self.po);
    visit("state", self.state);
    visit("amount", self.amount);
    visit("actor", self.actor);
  }
};

/// A person had the supplier written to again.
struct SupplierReminded {
  static constexpr const char* name = "SupplierReminded";

  std::string po;
  std::string actor;
  std::string reason;

  bool operator==(const SupplierReminded&) const = default;
  static void each(auto& self, auto& visit) {
    visit("po", self.po);
    visit("actor", self.actor);
    visit("reason", self.reason);
  }
};

/// One fact of this step.
using PurchaseEvent =
    std::variant<PurchaseOrderDrafted, PurchaseOrderReleased, PurchaseOrderReplied,
                 PurchaseOrderAcknowledged, SupplyChangeDecided, SupplyCancelRequested,
                 SupplyCancelAnswered, SupplyCancelLapsed, DoubleBuyApproved, LadderStepTaken,
                 SupplierPaymentRecorded, SupplierReminded>;

}  // namespace holdfast
