#include <algorithm>

#include "base/planted.h"
#include "core/automation.h"
#include "core/decide/handlers.h"
#include "core/gates/gate.h"
#include "core/sla/working_time.h"

namespace holdfast::core::deciding {

Status known_po(const Run& run, const std::string& po) {
  if (run.state().po(po)) return {};
  return fail(ErrorCode::NotFound, "this order has no such purchase order", po);
}

Status named(const std::string& actor, const std::string& reason) {
  if (actor.empty()) return fail(ErrorCode::Invalid, "a decision needs a named person", "actor");
  if (reason.empty()) return fail(ErrorCode::Invalid, "a decision needs a reason", "reason");
  return {};
}

std::vector<LineQuantity> live_lines(const Run& run, const PoState& po) {
  std::vector<LineQuantity> lines;
  for (const auto& line : po.lines) {
    std::int64_t shipped = 0;
    for (const auto& parcel : run.state().parcels) {
      if (parcel.po != po.po) continue;
      for (const auto& part : parcel.lines) {
        if (part.line == line.asked.line) shipped += part.quantity;
      }
    }
    const auto free = line.live() - shipped - line.cancelling;
    if (free > 0) lines.push_back({line.asked.line, free});
  }
  return lines;
}

std::vector<LineQuantity> stoppable_lines(const Run& run, const PoState& po) {
  auto lines = live_lines(run, po);
  for (auto& part : lines) part.quantity -= po.line(part.line)->kept;
  std::erase_if(lines, [](const LineQuantity& part) { return part.quantity <= 0; });
  return lines;
}

void withdraw(Run& run, const PoState& po, const std::vector<LineQuantity>& lines,
              const std::string& reason) {
  if (lines.empty()) return;
  const std::string number = po.po;
  if (po.released_event == 0) {
    run.emit(SourcingEvent(AllocationWithdrawn{number, po.supplier, lines, reason}));
    close_case(run, ReasonCode::Approval, number, "withdrawn before it left");
    return;
  }
  const auto tier = tier_of(run, po.supplier);
  const auto* profile = run.facts().supplier(po.supplier);
  const auto calendar = profile ? profile->calendar : Calendar{};
  run.emit(PurchaseEvent(SupplyCancelRequested{number, lines, reason}));
  set_timer(run, TimerKind::CancelWindow, number,
            add_working_time(calendar, run.now(), tier.cancel_window));
}

Money cost_of_unstopped(const PoState& po) {
  Money sum;
  for (const auto& line : po.lines) {
    const auto price = price_of(line.asked.cost, line.cancelling + line.kept);
    const auto more = price ? add(sum, *price) : price;
    if (!more) return {};
    sum = *more;
  }
  return sum;
}

namespace {

/// An answer may not confirm more than was asked, nor lines that were not.
Status fits(const PoState& po, const LineAnswer& answer) {
  const auto* line = po.line(answer.line);
  if (!line) {
    return fail(ErrorCode::Invalid, "the purchase order has no such line",
                std::to_string(answer.line));
  }
  if (answer.quantity < 0 || answer.quantity > line->asked.quantity) {
    return fail(ErrorCode::Invalid, "more pieces confirmed than were asked for",
                std::to_string(answer.line));
  }
  return {};
}

bool changes_price(const PoLine& line, const LineAnswer& answer) {
  if (planted("a dearer price passes unseen")) return false;
  return answer.cost.currency.known() && answer.cost != line.asked.cost;
}

bool changes_item(const PoLine& line, const LineAnswer& answer) {
  if (planted("another article passes unseen")) return false;
  return !answer.supplier_sku.empty() && answer.supplier_sku != line.asked.supplier_sku;
}

/// What the answer really says, whatever it calls itself: "accepted" at another price is a change.
LineAnswer as_it_is(const PoLine& line, LineAnswer answer) {
  const bool refuses = answer.kind == AckKind::Rejected || answer.kind == AckKind::Backordered;
  if (refuses && planted("a rejected line counts as accepted")) {
    answer.kind = AckKind::Accepted;
    answer.quantity = line.asked.quantity;
  } else if (refuses)
    answer.quantity = 0;
  else if (changes_item(line, answer))
    answer.kind = AckKind::ItemChanged;
  else if (changes_price(line, answer))
    answer.kind = AckKind::PriceChanged;
  else if (answer.quantity < line.asked.quantity - line.withdrawn) {
    answer.kind = AckKind::QuantityChanged;
  }
  if (answer.kind == AckKind::QuantityChanged && answer.quantity == 0) {
    answer.kind = AckKind::Rejected;
  }
  return answer;
}

Option option(const char* verb, std::string consequence, Money cost = {}) {
  return {verb, std::move(consequence), cost};
}

struct Handler {
  Run& run;

