#include <algorithm>
#include <map>

#include "base/planted.h"
#include "base/text.h"
#include "core/decide/handlers.h"
#include "core/sla/timers.h"

namespace holdfast::core::deciding {
namespace {

/// Compares a fetched order with what is known. The order's own clock (`as_of`) decides which of
/// two versions is newer; arrival order means nothing.
class Diff {
 public:
  Diff(Run& run, const ChannelOrder& order) : run_(run), order_(order) {}

  void apply() {
    if (!state().imported) {
      if (order_.deleted) return;
      import();
    } else if (order_.deleted) {
      cancel();
      return;
    } else if (order_.as_of < state().as_of && run_.rule("channel.stale")) {
      return;
    } else {
      destination();
      service();
    }
    quantities();
    store_followed();
    payment();
    risk();
    parts();
    holds();
    fulfillments();
    if (order_.cancelled) cancel();
  }

 private:
  const OrderState& state() const { return run_.state(); }

  void import() {
    OrderImported e;
    e.channel = order_.channel;
    e.channel_order = order_.channel_order;
    e.store_number = order_.store_number;
    e.placed_at = order_.placed_at;
    e.as_of = order_.as_of;
    e.currency = order_.currency;
    e.total = order_.total;
    e.destination = run_.facts().destination;
    e.lines = order_.lines;
    e.service = order_.service;
    e.instructions = order_.instructions;
    e.buyer = run_.facts().buyer;
    e.locale = order_.locale;
    e.test = order_.test;
    run_.emit(IntakeEvent(std::move(e)));
  }

  void destination() {
    if (run_.facts().buyer.empty()) return;  // the sealed record did not change
    run_.emit(IntakeEvent(
        DestinationChanged{run_.facts().destination, run_.facts().buyer, order_.as_of}));
    const bool bought = std::ranges::any_of(
        state().pos, [](const PoState& po) { return po.released_event != 0 && po.live() > 0; });
    if (!bought || !run_.rule("address.late")) return;
    // Suppliers were given the former address; nobody but a person can tell them now.
    CaseDetail detail;
    detail.about = "address after purchase";
    detail.detail = "the address changed after the purchase; suppliers have the former one";
    detail.options = {{"update", "the supplier was told and confirmed the new address", {}},
                      {"cancel", "the order's open pieces are cancelled", {}}};
    open_case(run_, ReasonCode::AddressHold, std::move(detail));
  }

  void service() {
    // Words that come after an erasure are not kept, so they say nothing new.
    const bool same_words = state().erased || order_.instructions == state().instructions;
    if (order_.service == state().service && same_words) return;
    run_.emit(IntakeEvent(ServiceChanged{order_.service, order_.instructions, order_.as_of}));
  }

  void payment() {
    const auto& s = state();
    const bool same = s.payment_event != 0 && s.payment == order_.payment &&
                      s.captured == order_.captured && s.refunded == order_.refunded &&
                      s.authorized == order_.authorized && s.total == order_.total &&
                      s.authorization_expires_at == order_.authorization_expires_at;
    if (same) return;
    const auto more = order_.refunded.minor - s.refunded.minor;
    const bool money_back = s.payment_event != 0 && more > 0 && !reduced_;
    run_.emit(IntakeEvent(PaymentRecorded{order_.payment, order_.authorized, order_.captured,
                                          order_.refunded, order_.authorization_expires_at,
                                          order_.as_of, order_.total}));
    if (money_back) {
      run_.emit(IntakeEvent(MoneyRefunded{Money{more, order_.refunded.currency}, order_.as_of}));
    }
  }

  void risk() {
    if (planted("the risk is not looked at again") && state().risk_event != 0) return;
    if (order_.risk == state().risk) return;
    run_.emit(IntakeEvent(RiskRecorded{order_.risk, order_.as_of}));
  }

  void parts() {
    if (!order_.parts_known || (state().parts_known && order_.parts == state().parts)) return;
    run_.emit(IntakeEvent(ChannelPartsRecorded{order_.parts, order_.as_of}));
  }

