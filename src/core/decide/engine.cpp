#include <algorithm>

#include "core/decide/handlers.h"
#include "core/sla/timers.h"
#include "core/tracking/anomalies.h"

namespace holdfast::core::deciding {
namespace {

TrackingRecorded recorded(std::int64_t parcel, const TrackingRecord& record) {
  TrackingRecorded e;
  e.parcel = parcel;
  e.status = record.status;
  e.flag = record.flag;
  e.proof = record.proof;
  e.party = record.party;
  e.country = record.country;
  e.postcode_prefix = record.postcode_prefix;
  e.place = record.place;
  e.carrier_time = record.carrier_time ? record.carrier_time : record.seen_at;
  e.uncertainty_minutes = record.uncertainty_minutes;
  e.carrier_time_text = record.carrier_time_text;
  e.seen_at = record.seen_at;
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
    const auto number = parcel->parcel;
    for (const auto& record : c.events) {
      const auto& known = run.state().parcel(number)->events;
      const bool twice = std::ranges::find(known, record.key, &TrackedEvent::key) != known.end();
      if (twice && run.rule("tracking.duplicate")) continue;
      run.emit(TransitEvent(recorded(number, record)));
      swap_number(number, c, record);
      look_for_anomalies(run, number, run.state().version);
    }
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
      CaseDetail detail;
      detail.about = "message " + std::string(name_of(c.moment)) + " " + std::to_string(c.parcel);
      detail.detail = "the buyer may not have been told: " + c.detail;
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
    const bool unknown = c.state == EffectState::Unknown;
    open_case(run, unknown ? ReasonCode::UnknownOutcome : ReasonCode::ChannelTrouble,
              std::move(detail));
    return {};
  }

  Status operator()(const Advance&) { return {}; }
};

}  // namespace

Status handle(Run& run, const EngineCommand& command) { return std::visit(Handler{run}, command); }

}  // namespace holdfast::core::deciding
