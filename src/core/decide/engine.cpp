#include <algorithm>

#include "base/planted.h"
#include "core/automation.h"
#include "core/decide/handlers.h"
#include "core/sla/timers.h"
#include "core/tracking/anomalies.h"
#include "model/effect.h"

namespace holdfast::core::deciding {
namespace {

constexpr Duration shortest_review = hours(1);  // of a case that comes back from an incident

TrackingRecorded recorded(std::int64_t parcel, const TrackingRecord& record, Instant now) {
  TrackingRecorded e;
  e.parcel = parcel;
  e.status = record.status;
  e.flag = record.flag;
  e.proof = record.proof;
  e.party = record.party;
  e.country = record.country;
  e.postcode_prefix = record.postcode_prefix;
  e.place = record.place;
  // An answer to a question carries no time of its own: it was heard now.
  e.seen_at = record.seen_at ? record.seen_at : now;
  e.carrier_time = record.carrier_time ? record.carrier_time : e.seen_at;
  e.uncertainty_minutes = record.uncertainty_minutes;
  e.carrier_time_text = record.carrier_time_text;
  e.raw = record.raw;
  e.mapping = record.mapping;
  e.source = record.source;
  e.key = record.key;
  return e;
}

struct Handler {
  Run& run;

  Status operator()(const FireTimer& c) {
    for (const auto& set : run.state().timers) {
      if (set.timer != c.timer || set.about != c.about || set.due_at > run.now()) continue;
      const auto due_at = set.due_at;
      run.emit(GatesEvent(TimerFired{c.timer, c.about, due_at}));
      on_timer(run, c.timer, c.about);
      return {};
    }
    return {};  // fired twice, or dropped meanwhile
  }

  Status operator()(const RecordTracking& c) {
    const auto* parcel = parcel_told_of(c);
    if (!parcel) return fail(ErrorCode::NotFound, "no parcel has this number", c.tracking);
    const auto& wrong = parcel->mistaken;
    // A tracker still watches the number that was corrected; what it sees is somebody else's.
    if (std::ranges::find(wrong, c.tracking) != wrong.end()) return {};
    const auto number = parcel->parcel;
    bool heard = false;
    for (const auto& record : c.events) {
      const auto& known = run.state().parcel(number)->events;
      if (planted("a parcel's last scan is missed") && &record == &c.events.back() &&
          known.size() > 3) {
        continue;
      }
      const bool twice = std::ranges::find(known, record.key, &TrackedEvent::key) != known.end();
      if (twice && run.rule("tracking.duplicate")) continue;
      run.emit(TransitEvent(recorded(number, record, run.now())));
      heard = true;
      swap_number(number, c, record);
      look_for_anomalies(run, number, run.state().version);
    }
    if (heard) news_heard(run, number);
    return {};
  }

  /// The parcel of the number, or of the old number it says it replaces.
  const ParcelState* parcel_told_of(const RecordTracking& c) const {
    const auto* parcel = run.state().parcel_of(c.tracking);
    for (const auto& record : c.events) {
      if (parcel) break;
      if (!record.replaces.empty()) parcel = run.state().parcel_of(record.replaces);
    }
    return parcel;
  }

  /// A courier swap: the record names the old number, the command carries the new one.
  void swap_number(std::int64_t number, const RecordTracking& c, const TrackingRecord& record) {
    if (record.replaces.empty() || !run.rule("tracking.swap")) return;
    const auto& parcel = *run.state().parcel(number);
    const auto& fresh = parcel.tracking == record.replaces ? c.tracking : record.replaces;
    if (fresh == parcel.tracking) return;
    if (std::ranges::find(parcel.retired, fresh) != parcel.retired.end()) return;
    run.emit(TransitEvent(
        TrackingNumberReplaced{number, c.carrier, fresh, "the carrier handed the parcel on"}));
  }

  Status operator()(const RecordTrackingRegistered& c) {
    const auto* parcel = run.state().parcel(c.parcel);
    if (!parcel) return fail(ErrorCode::NotFound, "no such parcel", std::to_string(c.parcel));
    if (parcel->provider == c.provider) return {};
    run.emit(TransitEvent(TrackingRegistered{c.parcel, c.provider}));
    return {};
  }