  void holds() {
    std::vector<std::pair<std::string, std::string>> now;
    for (const auto& hold : order_.holds) {
      if (hold.ours) {
        const auto known = state().our_holds.find(hold.part);
        if (known == state().our_holds.end() || known->second != hold.hold) {
          run_.emit(TellingEvent(StoreHoldChanged{hold.part, hold.hold, true}));
        }
        continue;
      }
      now.emplace_back(hold.part, hold.hold);
      if (std::ranges::find(state().channel_holds, now.back()) != state().channel_holds.end()) {
        continue;
      }
      run_.emit(IntakeEvent(ChannelHoldChanged{hold.part, hold.hold, hold.reason, true}));
    }
    const auto known = state().channel_holds;
    for (const auto& [part, hold] : known) {
      if (std::ranges::find(now, std::pair{part, hold}) != now.end()) continue;
      run_.emit(IntakeEvent(ChannelHoldChanged{part, hold, {}, false}));
    }
  }

  /// Quantities per channel line: a raise is a new line of ours, a fall takes pieces out. What was
  /// cancelled here and is still listed there is no raise.
  void quantities() {
    std::map<std::string, std::int64_t> known, current;
    for (const auto& line : state().lines) {
      known[line.line.channel_line] += line.line.quantity - line.reduced + line.decided;
    }
    for (std::size_t i = 0; i < order_.lines.size(); ++i) {
      const auto& line = order_.lines[i];
      const auto wanted = current_of(line);
      current[line.channel_line] += wanted;
      if (wanted > known[line.channel_line]) add_line(line, wanted - known[line.channel_line]);
    }
    for (const auto& [channel_line, quantity] : known) {
      const auto left = current.contains(channel_line) ? current[channel_line] : 0;
      if (left < quantity) reduce(channel_line, quantity - left);
    }
  }

  /// What was cancelled here is not listed there any more: nobody has to cancel it there.
  void store_followed() {
    const bool listed =
        std::ranges::any_of(state().lines, [](const LineState& line) { return line.decided > 0; });
    if (order_.cancelled) {
      close_case(run_, ReasonCode::CustomerDecision, late_addition, "the store cancelled it");
    }
    if (listed && !order_.cancelled) return;
    close_case(run_, ReasonCode::CustomerDecision, store_cancellation, "the store shows it");
  }

  std::int64_t current_of(const OrderLine& line) const {
    for (const auto& current : order_.current) {
      if (current.line == line.line) return current.quantity;
    }
    return line.quantity;
  }

  void add_line(OrderLine line, std::int64_t quantity) {
    const bool cancelled_here =
        state().wanted() == 0 &&
        state().open_exception(ReasonCode::CustomerDecision, store_cancellation);
    line.line = static_cast<std::int64_t>(state().lines.size()) + 1;
    line.quantity = quantity;
    const auto sku = line.sku;
    run_.emit(IntakeEvent(LineAdded{std::move(line), order_.as_of}));
    if (cancelled_here && run_.rule("cancel.added")) ask_about_addition(sku);
  }

  /// Nobody can tell from here whether the buyer changed their mind or the store did not know yet.
  void ask_about_addition(const std::string& sku) {
    run_.emit(GatesEvent(HoldPlaced{std::string(late_addition), "rule:cancellation",
                                    "the order was cancelled here before this was added"}));
    CaseDetail detail;
    detail.about = std::string(late_addition);
    detail.detail = "the store added " + sku + " to an order that was cancelled here";
    detail.options = {{"cancel", "nothing of it is bought; cancel it at the store too", {}},
                      {"release", "the buyer wants what was added: it is bought", {}}};
    open_case(run_, ReasonCode::CustomerDecision, std::move(detail));
  }

