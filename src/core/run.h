#pragma once
// Run: one decision in the making. Handlers emit events and at once see the state they lead to.

#include <string>
#include <vector>

#include "core/evolve.h"
#include "core/facts.h"
#include "core/state.h"
#include "model/effect.h"

namespace holdfast::core {

class Run {
 public:
  Run(OrderState state, const Facts& facts) : state_(std::move(state)), facts_(facts) {}

  const OrderState& state() const { return state_; }
  const Facts& facts() const { return facts_; }
  const Policy& policy() const { return *facts_.policy; }
  Instant now() const { return facts_.now; }
  bool rule(std::string_view name) const { return facts_.rule(name); }
  bool rule(std::string_view group, std::string_view name) const {
    return facts_.rule(group, name);
  }
  std::size_t emitted() const { return events_.size(); }

  /// Adds an event, applies it and notes what it asks for outside.
  void emit(Event event);

  /// The policies of the gates of the order's procedure, in its order. Asked at every step of every
  /// round, hence looked up once.
  const std::vector<const GatePolicy*>& procedure_gates() const;

  /// The next unused purchase order number; check() fails beyond any number an order needs.
  std::string fresh_po();

  std::vector<Event> take() { return std::move(events_); }
  /// For each event what it asks for, and the state after all of them; the run is over then.
  std::vector<std::vector<Effect>> take_effects() { return std::move(effects_); }
  OrderState take_state() { return std::move(state_); }

 private:
  OrderState state_;
  const Facts& facts_;
  std::vector<Event> events_;
  std::vector<std::vector<Effect>> effects_;
  std::int64_t pos_used_ = 0;
  mutable std::string gates_known_for_;
  mutable std::vector<const GatePolicy*> gates_;
};

/// Sets a timer unless one for the same thing already stands at this time.
void set_timer(Run& run, TimerKind timer, std::string about, Instant due_at);

/// Drops a timer if it is set.
void drop_timer(Run& run, TimerKind timer, const std::string& about);

/// What a case adds to its reason's standing policy.
struct CaseDetail {
  std::string about;
  std::string detail;
  Money money_at_risk;
  std::vector<Option> options;  // empty: the reason's own
  std::string cause;            // what other orders' cases may share
};

/// Opens an exception with owner, next action and deadline unless one is open for the same thing.
void open_case(Run& run, ReasonCode reason, CaseDetail detail);

/// Closes the open exception of this reason about this thing, decided by a rule on new evidence.
void close_case(Run& run, ReasonCode reason, std::string_view about, std::string_view note);

/// Asks once for the message of a moment, from whoever the channel says speaks then. Nothing is
/// asked for where nobody speaks, or after the buyer's data was erased.
void tell_buyer(Run& run, Moment moment, std::int64_t parcel, std::string detail);

/// The channel policy of this order: its own, or the one named "*".
const ChannelPolicy& channel_policy(const Run& run);
const ChannelPolicy& channel_policy(const Policy& policy, std::string_view channel);

/// The service policy for the order's shipping service, or nullptr when it is not mapped.
const ServicePolicy* service_policy(const Run& run);

/// The tier of a supplier; one with generous defaults when none is named.
TierPolicy tier_of(const Run& run, std::string_view supplier);

}  // namespace holdfast::core
