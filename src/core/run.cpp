#include "core/run.h"

#include <algorithm>

#include "base/check.h"
#include "base/planted.h"
#include "base/text.h"
#include "core/react.h"
#include "core/triage/owner.h"

namespace holdfast::core {

namespace {

constexpr std::int64_t most_pos = 64;  // purchase orders one decision may draft

}  // namespace

void Run::emit(Event event) {
  evolve(state_, event);
  effects_.push_back(react(state_, event));
  events_.push_back(std::move(event));
}

const std::vector<const GatePolicy*>& Run::procedure_gates() const {
  if (gates_known_for_ == state_.procedure) return gates_;
  gates_.clear();
  gates_known_for_ = state_.procedure;
  for (const auto& procedure : policy().procedures) {
    if (procedure.procedure != state_.procedure) continue;
    for (const auto& name : procedure.gates) {
      for (const auto& gate : policy().gates) {
        if (gate.gate == name) gates_.push_back(&gate);
      }
    }
  }
  return gates_;
}

std::string Run::fresh_po() {
  check(facts_.fresh_po && pos_used_ < most_pos, "a decision drafts a bounded number of orders");
  return facts_.fresh_po(++pos_used_);
}

void set_timer(Run& run, TimerKind timer, std::string about, Instant due_at) {
  for (const auto& set : run.state().timers) {
    if (set.timer == timer && set.about == about && set.due_at == due_at) return;
  }
  run.emit(GatesEvent(TimerSet{timer, std::move(about), due_at}));
}

void drop_timer(Run& run, TimerKind timer, const std::string& about) {
  if (run.state().timer_set(timer, about)) run.emit(GatesEvent(TimerDropped{timer, about}));
}

namespace {

ReasonPolicy reason_policy(const Run& run, ReasonCode reason) {
  const auto& reasons = run.policy().reasons;
  const auto found = std::ranges::find(reasons, reason, &ReasonPolicy::reason);
  if (found != reasons.end()) return *found;
  // A policy without this reason must not leave a case unowned.
  return {reason, "owner", "operations", "look at the order and decide", hours(4), {}};
}

}  // namespace

void open_case(Run& run, ReasonCode reason, CaseDetail detail) {
  if (!run.rule("reason", name_of(reason))) return;
  const auto& state = run.state();
  if (state.open_exception(reason, detail.about)) return;
  const auto policy = reason_policy(run, reason);
  const auto who = owner_for(run.policy(), policy.owner, policy.backup, state.channel, run.now());
  ExceptionOpened opened;
  opened.number = static_cast<std::int64_t>(state.exceptions.size()) + 1;
  opened.reason = reason;
  opened.about = std::move(detail.about);
  opened.detail = std::move(detail.detail);
  opened.owner = who.owner;
  opened.backup = who.backup;
  opened.next_action = policy.next_action;
  opened.opened_at = run.now();
  opened.review_by = run.now() + policy.review_after;
  opened.money_at_risk = detail.money_at_risk.currency.known() ? detail.money_at_risk : state.total;
  if (const auto* promise = state.promise(PromiseKind::ShipBy)) opened.promise_at = promise->due_at;
  opened.options = std::move(detail.options);
  if (opened.options.empty()) opened.options = policy.options;
  opened.cause = std::move(detail.cause);
  const auto number = opened.number;
  const auto review_by = opened.review_by;
  run.emit(ExceptionsEvent(std::move(opened)));
  if (planted("a case has no review")) return;
  set_timer(run, TimerKind::ExceptionReview, "case " + std::to_string(number), review_by);
}

void close_case(Run& run, ReasonCode reason, std::string_view about, std::string_view note) {
  const auto* open = run.state().open_exception(reason, about);
  if (!open) return;
  const auto number = open->number;
  run.emit(ExceptionsEvent(ExceptionResolved{number, "cleared", "rule:evidence", std::string(note),
                                             RootCause::Unknown, false}));
  drop_timer(run, TimerKind::ExceptionReview, "case " + std::to_string(number));
}

namespace {

Speaker speaker_at(const Run& run, Moment moment) {
  for (const auto& entry : channel_policy(run).speakers) {
    if (entry.moment == moment) return entry.speaker;
  }
  return Speaker::Nobody;
}

}  // namespace

void tell_buyer(Run& run, Moment moment, std::int64_t parcel, std::string detail) {
  const bool asked = run.state().message_asked(moment, parcel) &&
                     !(planted("a mail for every event") && run.emitted() == 1);
  if (run.state().erased || asked) return;
  const auto speaker = speaker_at(run, moment);
  if (speaker == Speaker::Nobody || !run.rule("moment", name_of(moment))) return;
  run.emit(TellingEvent(BuyerTold{moment, parcel, speaker, std::move(detail)}));
}

const ChannelPolicy& channel_policy(const Policy& policy, std::string_view channel) {
  static const ChannelPolicy none;
  const ChannelPolicy* general = &none;
  for (const auto& entry : policy.channels) {
    if (entry.channel == channel) return entry;
    if (entry.channel == "*") general = &entry;
  }
  return *general;
}

const ChannelPolicy& channel_policy(const Run& run) {
  return channel_policy(run.policy(), run.state().channel);
}

const ServicePolicy* service_policy(const Run& run) {
  const ServicePolicy* general = nullptr;
  for (const auto& service : channel_policy(run).services) {
    if (lower(service.service) == lower(run.state().service)) return &service;
    if (service.service == "*") general = &service;
  }
  return general;
}

TierPolicy tier_of(const Run& run, std::string_view supplier) {
  const auto* profile = run.facts().supplier(supplier);
  for (const auto& tier : run.policy().tiers) {
    if (profile && tier.tier == profile->tier) return tier;
  }
  return {"standard", "16:00", hours(9), hours(18), hours(27), hours(36), hours(18), 2, {}};
}

}  // namespace holdfast::core
