#include "peers/faults.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace holdfast::peers {
namespace {

struct Row {
  Fault fault;
  std::string_view name;
  std::string_view meaning;
};

constexpr std::array<Row, 39> rows{{
    {Fault::None, "none", "nothing goes wrong"},
    {Fault::AddressIncomplete, "address_incomplete", "street and postcode are missing"},
    {Fault::AddressCorrected, "address_corrected",
     "street and postcode are missing and put right four hours later"},
    {Fault::HighRisk, "high_risk", "the shop assesses the order as fraud"},
    {Fault::NoRiskAssessment, "no_risk_assessment", "no fraud assessment ever comes"},
    {Fault::UnmappedSku, "unmapped_sku", "one line has a SKU that no supplier offers"},
    {Fault::ExcludedDestination, "excluded_destination", "the buyer lives where nobody delivers"},
    {Fault::UnpaidThenPaid, "unpaid_then_paid", "the money comes three hours later"},
    {Fault::SupplierRejectsLine, "supplier_rejects_line", "the first line is rejected"},
    {Fault::SupplierBackorders, "supplier_backorders", "the first line comes in thirty days"},
    {Fault::SupplierSubstitutes, "supplier_substitutes", "another item is offered instead"},
    {Fault::SupplierRaisesPrice, "supplier_raises_price", "the first line costs a fifth more"},
    {Fault::SupplierSilent, "supplier_silent", "the supplier never answers the purchase order"},
    {Fault::SupplierAcceptsPartly, "supplier_accepts_partly", "one piece less is accepted"},
    {Fault::SupplierCancelsSilently, "supplier_cancels_silently",
     "the supplier accepts, then cancels on its own book and tells nobody"},
    {Fault::LabelNeverMoves, "label_never_moves", "a number is announced and nothing follows"},
    {Fault::StallInTransit, "stall_in_transit", "the parcel stands still for nine days"},
    {Fault::CustomsHold, "customs_hold", "customs ask for papers and let it go after three days"},
    {Fault::FailedAttemptThenDelivered, "failed_attempt_then_delivered",
     "nobody is at home on the first day"},
    {Fault::ReturnedToSender, "returned_to_sender", "the parcel goes back"},
    {Fault::Lost, "lost", "the carrier loses the parcel"},
    {Fault::Damaged, "damaged", "the carrier reports damage and delivers"},
    {Fault::DeliveredElsewhere, "delivered_elsewhere", "delivered at another postcode"},
    {Fault::BuyerCancelsBeforePo, "buyer_cancels_before_po", "cancelled while still unpaid"},
    {Fault::BuyerCancelsAfterPo, "buyer_cancels_after_po", "cancelled after the purchase"},
    {Fault::RefundOnePiece, "refund_one_piece", "one piece is taken out after the purchase"},
    {Fault::MoneyRefund, "money_refund", "five dollars go back and no piece"},
    {Fault::FulfilledElsewhere, "fulfilled_elsewhere", "somebody fulfills it at the shop by hand"},
    {Fault::DuplicateWebhooks, "duplicate_webhooks", "every webhook comes three times"},
    {Fault::WebhooksReordered, "webhooks_reordered", "the first webhooks come last first"},
    {Fault::WebhookLost, "webhook_lost", "none of the order's webhooks ever comes"},
    {Fault::StoreRefusesFulfillment, "store_refuses_fulfillment",
     "the shop refuses every fulfillment until somebody lifts that"},
    {Fault::MailBounces, "mail_bounces", "the buyer's mailbox does not exist"},
    {Fault::Supplier5xxAfterEffect, "supplier_5xx_after_effect",
     "the purchase order is booked and answered with 502"},
    {Fault::SupplierTimeout, "supplier_timeout", "the purchase order is booked and never answered"},
    {Fault::Throttled, "throttled", "the shop's first answers about it are THROTTLED"},
    {Fault::CourierSwap, "courier_swap",
     "the first carrier hands it to another, under a new number"},
    {Fault::ManyLines, "many_lines", "an order of a hundred and twenty lines"},
    {Fault::ManyParts, "many_parts", "the shop cuts it into thirty-three fulfillment orders"},
}};

const Row& row_of(Fault fault) { return *std::ranges::find(rows, fault, &Row::fault); }

}  // namespace

std::string_view name_of(Fault fault) { return row_of(fault).name; }

std::string_view fault_meaning(Fault fault) { return row_of(fault).meaning; }

Result<Fault> fault_named(std::string_view name) {
  const auto* found = std::ranges::find(rows, name, &Row::name);
  if (found != rows.end()) return found->fault;
  std::vector<std::string> names;
  for (const auto& row : rows) names.emplace_back(row.name);
  const auto near = nearest(name, names);
  return fail(ErrorCode::Invalid, "no such fault", std::string(name),
              near.empty() ? "see src/peers/faults.cpp" : "did you mean " + near);
}

std::vector<Fault> all_faults() {
  std::vector<Fault> all;
  for (const auto& row : rows) all.push_back(row.fault);
  return all;
}

Status FaultPlan::add(const std::vector<PlannedFault>& list) {
  auto faults = faults_;
  for (const auto& planned : list) {
    const auto fault = fault_named(planned.kind);
    if (!fault) return fail(fault.error());
    if (!faults.emplace(planned.order, *fault).second) {
      return fail(ErrorCode::Invalid, "the order is named twice", planned.order,
                  "plan one fault per order");
    }
  }
  faults_ = std::move(faults);
  return {};
}

Fault FaultPlan::of(std::string_view order) const {
  const auto found = faults_.find(order);
  return found == faults_.end() ? Fault::None : found->second;
}

}  // namespace holdfast::peers