  /// Takes pieces out: first those cancelled here already, then from our newest line on. When the
  /// channel refunded them but still lists them as to be fulfilled, only a person can tell a refund
  /// of goods from one of money.
  void reduce(const std::string& channel_line, std::int64_t by) {
    const bool refunded = !order_.refunds.empty();
    if (refunded && still_to_fulfill(channel_line, by) && run_.rule("refund.ambiguous")) {
      ask_about_refund(channel_line, by);
      return;
    }
    reduced_ = true;
    const auto cause = order_.cancelled ? LineCause::Cancel
                       : refunded       ? LineCause::Refund
                                        : LineCause::Edit;
    for (const bool decided : {true, false}) {
      for (auto number = static_cast<std::int64_t>(state().lines.size()); number > 0; --number) {
        const auto* line = state().line(number);
        if (line->line.channel_line != channel_line) continue;
        const auto there = decided ? line->decided : line->line.quantity - line->reduced;
        auto part = std::min(by, there);
        if (planted("a refund takes the whole line")) part = there;
        if (part <= 0 || planted("a refund takes nothing")) continue;
        by -= part;
        run_.emit(IntakeEvent(LineReduced{number, part, cause, order_.as_of}));
      }
    }
  }

  bool still_to_fulfill(const std::string& channel_line, std::int64_t by) const {
    if (order_.cancelled || !order_.parts_known) return false;
    std::int64_t listed = 0, wanted = 0;
    for (const auto& line : order_.lines) {
      if (line.channel_line != channel_line) continue;
      wanted += current_of(line);
      for (const auto& part : order_.parts) {
        for (const auto& remaining : part.remaining) {
          if (remaining.line == line.line) listed += remaining.quantity;
        }
      }
    }
    return by > 0 && listed > wanted;
  }

  /// Once for the same pieces: who released the hold has said what the refund meant.
  void ask_about_refund(const std::string& channel_line, std::int64_t by) {
    if (state().open_exception(ReasonCode::AmbiguousRefund, "refund")) return;
    CaseDetail detail;
    detail.about = "refund";
    detail.detail =
        "the refund names pieces that the channel still wants fulfilled: " + std::to_string(by) +
        " of its line " + channel_line;
    const bool was_asked =
        std::ranges::any_of(state().exceptions, [&](const ExceptionState& known) {
          return known.reason == ReasonCode::AmbiguousRefund && known.detail == detail.detail;
        });
    if (was_asked && run_.rule("refund.asked")) return;
    if (!state().holds.contains("refund")) {
      run_.emit(GatesEvent(
          HoldPlaced{"refund", "rule:refund", "refunded pieces are still listed to be fulfilled"}));
    }
    open_case(run_, ReasonCode::AmbiguousRefund, std::move(detail));
  }

  void fulfillments() {
    for (const auto& done : order_.fulfillments) {
      if (done.status == "cancelled") continue;
      if (is_ours(done)) continue;
      if (std::ranges::find(state().fulfilled_elsewhere, done.fulfillment) !=
          state().fulfilled_elsewhere.end()) {
        continue;
      }
      run_.emit(IntakeEvent(FulfilledElsewhere{done.fulfillment, done.lines, done.tracking}));
      CaseDetail detail;
      detail.about = done.fulfillment;
      detail.detail = "fulfilled at the channel without us; open purchases are being stopped";
      open_case(run_, ReasonCode::FulfilledElsewhere, std::move(detail));
    }
  }

  /// Ours when the id is known, or when it carries the number of a parcel we told the store about:
  /// the webhook may be faster than the answer to our own request.
  bool is_ours(const ChannelFulfillment& done) {
    for (const auto& parcel : state().parcels) {
      if (!parcel.fulfillment.empty() && parcel.fulfillment == done.fulfillment) return true;
      if (parcel.told_event == 0 || done.tracking.empty()) continue;
      if (parcel.tracking != done.tracking || !run_.rule("store.own_webhook")) continue;
      if (parcel.fulfillment.empty()) {
        run_.emit(TellingEvent(StoreRecorded{parcel.parcel, done.fulfillment}));
      }
      return true;
    }
    return false;
  }

  void cancel() {
    if (state().cancelled_at_channel || planted("a cancelled order goes on")) return;
    run_.emit(
        IntakeEvent(OrderCancelledAtChannel{order_.cancel_reason, order_.deleted, order_.as_of}));
  }

  Run& run_;
  const ChannelOrder& order_;
  bool reduced_ = false;
};

struct Handler {
  Run& run;