  Status operator()(const RecordPurchaseOrderReply& c) {
    if (auto status = known_po(run, c.po); !status) return status;
    const auto& po = *run.state().po(c.po);
    // Sent < delivered < read: a poll that tells less than is known is no news.
    const bool known = po.reply && *po.reply != PoReply::Unknown && c.reply <= *po.reply;
    const bool repeated = (known || po.reply == c.reply) &&
                          (c.supplier_ref.empty() || c.supplier_ref == po.supplier_ref);
    if (repeated || !run.rule("reply", name_of(c.reply))) return {};
    run.emit(
        PurchaseEvent(PurchaseOrderReplied{c.po, c.reply, c.supplier_ref, c.detail, run.now()}));
    switch (c.reply) {
      case PoReply::Unknown:
        unknown(c);
        break;
      case PoReply::Refused:
        break;  // its pieces are free again; routing looks further
      case PoReply::Sent:
      case PoReply::Delivered:
      case PoReply::Read:
        close_case(run, ReasonCode::UnknownOutcome, c.po, "the supplier has it");
        break;
    }
    return {};
  }

  void unknown(const RecordPurchaseOrderReply& c) {
    const auto* profile = run.facts().supplier(run.state().po(c.po)->supplier);
    // A supplier that can be asked, or drops duplicates itself, is asked before a person is.
    if (profile && (profile->can_find || profile->idempotent)) return;
    CaseDetail detail;
    detail.about = c.po;
    detail.detail = "it may have arrived, and this supplier cannot be asked: " + c.detail;
    detail.money_at_risk = run.state().po(c.po)->total;
    detail.cause = supplier_subject(run.state().po(c.po)->supplier);
    detail.options = {option("confirm", "it is there; nothing is sent again"),
                      option("retry", "it is not there; it is sent once more"),
                      option("reroute", "it is cancelled and its pieces are bought elsewhere")};
    open_case(run, ReasonCode::UnknownOutcome, std::move(detail));
  }

  Status operator()(const AcknowledgePurchaseOrder& c) {
    if (auto status = known_po(run, c.po); !status) return status;
    const auto& po = *run.state().po(c.po);
    PurchaseOrderAcknowledged e{c.po, {}, c.strength, c.supplier_ref, c.actor, run.now()};
    bool news = po.acknowledged_event == 0 || c.strength > po.ack_strength;
    for (const auto& answer : c.answers) {
      if (auto status = fits(po, answer); !status) return status;
      const auto& line = *po.line(answer.line);
      auto real = as_it_is(line, answer);
      if (!run.rule("ack", name_of(real.kind))) return {};
      e.answers.push_back(std::move(real));
      news = news || !line.answer || *line.answer != e.answers.back();
    }
    if (!news) return {};
    run.emit(PurchaseEvent(e));
    for (const auto& answer : e.answers) follow(c.po, answer);
    return {};
  }