  Status operator()(const SettleMessage& c) {
    for (const auto& message : run.state().messages) {
      if (message.moment != c.moment || message.parcel != c.parcel) continue;
      if (message.settled == c.state) return {};
      run.emit(TellingEvent(MessageSettled{c.moment, c.parcel, c.state, c.detail}));
      if (c.state == EffectState::Done || c.state == EffectState::Withdrawn) return {};
      if (planted("a mail that failed tells nobody")) return {};
      CaseDetail detail;
      detail.about = "message " + std::string(name_of(c.moment)) + " " + std::to_string(c.parcel);
      detail.detail = "the buyer may not have been told: " + c.detail;
      // A refusal is about one address; silence is about the mail server.
      if (c.state != EffectState::Refused) detail.cause = "notifier";
      open_case(run, ReasonCode::NotificationFailed, std::move(detail));
      return {};
    }
    return fail(ErrorCode::NotFound, "no such message", std::string(name_of(c.moment)));
  }

  Status operator()(const SettleEffect& c) {
    run.emit(ExceptionsEvent(EffectUnsettled{c.effect, c.state, c.about, c.detail}));
    CaseDetail detail;
    detail.about = c.effect + (c.about.empty() ? "" : " " + c.about);
    detail.detail = c.detail;
    detail.cause = cause_of(c);
    const bool unknown = c.state == EffectState::Unknown;
    open_case(run, unknown ? ReasonCode::UnknownOutcome : ReasonCode::ChannelTrouble,
              std::move(detail));
    return {};
  }

  /// The partner whose trouble this is, which other orders may share.
  std::string cause_of(const SettleEffect& c) const {
    if (const auto* po = run.state().po(c.about)) return "supplier:" + po->supplier;
    if (c.effect == RegisterTracking::name) return "tracking";
    return "channel:" + run.state().channel;
  }

  Status operator()(const WeighAutomation& c) {
    const auto needed = run.policy().automation.agreed_needed;
    if (needed <= 0 || c.agreed < needed) {
      if (run.rule("automation.reset")) {
        close_case(run, ReasonCode::AutomationOffer, c.subject, "a proposal was not agreed to");
      }
      return {};
    }
    CaseDetail detail;
    detail.about = c.subject;
    detail.detail = std::to_string(c.agreed) + " proposals in a row were agreed to";
    open_case(run, ReasonCode::AutomationOffer, std::move(detail));
    return {};
  }

  Status operator()(const CountIncident& c) {
    const auto known = std::ranges::any_of(run.state().members, [&](const IncidentMember& member) {
      return member.order == c.order && member.number == c.number;
    });
    if (known == c.joined) return {};
    run.emit(ExceptionsEvent(IncidentChanged{c.cause, c.reason, c.order, c.store_number, c.number,
                                             c.money_at_risk, c.joined}));
    const auto about = "incident " + c.cause;
    const auto members = static_cast<std::int64_t>(run.state().members.size());
    if (members == 0) close_case(run, c.reason, about, "none of its orders is left");
    const auto from = incident_from(run.policy(), c.reason);
    if (!c.joined || from <= 0 || members < from || !run.rule("incident.open")) return {};
    CaseDetail detail;
    detail.about = about;
    detail.detail = members_text(run.state().members);
    detail.money_at_risk = money_of(run.state().members);
    detail.options = c.options;
    open_case(run, c.reason, std::move(detail));
    return {};
  }

  Status operator()(const JoinIncident& c) {
    const auto* open = run.state().exception(c.number);
    if (!open || !open->open || open->incident == c.incident) return {};
    if (!run.rule("incident.join")) return {};
    run.emit(ExceptionsEvent(ExceptionJoined{c.number, c.incident}));
    const auto about = "case " + std::to_string(c.number);
    if (!c.incident.empty()) {
      drop_timer(run, TimerKind::ExceptionReview, about);
    } else {
      const auto review_by = run.state().exception(c.number)->review_by;
      set_timer(run, TimerKind::ExceptionReview, about,
                std::max(review_by, run.now() + shortest_review));
    }
    return {};
  }

  Status operator()(const Advance&) { return {}; }
};

}  // namespace

Status handle(Run& run, const EngineCommand& command) { return std::visit(Handler{run}, command); }

}  // namespace holdfast::core::deciding
