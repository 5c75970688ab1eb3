#pragma once
// The faults a world can plant, one per order, given as data: each has a name and one sentence.
// It must never decide how a fault is noticed; that is the business of the program under test.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace holdfast::peers {

/// One line of a fault list: the order's name at the shop ("#1007") and the fault's name.
struct PlannedFault {
  std::string order;
  std::string kind;

  bool operator==(const PlannedFault&) const = default;
};

/// What goes wrong with an order; fault_meaning says it in words.
enum class Fault {
  None,
  AddressIncomplete,
  AddressCorrected,
  HighRisk,
  NoRiskAssessment,
  UnmappedSku,
  ExcludedDestination,
  UnpaidThenPaid,
  SupplierRejectsLine,
  SupplierBackorders,
  SupplierSubstitutes,
  SupplierRaisesPrice,
  SupplierSilent,
  SupplierAcceptsPartly,
  SupplierCancelsSilently,
  LabelNeverMoves,
  StallInTransit,
  CustomsHold,
  FailedAttemptThenDelivered,
  ReturnedToSender,
  Lost,
  Damaged,
  DeliveredElsewhere,
  BuyerCancelsBeforePo,
  BuyerCancelsAfterPo,
  RefundOnePiece,
  MoneyRefund,
  FulfilledElsewhere,
  DuplicateWebhooks,
  WebhooksReordered,
  WebhookLost,
  StoreRefusesFulfillment,
  MailBounces,
  Supplier5xxAfterEffect,
  SupplierTimeout,
  Throttled,
  CourierSwap,
  ManyLines,
  ManyParts
};

/// The name used in fault lists, for example "supplier_rejects_line".
std::string_view name_of(Fault fault);

/// One sentence for people: what happens to the order.
std::string_view fault_meaning(Fault fault);

/// Reads a fault's name; Invalid, with the nearest name, for any other text.
Result<Fault> fault_named(std::string_view name);

/// All faults in their order, None first.
std::vector<Fault> all_faults();

/// Which order suffers what.
class FaultPlan {
 public:
  /// Adds a list; Invalid for an unknown kind or an order named twice, and then nothing is added.
  Status add(const std::vector<PlannedFault>& list);

  /// The fault of an order by its name at the shop; None when none is planned.
  Fault of(std::string_view order) const;

  const std::map<std::string, Fault, std::less<>>& all() const { return faults_; }

 private:
  std::map<std::string, Fault, std::less<>> faults_;
};

}  // namespace holdfast::peers
