#include <algorithm>

#include "core/evolve/groups.h"

namespace holdfast::core::evolving {
namespace {

struct Transit {
  OrderState& state;

  void operator()(const ParcelAnnounced& e) {
    ParcelState parcel;
    parcel.parcel = e.parcel;
    parcel.po = e.po;
    parcel.carrier = e.carrier;
    parcel.tracking = e.tracking;
    parcel.lines = e.lines;
    parcel.announced_at = e.announced_at;
    parcel.strength = e.strength;
    parcel.announced_event = state.version;
    parcel.numbered_event = state.version;
    state.parcels.push_back(std::move(parcel));
  }
  void operator()(const TrackingNumberReplaced& e) {
    auto* parcel = state.parcel(e.parcel);
    if (!parcel) return;
    parcel->retired.push_back(parcel->tracking);
    parcel->tracking = e.tracking;
    if (!e.carrier.empty()) parcel->carrier = e.carrier;
    parcel->provider.clear();
    parcel->numbered_event = state.version;
  }
  /// What was heard under the wrong number was another parcel's way, and a label that was compared
  /// with it proves nothing.
  void operator()(const TrackingNumberCorrected& e) {
    auto* parcel = state.parcel(e.parcel);
    if (!parcel) return;
    const auto told = [&](const MessageState& message) { return message.parcel == e.parcel; };
    parcel->told_wrong = parcel->told_wrong || std::ranges::any_of(state.messages, told);
    parcel->mistaken.push_back(parcel->tracking);
    parcel->tracking = e.tracking;
    std::erase(parcel->mistaken, e.tracking);
    if (!e.carrier.empty()) parcel->carrier = e.carrier;
    parcel->strength = Strength::Recorded;
    parcel->provider.clear();
    std::erase_if(parcel->events, [since = parcel->numbered_event](const TrackedEvent& event) {
      return event.event > since;
    });
    parcel->anomalies.clear();
    parcel->store_news.clear();
    parcel->label_matched = false;
    parcel->label_mismatched = false;
    parcel->numbered_event = state.version;
  }
  void operator()(const TrackingRegistered& e) {
    if (auto* parcel = state.parcel(e.parcel)) parcel->provider = e.provider;
  }
  void operator()(const TrackingRecorded& e) {
    auto* parcel = state.parcel(e.parcel);
    if (!parcel) return;
    parcel->events.push_back({state.version, e.status, e.flag, e.proof, e.carrier_time,
                              e.uncertainty_minutes, e.country, e.postcode_prefix, e.key});
  }
  void operator()(const AnomalySeen& e) {
    if (auto* parcel = state.parcel(e.parcel)) parcel->anomalies.push_back(e.anomaly);
  }
};

struct Telling {
  OrderState& state;

  void operator()(const StoreTold& e) {
    if (auto* parcel = state.parcel(e.parcel)) {
      parcel->told_event = state.version;
      parcel->store_refused = false;
    }
  }
  void operator()(const StoreRecorded& e) {
    if (auto* parcel = state.parcel(e.parcel)) parcel->fulfillment = e.fulfillment;
  }
  void operator()(const StoreRefusedFulfillment& e) {
    if (auto* parcel = state.parcel(e.parcel)) parcel->store_refused = true;
  }
  void operator()(const StoreHoldAsked& e) {
    std::erase(state.holds_asked, e.part);
    if (e.place) state.holds_asked.push_back(e.part);
  }
  void operator()(const StoreHoldChanged& e) {
    if (e.placed)
      state.our_holds[e.part] = e.hold;
    else
      state.our_holds.erase(e.part);
  }
  void operator()(const StoreTrackingTold& e) {
    if (auto* parcel = state.parcel(e.parcel)) parcel->store_news.push_back(e.status);
  }
  void operator()(const BuyerTold& e) {
    state.messages.push_back({e.moment, e.parcel, e.speaker, std::nullopt});
  }
  void operator()(const MessageSettled& e) {
    for (auto& message : state.messages) {
      if (message.moment == e.moment && message.parcel == e.parcel) message.settled = e.state;
    }
  }
  void operator()(const BuyerAsked& e) {
    state.questions.push_back({e.question, e.default_answer, e.due_at, {}});
  }
  void operator()(const BuyerAnswered& e) {
    for (auto& question : state.questions) {
      if (question.question == e.question) question.answer = e.answer;
    }
  }
};

struct Exceptions {
  OrderState& state;

  ExceptionState* find(std::int64_t number) {
    const auto found = std::ranges::find(state.exceptions, number, &ExceptionState::number);
    return found == state.exceptions.end() ? nullptr : &*found;
  }
  void operator()(const ExceptionOpened& e) {
    state.exceptions.push_back({e.number,
                                e.reason,
                                e.about,
                                e.detail,
                                e.owner,
                                e.backup,
                                e.next_action,
                                e.opened_at,
                                e.review_by,
                                e.money_at_risk,
                                e.promise_at,
                                true,
                                e.options,
                                {},
                                e.cause,
                                {},
                                0,
                                false});
  }
  void operator()(const ExceptionAssigned& e) {
    if (auto* found = find(e.number)) found->owner = e.owner;
  }
  void operator()(const ExceptionSnoozed& e) {
    if (auto* found = find(e.number)) {
      found->review_by = e.review_by;
      found->snoozed = true;
    }
  }
  void operator()(const ExceptionEscalated& e) {
    if (auto* found = find(e.number)) {
      found->owner = e.owner;
      found->review_by = e.review_by;
      ++found->reviews_passed;
      found->snoozed = false;
    }
  }
  void operator()(const ExceptionResolved& e) {
    if (auto* found = find(e.number)) {
      found->open = false;
      found->resolution = e.verb + ": " + e.note;
    }
  }
  void operator()(const EffectUnsettled&) {}
  void operator()(const AutomationNoted&) {}
  void operator()(const AutomationModeSet&) {}
  void operator()(const ExceptionJoined& e) {
    if (auto* found = find(e.number)) found->incident = e.incident;
  }
  void operator()(const IncidentChanged& e) {
    std::erase_if(state.members, [&](const IncidentMember& member) {
      return member.order == e.order && member.number == e.number;
    });
    if (e.joined) {
      state.members.push_back({e.order, e.store_number, e.number, e.money_at_risk});
    }
    for (auto& open : state.exceptions) {
      if (!open.open || open.about != "incident " + e.cause) continue;
      open.detail = members_text(state.members);
      open.money_at_risk = money_of(state.members);
    }
  }
  void operator()(const PersonalDataErased&) { state.erased = true; }
  void operator()(const NoteAdded&) {}
};

}  // namespace

void apply(OrderState& state, const TransitEvent& event) { std::visit(Transit{state}, event); }
void apply(OrderState& state, const TellingEvent& event) { std::visit(Telling{state}, event); }
void apply(OrderState& state, const ExceptionsEvent& event) {
  std::visit(Exceptions{state}, event);
}

}  // namespace holdfast::core::evolving