  /// What one line's answer asks of a person.
  void follow(const std::string& number, const LineAnswer& answer) {
    const auto& po = *run.state().po(number);
    const auto& line = *po.line(answer.line);
    const auto* order_line = run.state().line(answer.line);
    CaseDetail detail;
    detail.about = number + " line " + std::to_string(answer.line);
    const std::string title = order_line ? order_line->line.title : std::string();
    switch (answer.kind) {
      case AckKind::Accepted:
      case AckKind::DateChanged:
      case AckKind::QuantityChanged:
      case AckKind::Backordered:
      case AckKind::Rejected:
        return;  // pieces refused are routed again
      case AckKind::ItemChanged:
        detail.detail = "listed: " + title + " (" + line.asked.supplier_sku +
                        "); offered: " + answer.supplier_sku +
                        (answer.note.empty() ? "" : ", " + answer.note);
        open_case(run, ReasonCode::Substitution, std::move(detail));
        return;
      case AckKind::PriceChanged:
        if (price_rise_passes(number, line, answer)) return;
        detail.detail =
            "asked at " + to_text(line.asked.cost) + ", offered at " + to_text(answer.cost);
        open_case(run, ReasonCode::PriceChange, std::move(detail));
        return;
    }
  }

  /// A price that policy lets pass is approved by the rule, as far as the rule may act by itself.
  bool price_rise_passes(const std::string& number, const PoLine& line, const LineAnswer& answer) {
    if (!may_pass(run, line, answer.cost) || !run.rule("price.rise")) return false;
    const auto words = "from " + to_text(line.asked.cost) + " to " + to_text(answer.cost);
    const auto mode = rule_mode(run, "price_rise");
    if (mode == Mode::Watch) {
      run.emit(ExceptionsEvent(AutomationNoted{rule_subject("price_rise"), mode, false, words}));
    }
    if (mode != Mode::Auto) return false;
    run.emit(PurchaseEvent(
        SupplyChangeDecided{number, answer.line, true, "rule:price_rise", words + " may pass"}));
    return true;
  }

  Status operator()(const AnswerSupplyCancel& c) {
    if (auto status = known_po(run, c.po); !status) return status;
    const auto& po = *run.state().po(c.po);
    auto lines = newly_cancelled(po, c);
    if (!lines) return fail(lines.error());
    if (lines->empty() && by_itself(po, c) && run.rule("cancel.unasked")) {
      lines = stoppable_lines(run, po);
    }
    if (lines->empty()) return {};  // answered before
    if (!run.rule("cancel", name_of(c.reply))) return {};
    run.emit(PurchaseEvent(SupplyCancelAnswered{c.po, c.reply, *lines, c.actor, c.detail}));
    // An answer for a part leaves the rest waiting for one.
    const bool waits = std::ranges::any_of(run.state().po(c.po)->lines,
                                           [](const PoLine& line) { return line.cancelling > 0; });
    if (!waits) {
      drop_timer(run, TimerKind::CancelWindow, c.po);
      close_case(run, ReasonCode::SupplierSilent, "cancel " + c.po, "the supplier answered");
    }
    if (c.reply == CancelReply::Rejected) {
      CaseDetail detail;
      detail.about = "cancel " + c.po;
      detail.detail = "the supplier will not cancel: " + c.detail;
      const auto cost = cost_of_unstopped(*run.state().po(c.po));
      detail.money_at_risk = cost;
      detail.options = {option("confirm", "these pieces come and are used"),
                        option("contact", "you asked the supplier again, by other means"),
                        option("refund", "the buyer gets the money back although the pieces come")};
      if (run.state().wanted() > 0) {
        detail.options.push_back(
            option("buy_again", "bought elsewhere too; " + to_text(cost) + " is paid twice", cost));
      }
      open_case(run, ReasonCode::CancellationRequest, std::move(detail));
    }
    return {};
  }

  /// What this answer adds. Lines that are named state the pieces cancelled in all, so that an
  /// answer read twice, or polled again later, takes nothing more; without lines it answers what
  /// was asked last.
  static Result<std::vector<LineQuantity>> newly_cancelled(const PoState& po,
                                                           const AnswerSupplyCancel& c) {
    std::vector<LineQuantity> lines;
    for (const auto& line : po.lines) {
      if (line.cancelling > 0 && (c.lines.empty() || c.reply == CancelReply::Rejected)) {
        lines.push_back({line.asked.line, line.cancelling});
      }
    }
    if (c.lines.empty() || c.reply == CancelReply::Rejected) return lines;
    for (const auto& part : c.lines) {
      const auto* line = po.line(part.line);
      if (!line || part.quantity < 0 || part.quantity > line->asked.quantity) {
        return fail(ErrorCode::Invalid, "more cancelled than was ever asked for",
                    std::to_string(part.line));
      }
      const auto fresh = std::min(part.quantity - line->cancelled, line->live());
      if (fresh > 0) lines.push_back({part.line, fresh});
    }
    return lines;
  }

