#include <algorithm>
#include <utility>

#include "base/planted.h"
#include "base/text.h"
#include "core/evolve/groups.h"

namespace holdfast::core::evolving {
namespace {

void withdraw(PoState& po, const std::vector<LineQuantity>& lines) {
  for (const auto& part : lines) {
    for (auto& line : po.lines) {
      if (line.asked.line != part.line) continue;
      line.withdrawn += part.quantity;
      line.cancelling = std::max<std::int64_t>(0, line.cancelling - part.quantity);
      line.kept = std::min(line.kept, line.live() - line.cancelling);
    }
  }
  po.closed = po.live() == 0;
}

struct Sourcing {
  OrderState& state;

  void operator()(const RoutingDecided&) {
    state.routing_event = state.version;
    state.routing_failure.clear();
  }
  void operator()(const RoutingFailed& e) { state.routing_failure = e.reason; }
  void operator()(const AllocationWithdrawn& e) {
    if (auto* po = state.po(e.po)) withdraw(*po, e.lines);
  }
};

struct Purchase {
  OrderState& state;

  void operator()(const PurchaseOrderDrafted& e) {
    PoState po;
    po.po = e.po;
    po.supplier = e.supplier;
    po.ship_model = e.ship_model;
    po.mode = e.mode;
    po.service = e.service;
    po.total = e.total;
    po.drafted_event = state.version;
    for (const auto& line : e.lines) po.lines.emplace_back().asked = line;
    state.pos.push_back(std::move(po));
  }
  void operator()(const PurchaseOrderReleased& e) {
    auto* po = state.po(e.po);
    if (!po) return;
    po->released_event = state.version;
    po->released_at = e.at;
  }
  void operator()(const PurchaseOrderReplied& e) {
    auto* po = state.po(e.po);
    if (!po) return;
    // Sent < delivered < read; a later look never makes it less, and unknown yields to any of them.
    const bool better = !po->reply || *po->reply == PoReply::Unknown || e.reply > *po->reply;
    if (better) po->reply = e.reply;
    if (!po->replied_at) po->replied_at = e.at;
    if (!e.supplier_ref.empty()) po->supplier_ref = e.supplier_ref;
    if (e.reply == PoReply::Refused) {
      po->refused = true;
      po->closed = true;
    }
  }
  void operator()(const PurchaseOrderAcknowledged& e) {
    auto* po = state.po(e.po);
    if (!po) return;
    po->acknowledged_event = state.version;
    po->ack_strength = std::max(po->ack_strength, e.strength);
    if (!e.supplier_ref.empty()) po->supplier_ref = e.supplier_ref;
    if (!po->reply || *po->reply == PoReply::Unknown) po->reply = PoReply::Read;
    for (const auto& answer : e.answers) {
      for (auto& line : po->lines) {
        if (line.asked.line == answer.line) take(line, answer);
      }
    }
    po->closed = po->live() == 0;
  }
  void operator()(const SupplyChangeDecided& e) {
    auto* po = state.po(e.po);
    if (!po) return;
    for (auto& line : po->lines) {
      if (line.asked.line == e.line) line.change_decided = e.approved;
    }
  }
  void operator()(const SupplyCancelRequested& e) {
    auto* po = state.po(e.po);
    if (!po) return;
    po->cancel_lapsed = false;
    po->cancel_refused = false;
    for (const auto& part : e.lines) {
      for (auto& line : po->lines) {
        if (line.asked.line == part.line) line.cancelling += part.quantity;
      }
    }
  }
  void operator()(const SupplyCancelAnswered& e) {
    auto* po = state.po(e.po);
    if (!po) return;
    if (e.reply == CancelReply::Accepted) {
      for (const auto& part : e.lines) {
        for (auto& line : po->lines) {
          if (line.asked.line != part.line) continue;
          line.cancelled +=
              planted("a cancelled piece counts twice") ? 2 * part.quantity : part.quantity;
        }
      }
      withdraw(*po, e.lines);
      return;
    }
    po->cancel_refused = true;
    for (auto& line : po->lines) line.kept += std::exchange(line.cancelling, 0);
  }
  void operator()(const SupplyCancelLapsed& e) {
    if (auto* po = state.po(e.po)) po->cancel_lapsed = true;
  }
  void operator()(const DoubleBuyApproved& e) {
    if (auto* po = state.po(e.po)) po->double_buy = true;
  }
  void operator()(const LadderStepTaken& e) {
    if (auto* po = state.po(e.po)) po->steps.push_back(e.step);
  }
  void operator()(const SupplierReminded&) {}  // only the supplier hears of it
  void operator()(const SupplierPaymentRecorded& e) {
    if (auto* po = state.po(e.po)) po->payment = e.state;
  }

  /// A supplier's answer replaces its earlier one for the line; refused pieces are free again.
  void take(PoLine& line, const LineAnswer& answer) {
    line.answer = answer;
    line.answer_event = state.version;
    line.change_decided = false;
    const auto open = line.asked.quantity - line.withdrawn;
    switch (answer.kind) {
      case AckKind::Accepted:
      case AckKind::PriceChanged:
      case AckKind::DateChanged:
      case AckKind::ItemChanged:
      case AckKind::QuantityChanged:
        if (planted("pieces not accepted count as coming")) break;
        line.refused = std::max<std::int64_t>(0, open - answer.quantity);
        break;
      case AckKind::Backordered:
      case AckKind::Rejected:
        line.refused = open;
        break;
    }
    // Nothing is left to stop, or to be kept against our wish, of pieces that do not come.
    line.cancelling = std::min(line.cancelling, line.live());
    line.kept = std::min(line.kept, line.live() - line.cancelling);
  }
};

/// Names of the items that made the verdict, the first few of them.
std::string amiss(const CheckRecorded& e) {
  constexpr std::size_t most_named = 3;
  std::vector<std::string> names;
  for (const auto& item : e.items) {
    if (item.verdict == CheckVerdict::Pass || item.verdict != e.verdict) continue;
    if (names.size() == most_named) return join(names, ", ") + " …";
    names.push_back(item.name);
  }
  return join(names, ", ");
}

struct Physical {
  OrderState& state;

  void operator()(const CheckRecorded& e) {
    if (auto* po = state.po(e.po)) {
      po->checks[e.check] = {e.verdict, e.strength, state.version, {}, amiss(e)};
    }
  }
  void operator()(const CheckAttested& e) {
    auto* po = state.po(e.po);
    if (!po) return;
    auto& check = po->checks[e.check];
    check.statement = e.statement + e.photo;
    // Our own look at the goods is worth more than the supplier's word.
    if (check.event != 0 && check.strength > Strength::Attested) return;
    check.verdict = CheckVerdict::Pass;
    check.strength = Strength::Attested;
    check.event = state.version;
    check.amiss.clear();
  }
  void operator()(const LabelMatched& e) {
    if (auto* parcel = state.parcel(e.parcel)) {
      parcel->label_matched = e.matches;
      parcel->label_mismatched = !e.matches;
      parcel->label_event = state.version;
    }
  }
};

}  // namespace

void apply(OrderState& state, const SourcingEvent& event) { std::visit(Sourcing{state}, event); }
void apply(OrderState& state, const PurchaseEvent& event) { std::visit(Purchase{state}, event); }
void apply(OrderState& state, const PhysicalEvent& event) { std::visit(Physical{state}, event); }

}  // namespace holdfast::core::evolving
