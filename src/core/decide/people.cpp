#include <algorithm>

#include "core/automation.h"
#include "core/decide/handlers.h"
#include "core/gates/gate.h"

namespace holdfast::core::deciding {
namespace {

struct Handler {
  Run& run;

  Status operator()(const ReleasePurchaseOrder& c) {
    if (auto status = known_po(run, c.po); !status) return status;
    if (auto status = named(c.actor, "release"); !status) return status;
    const auto& po = *run.state().po(c.po);
    if (po.released_event != 0) return {};
    if (po.closed) return fail(ErrorCode::Conflict, "the purchase order was withdrawn", c.po);
    // A key releases a purchase, not a gate: that takes an override with a reason.
    if (run.rule("release.gates") && !pass_gates(run, Commitment::Buy, {})) {
      return fail(ErrorCode::Conflict, "a gate before buying is shut", c.po,
                  "override the gate, or wait until it opens");
    }
    run.emit(PurchaseEvent(PurchaseOrderReleased{c.po, c.actor, run.now()}));
    const auto released = *run.state().po(c.po);
    if (released.mode != Mode::Auto) note_proposal(run, released, true);
    drop_timer(run, TimerKind::PurchaseBatch, c.po);
    close_case(run, ReasonCode::Approval, c.po, "released by " + c.actor);
    close_case(run, ReasonCode::LimitReached, c.po, "released by " + c.actor);
    return {};
  }

  Status operator()(const DecideSupplyChange& c) {
    if (auto status = known_po(run, c.po); !status) return status;
    if (auto status = named(c.actor, c.reason); !status) return status;
    const auto& po = *run.state().po(c.po);
    const auto* line = po.line(c.line);
    if (!line || !line->change_open()) {
      return fail(ErrorCode::Conflict, "no change of this line awaits approval",
                  c.po + " line " + std::to_string(c.line));
    }
    const auto kind = line->answer->kind;
    run.emit(PurchaseEvent(SupplyChangeDecided{c.po, c.line, c.approved, c.actor, c.reason}));
    const auto about = c.po + " line " + std::to_string(c.line);
    const auto reason =
        kind == AckKind::ItemChanged ? ReasonCode::Substitution : ReasonCode::PriceChange;
    close_case(run, reason, about, c.approved ? "approved" : "rejected");
    if (kind == AckKind::PriceChanged) note_rule(run, "price_rise", c.approved, about);
    if (c.approved) return {};
    auto lines = stoppable_lines(run, *run.state().po(c.po));
    std::erase_if(lines, [&](const LineQuantity& part) { return part.line != c.line; });
    withdraw(run, *run.state().po(c.po), lines, c.reason);
    return {};
  }

  Status operator()(const ApproveDoubleBuy& c) {
    if (auto status = known_po(run, c.po); !status) return status;
    if (auto status = named(c.actor, c.reason); !status) return status;
    const auto& po = *run.state().po(c.po);
    if (!po.cancel_lapsed && !po.cancel_refused) {
      return fail(ErrorCode::Conflict, "the cancellation may still be answered", c.po,
                  "wait until its window has passed");
    }
    if (run.state().wanted() == 0) {
      return fail(ErrorCode::Conflict, "nothing of the order is wanted any more", c.po);
    }
    if (po.double_buy || !run.rule("purchase.double_buy")) return {};
    run.emit(PurchaseEvent(DoubleBuyApproved{c.po, c.actor, c.cost, c.reason}));
    close_case(run, ReasonCode::SupplierSilent, "cancel " + c.po, "bought again by " + c.actor);
    close_case(run, ReasonCode::CancellationRequest, "cancel " + c.po,
               "bought again by " + c.actor);
    return {};
  }