  Status operator()(const ObserveOrder& c) {
    if (run.state().imported && c.order.channel_order != run.state().channel_order) {
      return fail(ErrorCode::Conflict, "the fetched order is another one", c.order.channel_order);
    }
    Diff(run, c.order).apply();
    return {};
  }
  Status operator()(const RecordStoreAnswer& c) {
    const auto* parcel = run.state().parcel(c.parcel);
    if (!parcel) return fail(ErrorCode::NotFound, "no such parcel", std::to_string(c.parcel));
    if (!run.rule(c.refused ? "store.refused" : "store.accepted")) return {};
    if (!c.refused) {
      if (parcel->fulfillment != c.fulfillment) {
        run.emit(TellingEvent(StoreRecorded{c.parcel, c.fulfillment}));
      }
      close_case(run, ReasonCode::StoreRefused, "parcel " + std::to_string(c.parcel),
                 "the store accepted it");
      return {};
    }
    run.emit(TellingEvent(StoreRefusedFulfillment{c.parcel, c.detail}));
    CaseDetail detail;
    detail.about = "parcel " + std::to_string(c.parcel);
    detail.detail = c.detail;
    open_case(run, ReasonCode::StoreRefused, std::move(detail));
    return {};
  }
  Status operator()(const RecordStoreHold& c) {
    const auto known = run.state().our_holds.find(c.part);
    const bool stands = known != run.state().our_holds.end();
    if (stands == c.placed && (!stands || known->second == c.hold)) return {};
    run.emit(TellingEvent(StoreHoldChanged{c.part, c.hold, c.placed}));
    return {};
  }
  Status operator()(const ErasePersonalData& c) {
    if (!run.state().erased) run.emit(ExceptionsEvent(PersonalDataErased{c.reason}));
    return {};
  }
  Status operator()(const AnswerBuyerQuestion& c) {
    const auto& asked = run.state().questions;
    const auto found = std::ranges::find(asked, c.question, &QuestionState::question);
    if (found == asked.end()) return fail(ErrorCode::NotFound, "no such question", c.question);
    if (found->answer == c.answer) return {};
    if (!found->answer.empty()) {
      return fail(ErrorCode::Conflict, "the question was answered with " + found->answer,
                  c.question);
    }
    const auto& known = buyer_answers();
    if (std::ranges::find(known, c.answer) == known.end()) {
      return fail(ErrorCode::Invalid, "no such answer: " + c.answer, "answer",
                  "one of: " + join(known, ", "));
    }
    run.emit(TellingEvent(BuyerAnswered{c.question, c.answer, c.by_default}));
    drop_timer(run, TimerKind::BuyerDecision, c.question);
    follow_answer(c);
    return {};
  }

  /// Waiting asks for nothing. Pieces that stand in no parcel are cancelled at once; giving the
  /// money back, or agreeing on something else, is a person's work and gets an owner.
  void follow_answer(const AnswerBuyerQuestion& c) {
    if (c.answer == "wait") return;
    CaseDetail detail;
    detail.about = c.question;
    if (c.answer == "change") {
      detail.detail = "the buyer wants something changed";
      open_case(run, ReasonCode::CustomerDecision, std::move(detail));
      return;
    }
    std::int64_t taken = 0;
    const auto lines = run.state().lines;
    for (const auto& line : lines) {
      const auto number = line.line.line;
      const auto open = line.wanted() - run.state().in_parcels(number);
      if (open <= 0) continue;
      run.emit(IntakeEvent(LineReduced{number, open, LineCause::Decision, run.state().as_of}));
      taken += open;
    }
    detail.detail = "the buyer chose to cancel; pieces taken out: " + std::to_string(taken);
    detail.options = {{"refund", "you gave the money back at the channel", {}},
                      {"contact", "you asked the buyer about what is under way", {}}};
    open_case(run, ReasonCode::CustomerDecision, std::move(detail));
  }
};

}  // namespace

Status handle(Run& run, const ChannelCommand& command) { return std::visit(Handler{run}, command); }

}  // namespace holdfast::core::deciding
