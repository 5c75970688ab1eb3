#include "core/sla/timers.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/planted.h"
#include "core/automation.h"
#include "core/decide/handlers.h"
#include "core/sla/working_time.h"
#include "core/tracking/proof.h"
#include "core/triage/owner.h"

namespace holdfast::core {
namespace {

constexpr std::array ladder_timers = {TimerKind::AckReminder, TimerKind::AckContact,
                                      TimerKind::AckReroute, TimerKind::AckTellBuyer};

/// Trackers give a number up after some months, and carriers use numbers again.
constexpr Duration longest_watch = days(90);
constexpr Duration longest_review = days(1);

std::int64_t number_in(std::string_view about) {
  std::int64_t number = 0;
  const auto digits = about.substr(about.rfind(' ') + 1);
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

bool step(Run& run, const std::string& number, LadderStep what) {
  const auto* po = run.state().po(number);
  if (!po || po->answered() || po->closed) return false;
  if (!run.rule("ladder", name_of(what))) return false;
  run.emit(PurchaseEvent(LadderStepTaken{number, what}));
  return true;
}

void contact(Run& run, const std::string& number) {
  if (!step(run, number, LadderStep::Contact)) return;
  const auto& po = *run.state().po(number);
  CaseDetail detail;
  detail.about = number;
  detail.detail = po.supplier + " has not confirmed " + number + " per line";
  detail.money_at_risk = po.total;
  open_case(run, ReasonCode::SupplierSilent, std::move(detail));
}

/// Cancel first, then look for the next-best: pieces still count as bought until the answer.
void reroute(Run& run, const std::string& number) {
  const auto& po = *run.state().po(number);
  const auto mode = rule_mode(run, "reroute");
  if (mode == Mode::Watch) {
    run.emit(ExceptionsEvent(AutomationNoted{rule_subject("reroute"), mode, false, number}));
  }
  // The silent supplier's case already offers it to a person.
  if (po.mode != Mode::Auto || mode != Mode::Auto) return;
  if (!step(run, number, LadderStep::Reroute)) return;
  const auto& stepped = *run.state().po(number);
  deciding::withdraw(run, stepped, deciding::stoppable_lines(run, stepped),
                     "no confirmation in time");
}

void tell_of_silence(Run& run, const std::string& number) {
  if (!step(run, number, LadderStep::TellBuyer)) return;
  tell_buyer(run, Moment::DelayDetected, 0, "the maker has not confirmed in time");
}

void cancel_window(Run& run, const std::string& number) {
  const auto* po = run.state().po(number);
  if (!po) return;
  const bool waiting =
      std::ranges::any_of(po->lines, [](const PoLine& line) { return line.cancelling > 0; });
  if (!waiting || !run.rule("cancel.unanswered")) return;
  run.emit(PurchaseEvent(SupplyCancelLapsed{number}));
  CaseDetail detail;
  detail.about = "cancel " + number;
  detail.detail = "no answer to the cancellation; the pieces may still be shipped";
  const auto cost = deciding::cost_of_unstopped(*run.state().po(number));
  detail.money_at_risk = run.state().po(number)->total;
  detail.options = {
      {"buy_again", "bought elsewhere too; " + to_text(cost) + " is paid twice if this one comes",
       cost},
      {"wait", "asked again; nothing is bought meanwhile", {}},
      {"cancel", "the order's open pieces are cancelled", {}}};
  open_case(run, ReasonCode::SupplierSilent, std::move(detail));
}

void handoff_gap(Run& run, const std::string& about) {
  const auto* parcel = run.state().parcel(number_in(about));
  if (!parcel || acceptance(*parcel) || !run.rule("anomaly.handoff_gap")) return;
  run.emit(TransitEvent(AnomalySeen{parcel->parcel, "handoff_gap", "no carrier scan"}));
  CaseDetail detail;
  detail.about = about;
  detail.detail =
      "a label exists since " + to_text(parcel->announced_at) + " and no carrier has the parcel";
  open_case(run, ReasonCode::HandoffGap, std::move(detail));
}

void stall(Run& run, const std::string& about) {
  const auto* parcel = run.state().parcel(number_in(about));
  if (!parcel || has_ended(*parcel) || !run.rule("anomaly.stall")) return;
  run.emit(TransitEvent(AnomalySeen{parcel->parcel, "stall", "no movement"}));
  CaseDetail detail;
  detail.about = about;
  detail.detail = "last movement " + to_text(last_movement(*parcel));
  open_case(run, ReasonCode::TrackingDelay, std::move(detail));
}

bool everything_told(const OrderState& state) {
  if (state.wanted() == 0) return true;
  for (const auto& line : state.lines) {
    std::int64_t told = 0;
    for (const auto& parcel : state.parcels) {
      if (parcel.told_event == 0) continue;
      for (const auto& part : parcel.lines) {
        if (part.line == line.line.line) told += part.quantity;
      }
    }
    if (told < line.wanted()) return false;
  }
  return true;
}

void ship_by(Run& run) {
  if (everything_told(run.state()) || !run.rule("promise.ship_by")) return;
  const auto* promise = run.state().promise(PromiseKind::ShipBy);
  const auto due = promise ? promise->due_at : run.now();
  const auto rule = channel_policy(run).promise_rule;
  const bool asks = rule == "us_mail_order" && run.rule("promise.us_mail_order");
  if (asks && run.state().questions.empty()) {
    // 16 CFR 435.2(b): notice and a choice before the promised date; silence means no consent.
    run.emit(TellingEvent(BuyerAsked{"delay_consent", "cancel_and_refund", due}));
    tell_buyer(run, Moment::DecisionNeeded, 0, "not shipped by the promised date");
    set_timer(run, TimerKind::BuyerDecision, "delay_consent", due);
  }
  CaseDetail detail;
  detail.about = "ship_by";
  detail.detail = "nothing proves that all pieces leave by " + to_text(due);
  open_case(run, ReasonCode::ShipByRisk, std::move(detail));
}

/// Pieces that nobody wants any more and no supplier agreed to stop: somebody has to settle them.
void left_on_order(Run& run) {
  for (const auto& po : std::vector<PoState>(run.state().pos)) {
    std::int64_t left = 0;
    for (const auto& line : po.lines) left += line.live() - line.kept;
    for (const auto& parcel : run.state().parcels) {
      if (parcel.po != po.po) continue;
      for (const auto& part : parcel.lines) left -= part.quantity;
    }
    if (po.refused || left <= 0) continue;
    CaseDetail detail;
    detail.about = "cancel " + po.po;
    detail.detail = "nothing of the order is wanted any more, and " + std::to_string(left) +
                    " pieces are still on order at " + po.supplier;
    detail.money_at_risk = po.total;
    open_case(run, ReasonCode::CancellationRequest, std::move(detail));
  }
}

void deliver_by(Run& run) {
  if (!run.rule("promise.deliver_by")) return;
  std::vector<std::int64_t> late;
  for (const auto& parcel : run.state().parcels) {
    if (!has_ended(parcel)) late.push_back(parcel.parcel);
  }
  for (const auto number : late) {
    tell_buyer(run, Moment::DelayDetected, number, "later than promised");
    CaseDetail detail;
    detail.about = "late parcel " + std::to_string(number);
    detail.detail = "the promised delivery date has passed";
    open_case(run, ReasonCode::TrackingDelay, std::move(detail));
  }
  if (run.state().wanted() == 0) left_on_order(run);
  const bool all_sent = std::ranges::all_of(run.state().lines, [&](const LineState& line) {
    return run.state().in_parcels(line.line.line) >= line.wanted();
  });
  if (all_sent) return;
  CaseDetail detail;
  detail.about = "ship_by";
  detail.detail = "the promised delivery date has passed, and not all pieces were shipped";
  open_case(run, ReasonCode::ShipByRisk, std::move(detail));
}

/// The review passed without a decision: the backup is named and the clock starts again, with twice
/// the time at each further review up to a day, so that a case left lying does not fill its record.
void escalate(Run& run, const std::string& about) {
  const auto number = number_in(about);
  const auto* open = run.state().exception(number);
  if (!open || !open->open || !run.rule("case.escalate")) return;
  const auto& reasons = run.policy().reasons;
  const auto found = std::ranges::find(reasons, open->reason, &ReasonPolicy::reason);
  const bool known = found != reasons.end() && found->review_after.ms > 0;
  const auto wait = known ? found->review_after : hours(4);
  const auto doublings = std::min<std::int64_t>(open->reviews_passed, 10);
  const auto next =
      run.now() + std::min(wait * (std::int64_t{1} << doublings), std::max(wait, longest_review));
  const auto owner = open->backup.empty() ? open->owner : open->backup;
  if (planted("age closes a case") && open->reviews_passed > 1) {
    run.emit(ExceptionsEvent(ExceptionResolved{number, "expired", "rule:age", "nobody came",
                                               RootCause::Unknown, false}));
    return;
  }
  run.emit(ExceptionsEvent(ExceptionEscalated{number, owner, next}));
  set_timer(run, TimerKind::ExceptionReview, about, next);
}

void buyer_was_silent(Run& run, const std::string& question) {
  for (const auto& asked : run.state().questions) {
    if (asked.question != question || !asked.answer.empty()) continue;
    if (!run.rule("buyer.default")) return;
    const auto answer = asked.default_answer;
    run.emit(TellingEvent(BuyerAnswered{question, answer, true}));
    CaseDetail detail;
    detail.about = question;
    detail.detail = "the buyer did not choose; the default is " + answer;
    open_case(run, ReasonCode::CustomerDecision, std::move(detail));
    return;
  }
}

}  // namespace

const std::vector<std::string>& buyer_answers() {
  static const std::vector<std::string> answers{"wait", "change", "cancel_and_refund"};
  return answers;
}

void on_timer(Run& run, TimerKind timer, const std::string& about) {
  switch (timer) {
    case TimerKind::AckReminder:
      step(run, about, LadderStep::Remind);
      return;
    case TimerKind::AckContact:
      contact(run, about);
      return;
    case TimerKind::AckReroute:
      if (run.state().po(about)) reroute(run, about);
      return;
    case TimerKind::AckTellBuyer:
      tell_of_silence(run, about);
      return;
    case TimerKind::CancelWindow:
      cancel_window(run, about);
      return;
    case TimerKind::HandoffGap:
      handoff_gap(run, about);
      return;
    case TimerKind::TransitStall:
      stall(run, about);
      return;
    case TimerKind::ShipBy:
      ship_by(run);
      return;
    case TimerKind::DeliverBy:
      deliver_by(run);
      return;
    case TimerKind::ExceptionReview:
      escalate(run, about);
      return;
    case TimerKind::BuyerDecision:
      buyer_was_silent(run, about);
      return;
    case TimerKind::AuthorizationLapse:
    case TimerKind::GateReview:
    case TimerKind::FulfillAt:
    case TimerKind::PurchaseBatch:
    case TimerKind::SupplierPoll:
    case TimerKind::TrackingAsk:
      return;  // waking the order is all they do
  }
}

void start_ladder(Run& run, const std::string& number) {
  const auto& supplier = run.state().po(number)->supplier;
  const auto tier = tier_of(run, supplier);
  const auto* profile = run.facts().supplier(supplier);
  const auto calendar = profile ? profile->calendar : Calendar{};
  const std::array waits = {tier.remind_after, tier.contact_after, tier.reroute_after,
                            tier.tell_buyer_after};
  for (std::size_t i = 0; i < waits.size(); ++i) {
    if (waits[i].ms <= 0) continue;
    set_timer(run, ladder_timers[i], number, add_working_time(calendar, run.now(), waits[i]));
  }
  if (profile && profile->poll_minutes > 0 && profile->can_find) {
    set_timer(run, TimerKind::SupplierPoll, number, run.now() + minutes(profile->poll_minutes));
  }
}

void stop_ladder(Run& run, const std::string& number) {
  for (const auto timer : ladder_timers) drop_timer(run, timer, number);
}

namespace {

/// A push may be lost: what stays silent is asked about, again and again, until its way ends.
void watch_for_silence(Run& run, const ParcelState& parcel, const std::string& about) {
  const auto wait = channel_policy(run).ask_tracker_after;
  const bool watched = !parcel.tracking.empty() && !has_ended(parcel) && wait.ms > 0 &&
                       run.now() < parcel.announced_at + longest_watch;
  if (!watched) {
    drop_timer(run, TimerKind::TrackingAsk, about);
  } else if (!run.state().timer_set(TimerKind::TrackingAsk, about) && run.rule("tracking.ask")) {
    set_timer(run, TimerKind::TrackingAsk, about, run.now() + wait);
  }
}

}  // namespace

void news_heard(Run& run, std::int64_t parcel) {
  const auto about = "parcel " + std::to_string(parcel);
  if (!run.state().timer_set(TimerKind::TrackingAsk, about)) return;
  set_timer(run, TimerKind::TrackingAsk, about, run.now() + channel_policy(run).ask_tracker_after);
}

std::int64_t parcel_in(std::string_view about) { return number_in(about); }

void watch_parcel(Run& run, std::int64_t number) {
  const auto& parcel = *run.state().parcel(number);
  const auto about = "parcel " + std::to_string(number);
  const auto& channel = channel_policy(run);
  const bool ended = has_ended(parcel);
  const bool accepted = acceptance(parcel) != nullptr;
  const auto announced_at = parcel.announced_at;
  const auto moved_at = last_movement(parcel);
  const auto seen = [&](std::string_view anomaly) {
    return std::ranges::find(parcel.anomalies, anomaly) != parcel.anomalies.end();
  };
  const bool gap_seen = seen("handoff_gap"), stall_seen = seen("stall");
  if (!accepted && !ended && !gap_seen && channel.handoff_gap.ms > 0) {
    set_timer(run, TimerKind::HandoffGap, about, announced_at + channel.handoff_gap);
  } else {
    drop_timer(run, TimerKind::HandoffGap, about);
  }
  if (accepted && !ended && !stall_seen && channel.stall_after.ms > 0) {
    set_timer(run, TimerKind::TransitStall, about, moved_at + channel.stall_after);
  } else {
    drop_timer(run, TimerKind::TransitStall, about);
  }
  watch_for_silence(run, parcel, about);
  if (accepted) close_case(run, ReasonCode::HandoffGap, about, "the carrier has it");
  if (ended) close_case(run, ReasonCode::TrackingDelay, about, "the parcel's way has ended");
}

}  // namespace holdfast::core