  Status operator()(const OverrideGate& c) {
    if (auto status = named(c.actor, c.reason); !status) return status;
    const auto found = run.state().gates.find(c.gate);
    if (found == run.state().gates.end()) {
      return fail(ErrorCode::NotFound, "no such gate on this order", c.gate);
    }
    const auto name = c.gate.substr(0, c.gate.find('@'));
    if (!run.rule("override", name)) return {};
    switch (found->second.result) {
      case GateResult::Overridden:
      case GateResult::Open:
      case GateResult::NotApplicable:
        return {};
      case GateResult::Pending:
      case GateResult::Failed:
      case GateResult::Unclear:
        break;
    }
    run.emit(GatesEvent(GateOverridden{c.gate, c.actor, c.reason}));
    return {};
  }

  Status operator()(const PlaceHold& c) {
    if (auto status = named(c.actor, c.reason); !status) return status;
    if (c.hold.empty()) return fail(ErrorCode::Invalid, "a hold needs a name", "hold");
    if (run.state().holds.contains(c.hold)) return {};
    run.emit(GatesEvent(HoldPlaced{c.hold, c.actor, c.reason}));
    return {};
  }

  Status operator()(const ReleaseHold& c) {
    if (auto status = named(c.actor, c.reason); !status) return status;
    if (!run.state().holds.contains(c.hold)) return {};
    run.emit(GatesEvent(HoldReleased{c.hold, c.actor, c.reason}));
    return {};
  }

  Status operator()(const RequestCancellation& c) {
    if (auto status = named(c.actor, c.reason); !status) return status;
    auto lines = c.lines;
    if (lines.empty()) {
      for (const auto& line : run.state().lines) {
        if (line.wanted() > 0) lines.push_back({line.line.line, line.wanted()});
      }
    }
    for (const auto& part : lines) {
      const auto* line = run.state().line(part.line);
      if (!line || part.quantity <= 0 || part.quantity > line->wanted()) {
        return fail(ErrorCode::Invalid, "more cancelled than is wanted",
                    "line " + std::to_string(part.line));
      }
    }
    for (const auto& part : lines) {
      run.emit(IntakeEvent(
          LineReduced{part.line, part.quantity, LineCause::Decision, run.state().as_of}));
    }
    if (lines.empty() || run.state().cancelled_at_channel) return {};
    CaseDetail detail;
    detail.about = std::string(store_cancellation);
    detail.detail =
        "cancelled here, and the store still lists it: cancel it there and give the "
        "money back";
    detail.options = {{"refund", "you cancelled it at the store and gave the money back", {}},
                      {"contact", "you agreed with the buyer on something else", {}}};
    open_case(run, ReasonCode::CustomerDecision, std::move(detail));
    return {};
  }

  Status operator()(const RecordCheck& c) {
    if (auto status = known_po(run, c.po); !status) return status;
    if (c.actor.empty()) return fail(ErrorCode::Invalid, "a check needs a named person", "actor");
    CheckRecorded e{c.check, c.po,       c.items, CheckVerdict::Pass,
                    c.lines, c.strength, c.actor, run.now()};
    for (const auto& item : c.items) {
      if (item.verdict == CheckVerdict::Fail) e.verdict = CheckVerdict::Fail;
      const bool unclear = item.verdict == CheckVerdict::Unclear;
      if (unclear && e.verdict == CheckVerdict::Pass) e.verdict = CheckVerdict::Unclear;
    }
    if (auto status = fits_the_list(c); !status) return status;
    run.emit(PhysicalEvent(std::move(e)));
    return {};
  }

  /// Whether the record has every item of the procedure's list, and for those in order what the
  /// list needs beside the word.
  Status fits_the_list(const RecordCheck& c) const {
    for (const auto& procedure : run.policy().procedures) {
      if (procedure.procedure != run.state().procedure) continue;
      for (const auto& asked : procedure.checklist(c.check)) {
        const auto found = std::ranges::find(c.items, asked.name, &CheckItem::name);
        if (found == c.items.end()) {
          return fail(ErrorCode::Invalid, "the procedure asks for more items", asked.name);
        }
        if (auto status = proven(asked, *found); !status) return status;
      }
    }
    return {};
  }

