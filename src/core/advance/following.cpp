#include <algorithm>
#include <set>

#include "base/planted.h"
#include "core/advance/steps.h"
#include "core/gates/gate.h"
#include "core/sla/timers.h"
#include "core/sla/working_time.h"
#include "core/summary.h"
#include "core/tracking/proof.h"

namespace holdfast::core::advancing {
namespace {

std::vector<std::int64_t> parcel_numbers(const OrderState& state) {
  std::vector<std::int64_t> numbers;
  for (const auto& parcel : state.parcels) numbers.push_back(parcel.parcel);
  return numbers;
}

/// The proof class and event that let the store be told.
void tell_store(Run& run, std::int64_t number) {
  const auto& parcel = *run.state().parcel(number);
  const auto* po = run.state().po(parcel.po);
  if (parcel.told_event != 0 || !po || run.state().deleted_at_channel) return;
  const Scope scope{po, &parcel};
  // All three are judged, so that every shut gate shows, not only the first.
  const bool packed = pass_gates(run, Commitment::Pack, scope);
  const bool handed_over = pass_gates(run, Commitment::HandOver, scope);
  const bool proven = pass_gates(run, Commitment::TellStore, scope);
  const bool eager = planted("the store is told of a label");
  if (!eager && (!packed || !handed_over || !proven)) return;
  const auto* proof = acceptance(parcel);
  std::vector<std::int64_t> evidence;
  if (proof) evidence.push_back(proof->event);
  run.emit(TellingEvent(
      StoreTold{number, parcel.lines, proof ? proof->proof : Proof::Electronic, evidence}));
}

bool worth_telling(TrackingStatus status) {
  return status == TrackingStatus::InTransit || status == TrackingStatus::OutForDelivery ||
         status == TrackingStatus::AvailableForPickup || status == TrackingStatus::Delivered ||
         status == TrackingStatus::AttemptFailed;
}

/// News of a fulfillment the store already has: each status once.
void tell_news(Run& run, std::int64_t number) {
  const auto events = run.state().parcel(number)->events;
  if (run.state().parcel(number)->fulfillment.empty()) return;
  for (const auto& event : events) {
    const auto& told = run.state().parcel(number)->store_news;
    const bool known = std::ranges::find(told, event.status) != told.end();
    if (known || !worth_telling(event.status)) continue;
    if (event.proof < Proof::Collected) continue;
    run.emit(TellingEvent(StoreTrackingTold{number, event.status, event.at}));
  }
}

void moments_of(Run& run, std::int64_t number) {
  const auto& announced = *run.state().parcel(number);
  if (!pass_gates(run, Commitment::TellBuyer, {run.state().po(announced.po), &announced})) return;
  const auto& parcel = *run.state().parcel(number);
  const bool told = parcel.told_event != 0;
  std::set<TrackingStatus> proven;
  for (const auto& event : parcel.events) {
    if (event.proof >= Proof::Collected) proven.insert(event.status);
  }
  const bool replaced = !parcel.retired.empty() || parcel.told_wrong;
  const auto status = status_of(parcel);
  tell_buyer(run, Moment::LabelCreated, number, "");
  if (told) tell_buyer(run, Moment::CarrierPickup, number, "");
  if (replaced) tell_buyer(run, Moment::TrackingReplaced, number, "");
  if (told && proven.contains(TrackingStatus::InTransit) && !is_final(status)) {
    tell_buyer(run, Moment::InTransit, number, "");
  }
  if (told && proven.contains(TrackingStatus::OutForDelivery) && !is_final(status)) {
    tell_buyer(run, Moment::OutForDelivery, number, "");
  }
  if (told && proven.contains(TrackingStatus::AvailableForPickup) && !is_final(status)) {
    tell_buyer(run, Moment::AwaitingPickup, number, "");
  }
  const bool nearly = planted("out for delivery is told as delivered") &&
                      proven.contains(TrackingStatus::OutForDelivery);
  if (told && (nearly || (proven.contains(TrackingStatus::Delivered) &&
                          status == TrackingStatus::Delivered))) {
    tell_buyer(run, Moment::Delivered, number, "");
  }
}

/// Two days before an authorization lapses a person chooses, once for each time it would lapse.
void watch_authorization(Run& run) {
  const auto& state = run.state();
  const auto lapses = state.authorization_expires_at;
  if (!lapses || state.payment != PaymentState::Authorized) {
    drop_timer(run, TimerKind::AuthorizationLapse, "authorization");
    return;
  }
  if (run.now() < lapses - days(2)) {
    set_timer(run, TimerKind::AuthorizationLapse, "authorization", lapses - days(2));
    return;
  }
  CaseDetail detail;
  detail.about = "authorization until " + to_text(lapses);
  const bool asked = std::ranges::any_of(state.exceptions, [&](const ExceptionState& known) {
    return known.reason == ReasonCode::PaymentHold && known.about == detail.about;
  });
  if (asked || !run.rule("payment.lapse")) return;
  detail.detail = "the authorization lapses at " + to_text(lapses);
  detail.options = {{"capture", "the money is captured at the channel", {}},
                    {"cancel", "the authorization is released and the order cancelled", {}}};
  open_case(run, ReasonCode::PaymentHold, std::move(detail));
}

/// The order wakes when the next of its pre-ordered lines may be bought. Channels often say so only
/// some time after the order came in, and may say another day later.
void watch_pre_order(Run& run) {
  Instant next;
  for (const auto& line : run.state().lines) {
    const auto at = run.state().fulfill_at(line);
    if (line.wanted() > 0 && at > run.now() && (!next || at < next)) next = at;
  }
  if (next && run.rule("preorder.wakes"))
    set_timer(run, TimerKind::FulfillAt, "fulfill_at", next);
  else
    drop_timer(run, TimerKind::FulfillAt, "fulfill_at");
}

/// What handling time is counted from.
struct Base {
  Instant at;
  std::string words;
};

Base counted_from(const Run& run) {
  const auto& state = run.state();
  Base base{state.placed_at, "placed"};
  const bool by_capture = channel_policy(run).payment == PaymentRule::Captured;
  if (by_capture && state.paid_at > base.at) base = {state.paid_at, "paid"};
  for (const auto& line : state.lines) {
    const auto at = state.fulfill_at(line);
    if (at > base.at) base = {at, "the channel's fulfil-at date"};
  }
  return base;
}

std::vector<std::string> suppliers_of(const OrderState& state) {
  std::vector<std::string> names;
  for (const auto& po : state.pos) {
    if (po.live() > 0) names.push_back(po.supplier);
  }
  return names;
}

/// The channel's handling days, or those of the supplier's tier where it names none.
std::int64_t handling_days(const Run& run, std::string_view supplier) {
  const auto channel = channel_policy(run).handling_days;
  return channel > 0 ? channel : tier_of(run, supplier).handling_days;
}

/// Ship-by in the working days of the suppliers that were chosen, the latest of them; before that
/// provisionally from Monday to Friday, with the slowest supplier that offers the goods.
PromiseMade ship_by_of(const Run& run, const Base& base) {
  PromiseMade made{PromiseKind::ShipBy, {}, {}, false};
  const auto words = [&](std::int64_t days, const std::string& whose) {
    return base.words + " + " + std::to_string(days) + " working days" + whose;
  };
  if (run.rule("promise.supplier_days")) {
    for (const auto& supplier : suppliers_of(run.state())) {
      const auto* profile = run.facts().supplier(supplier);
      const auto calendar = profile ? profile->calendar : Calendar{};
      const auto days = handling_days(run, supplier);
      const auto due = add_working_days(calendar, base.at, days, "");
      if (due <= made.due_at) continue;
      made.due_at = due;
      made.source = words(days, " of " + supplier + " (" + calendar.zone + ")");
    }
  }
  if (made.due_at) return made;
  auto days = channel_policy(run).handling_days;
  for (const auto& offer : run.facts().offers) {
    days = std::max(days, handling_days(run, offer->supplier));
  }
  made.due_at = add_working_days(Calendar{}, base.at, days, "");
  made.source = words(days, ", Monday to Friday until a supplier is chosen");
  made.provisional = true;
  return made;
}

bool pieces_were_taken_out(const OrderState& state) {
  return std::ranges::any_of(state.lines, [](const LineState& line) { return line.reduced > 0; });
}

bool buy_gate_shut(const Run& run) {
  for (const auto* gate : gates_of(run, Commitment::Buy)) {
    if (gate->check) continue;
    const auto known = run.state().gates.find(gate->gate);
    if (known == run.state().gates.end()) continue;
    if (known->second.result == GateResult::Failed || known->second.result == GateResult::Unclear) {
      return true;
    }
  }
  return !run.state().holds.empty();
}

bool part_is_open(const ChannelPart& part) {
  return part.status == "open" || part.status == "in_progress" || part.status == "on_hold" ||
         part.status == "scheduled";
}

}  // namespace

void promises(Run& run) {
  const auto& state = run.state();
  watch_authorization(run);
  watch_pre_order(run);
  const auto* known = state.promise(PromiseKind::ShipBy);
  if ((known && !known->provisional) || state.wanted() == 0) return;
  const auto base = counted_from(run);
  const auto made = ship_by_of(run, base);
  if (known && known->due_at == made.due_at && known->source == made.source) return;
  const auto* service = service_policy(run);
  const auto deliver = made.due_at + days(service ? service->transit_days : 14);
  run.emit(GatesEvent(made));
  set_timer(run, TimerKind::ShipBy, "ship_by", made.due_at - hours(24));
  const auto* arrives = run.state().promise(PromiseKind::DeliverBy);
  if (arrives && arrives->due_at == deliver) return;
  run.emit(GatesEvent(
      PromiseMade{PromiseKind::DeliverBy, deliver, "ship-by + the service's transit days"}));
  set_timer(run, TimerKind::DeliverBy, "deliver_by", deliver);
}

void suppliers(Run& run) {
  for (std::size_t i = 0; i < run.state().pos.size(); ++i) {
    if (run.state().pos[i].released_event == 0) continue;
    const auto po = run.state().pos[i];
    if (!po.closed) pass_gates(run, Commitment::Pack, {&run.state().pos[i], nullptr});
    // Once it has answered, a change that awaits our own approval is not the supplier's silence.
    // Nobody is pressed to confirm what was cancelled, and its buyer waits for nothing.
    const bool wanted = run.state().wanted() > 0;
    const bool done = po.answered() || po.closed || po.live() == 0 || !wanted;
    const bool started = run.state().timer_set(TimerKind::AckReminder, po.po) ||
                         run.state().timer_set(TimerKind::AckTellBuyer, po.po) || !po.steps.empty();
    if (done) {
      stop_ladder(run, po.po);
      close_case(run, ReasonCode::SupplierSilent, po.po,
                 wanted ? "the supplier answered" : "nothing is wanted");
    } else if (!started && !planted("no ladder is started")) {
      start_ladder(run, po.po);
    }
    const auto* profile = run.facts().supplier(po.supplier);
    const bool shipped = po.closed || po.live() == 0 ||
                         std::ranges::any_of(run.state().parcels, [&](const ParcelState& parcel) {
                           return parcel.po == po.po;
                         });
    if (shipped) {
      drop_timer(run, TimerKind::SupplierPoll, po.po);
    } else if (profile && profile->poll_minutes > 0 && profile->can_find &&
               !run.state().timer_set(TimerKind::SupplierPoll, po.po)) {
      set_timer(run, TimerKind::SupplierPoll, po.po, run.now() + minutes(profile->poll_minutes));
    }
  }
}

void parcels(Run& run) {
  for (const auto number : parcel_numbers(run.state())) {
    watch_parcel(run, number);
    tell_store(run, number);
    tell_news(run, number);
  }
}

void store_holds(Run& run) {
  const bool shut = buy_gate_shut(run) && !run.state().cancelled_at_channel &&
                    run.state().wanted() > 0 && run.rule("store.hold");
  for (const auto& part : std::vector<ChannelPart>(run.state().parts)) {
    if (!part_is_open(part)) continue;
    const auto& asked = run.state().holds_asked;
    const bool wanted = std::ranges::find(asked, part.part) != asked.end();
    const auto ours = run.state().our_holds.find(part.part);
    const auto hold = ours == run.state().our_holds.end() ? std::string() : ours->second;
    if (shut && !wanted && hold.empty()) {
      run.emit(TellingEvent(StoreHoldAsked{part.part, {}, true, "a gate before buying is shut"}));
    } else if (!shut && wanted) {
      run.emit(TellingEvent(StoreHoldAsked{part.part, hold, false, "the gates are open"}));
    }
  }
}

void buyer(Run& run) {
  if (run.state().wanted() > 0) tell_buyer(run, Moment::OrderConfirmed, 0, "");
  for (const auto number : parcel_numbers(run.state())) moments_of(run, number);
  const auto& state = run.state();
  if (state.cancelled_at_channel) {
    tell_buyer(run, Moment::Cancelled, 0, "");
  } else if (state.wanted() > 0 && pieces_were_taken_out(state)) {
    tell_buyer(run, Moment::OrderChanged, 0, "");
  }
}

namespace {

/// Whoever had the cases of an order let them wait, and nothing but questions to partners is left
/// that wakes it: tomorrow it is looked at again.
void look_again_tomorrow(Run& run) {
  const auto& state = run.state();
  const bool has_case =
      std::ranges::any_of(state.exceptions, [](const ExceptionState& one) { return one.open; });
  const bool is_watched = std::ranges::any_of(state.timers, [](const TimerState& timer) {
    return timer.timer != TimerKind::SupplierPoll && timer.timer != TimerKind::TrackingAsk;
  });
  if (has_case || is_watched) return;
  const auto* arrives = state.promise(PromiseKind::DeliverBy);
  const bool is_late = arrives && arrives->due_at <= run.now();
  if (!is_late && state.wanted() > 0) return;
  set_timer(run, TimerKind::DeliverBy, "deliver_by", run.now() + days(1));
}

/// Nobody need choose any more.
void let_questions_lapse(Run& run) {
  for (const auto& asked : std::vector<QuestionState>(run.state().questions)) {
    if (!asked.answer.empty() || !run.rule("buyer.lapsed")) continue;
    run.emit(TellingEvent(BuyerAnswered{asked.question, question_lapsed, true}));
    drop_timer(run, TimerKind::BuyerDecision, asked.question);
  }
}

/// Whether a gate is about goods that left and of which the store was not told: their case stays.
bool is_of_untold_parcel(const OrderState& state, const std::string& gate) {
  if (state.deleted_at_channel) return false;
  return std::ranges::any_of(state.parcels, [&](const ParcelState& parcel) {
    return parcel.told_event == 0 && (gate.ends_with("@" + parcel.po) ||
                                      gate.ends_with("@parcel " + std::to_string(parcel.parcel)));
  });
}

}  // namespace

void closing(Run& run) {
  const auto& state = run.state();
  const bool all_told = std::ranges::all_of(
      state.parcels, [](const ParcelState& parcel) { return parcel.told_event != 0; });
  bool shipped = state.wanted() > 0;
  for (const auto& line : state.lines) {
    shipped = shipped && state.in_parcels(line.line.line) >= line.wanted();
  }
  if ((shipped && all_told) || state.wanted() == 0) {
    drop_timer(run, TimerKind::ShipBy, "ship_by");
    close_case(run, ReasonCode::ShipByRisk, "ship_by", "nothing is left to prove");
    let_questions_lapse(run);
  }
  if (!state.finished()) {
    look_again_tomorrow(run);
    return;
  }
  drop_timer(run, TimerKind::DeliverBy, "deliver_by");
  drop_timer(run, TimerKind::FulfillAt, "fulfill_at");
  for (const auto& gate : std::map<std::string, GateState>(state.gates)) {
    drop_timer(run, TimerKind::GateReview, gate.first);
  }
  if (state.wanted() > 0) return;
  // Nothing is wanted any more: cases about buying it have no question left.
  for (const auto& open : std::vector<ExceptionState>(state.exceptions)) {
    const bool about_gate = state.gates.contains(open.about) || open.about == "routing";
    if (open.open && about_gate && !is_of_untold_parcel(state, open.about))
      close_case(run, open.reason, open.about, "nothing is wanted");
  }
}

}  // namespace holdfast::core::advancing