  /// Whether a supplier that was never asked has cancelled what it has not sent: an answer to
  /// nothing that names no lines. Once one was asked for, it may be the old answer told again.
  static bool by_itself(const PoState& po, const AnswerSupplyCancel& c) {
    const bool asked = po.cancel_refused || std::ranges::any_of(po.lines, [](const PoLine& line) {
                         return line.cancelling > 0 || line.cancelled > 0 || line.kept > 0;
                       });
    return c.reply == CancelReply::Accepted && c.lines.empty() && po.released_event != 0 && !asked;
  }

  Status operator()(const AttestCheck& c) {
    if (auto status = known_po(run, c.po); !status) return status;
    if (c.statement.empty() && c.photo.empty()) {
      return fail(ErrorCode::Invalid, "an attestation needs a statement or a photo", "statement");
    }
    const auto& checks = run.state().po(c.po)->checks;
    const auto told = checks.find(c.check);
    if (told != checks.end() && told->second.statement == c.statement + c.photo) return {};
    run.emit(PhysicalEvent(CheckAttested{c.check, c.po, c.statement, c.photo, c.actor, run.now()}));
    return {};
  }

  Status operator()(const AnnounceParcel& c) {
    if (auto status = known_po(run, c.po); !status) return status;
    if (c.tracking.empty()) return fail(ErrorCode::Invalid, "a parcel needs a number", "tracking");
    const bool known = run.state().parcel_of(c.tracking) != nullptr;
    if (known && !planted("a parcel told twice is two")) return {};  // told twice
    const auto& po = *run.state().po(c.po);
    auto open = live_lines(run, po);
    auto lines = c.lines.empty() || planted("a parcel holds all that is open") ? open : c.lines;
    for (const auto& part : lines) {
      const auto found = std::ranges::find(open, part.line, &LineQuantity::line);
      const auto most = found == open.end() ? 0 : found->quantity;
      if (part.quantity <= 0 || part.quantity > most) {
        return fail(ErrorCode::Invalid, "more pieces shipped than are on order",
                    "line " + std::to_string(part.line), "at most " + std::to_string(most));
      }
    }
    if (lines.empty()) {
      return fail(ErrorCode::Conflict, "nothing of this purchase order is left to ship", c.po);
    }
    ParcelAnnounced e;
    e.parcel = static_cast<std::int64_t>(run.state().parcels.size()) + 1;
    e.po = c.po;
    e.carrier = c.carrier;
    e.tracking = c.tracking;
    e.lines = std::move(lines);
    e.announced_at = c.announced_at ? c.announced_at : run.now();
    e.source = c.source;
    e.strength = c.strength;
    run.emit(TransitEvent(std::move(e)));
    return {};
  }

  Status operator()(const RecordSupplierPayment& c) {
    if (auto status = known_po(run, c.po); !status) return status;
    const auto& po = *run.state().po(c.po);
    if (po.payment == c.state) return {};
    run.emit(PurchaseEvent(SupplierPaymentRecorded{c.po, c.state, c.amount, c.actor}));
    switch (c.state) {
      case PayablesState::BalanceTooLow: {
        CaseDetail detail;
        detail.about = c.po;
        detail.detail = "the balance at " + po.supplier + " is too low; it will not ship unpaid";
        detail.money_at_risk = po.total;
        detail.cause = supplier_subject(po.supplier);
        open_case(run, ReasonCode::SupplierPayment, std::move(detail));
        return {};
      }
      case PayablesState::Paid:
        close_case(run, ReasonCode::SupplierPayment, c.po, "paid");
        return {};
      case PayablesState::Due:
        return {};
    }
    return {};
  }
};

}  // namespace

Status handle(Run& run, const SupplierCommand& command) {
  return std::visit(Handler{run}, command);
}

}  // namespace holdfast::core::deciding