  static Status proven(const ChecklistItem& asked, const CheckItem& item) {
    if (item.verdict != CheckVerdict::Pass) return {};
    if (asked.needs == CheckNeed::Photo && item.photo.empty()) {
      return fail(ErrorCode::Invalid, "this item passes only with a photo", asked.name,
                  "take the photo, or record the item as unclear");
    }
    if (asked.needs == CheckNeed::Text && trim(item.note).empty()) {
      return fail(ErrorCode::Invalid, "this item passes only with its text", asked.name,
                  "write it into the item's note, or record the item as unclear");
    }
    return {};
  }

  Status operator()(const MatchLabel& c) {
    const auto* parcel = run.state().parcel(c.parcel);
    if (!parcel) return fail(ErrorCode::NotFound, "no such parcel", std::to_string(c.parcel));
    if (c.actor.empty()) return fail(ErrorCode::Invalid, "a check needs a named person", "actor");
    const bool matches = (c.order_scan == run.state().store_number || c.order_scan == parcel->po) &&
                         c.label_scan == parcel->tracking;
    run.emit(PhysicalEvent(
        LabelMatched{c.parcel, c.order_scan, c.label_scan, matches, c.actor, run.now()}));
    return {};
  }

  Status operator()(const AddNote& c) {
    if (auto status = named(c.actor, c.text); !status) return status;
    run.emit(ExceptionsEvent(NoteAdded{c.actor, c.text}));
    return {};
  }

  Status operator()(const Reroute& c) {
    if (auto status = known_po(run, c.po); !status) return status;
    if (auto status = named(c.actor, c.reason); !status) return status;
    const auto& po = *run.state().po(c.po);
    withdraw(run, po, stoppable_lines(run, po), c.reason);
    return {};
  }

  Status operator()(const SendReminder& c) {
    if (auto status = known_po(run, c.po); !status) return status;
    if (auto status = named(c.actor, c.reason); !status) return status;
    const auto& po = *run.state().po(c.po);
    if (po.released_event == 0 || po.closed) {
      return fail(ErrorCode::Conflict, "nothing of this purchase order is with the supplier", c.po);
    }
    run.emit(PurchaseEvent(SupplierReminded{c.po, c.actor, c.reason}));
    // Only the wait for an answer goes on; a supplier who answered asked for a new link.
    if (run.state().po(c.po)->answered()) {
      close_case(run, ReasonCode::SupplierSilent, c.po, "written to again by " + c.actor);
    }
    return {};
  }

  Status operator()(const CorrectTracking& c) {
    if (auto status = named(c.actor, c.reason); !status) return status;
    const auto* parcel = run.state().parcel(c.parcel);
    if (!parcel) return fail(ErrorCode::NotFound, "no such parcel", std::to_string(c.parcel));
    if (c.tracking.empty()) return fail(ErrorCode::Invalid, "a parcel needs a number", "tracking");
    const auto& carrier = c.carrier.empty() ? parcel->carrier : c.carrier;
    if (parcel->tracking == c.tracking && parcel->carrier == carrier) return {};
    const auto* other = run.state().parcel_of(c.tracking);
    if (other && other != parcel) {
      return fail(ErrorCode::Conflict, "another parcel of this order has this number", "tracking",
                  "parcel " + std::to_string(other->parcel) + " has it");
    }
    const auto wrong = parcel->anomalies;
    run.emit(
        TransitEvent(TrackingNumberCorrected{c.parcel, carrier, c.tracking, c.actor, c.reason}));
    close_doubts(c.parcel, wrong, "the number was corrected by " + c.actor);
    return {};
  }

  /// Closes the cases that the way of another parcel opened.
  void close_doubts(std::int64_t parcel, const std::vector<std::string>& anomalies,
                    const std::string& note) {
    for (const auto& anomaly : anomalies) {
      const auto about = "parcel " + std::to_string(parcel) + " " + anomaly;
      const auto known = run.state().exceptions;
      for (const auto& doubt : known) {
        if (doubt.open && doubt.about == about) close_case(run, doubt.reason, about, note);
      }
    }
  }
};

}  // namespace

Status handle(Run& run, const PeopleCommand& command) { return std::visit(Handler{run}, command); }

}  // namespace holdfast::core::deciding
