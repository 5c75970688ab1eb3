#pragma once
// Gates opening and shutting, holds, promises, timers. Facts only: nothing here may claim more than
// its evidence shows. A released field keeps its name; a new one needs a default that older events
// can live with.

#include <string>
#include <variant>
#include <vector>

#include "model/values.h"

namespace holdfast {

/// A gate's condition was decided on the evidence named by event number.
struct GateEvaluated {
  static constexpr const char* name = "GateEvaluated";

  std::string gate;
  GateResult result{};
  Strength strength{};
  std::vector<std::int64_t> evidence;
  std::string detail;

  bool operator==(const GateEvaluated&) const = default;
  static void each(auto& self, auto& visit) {
    visit("gate", self.gate);
    visit("result", self.result);
    visit("strength", self.strength);
    visit("evidence", self.evidence);
    visit("detail", self.detail);
  }
};

/// A named person with authority let the order pass without the evidence.
struct GateOverridden {
  static constexpr const char* name = "GateOverridden";

  std::string gate;
  std::string actor;
  std::string reason;

  bool operator==(const GateOverridden&) const = default;
  static void each(auto& self, auto& visit) {
    visit("gate", self.gate);
    visit("actor", self.actor);
    visit("reason", self.reason);
  }
};

/// A person stopped the order.
struct HoldPlaced {
  static constexpr const char* name = "HoldPlaced";

  std::string hold;
  std::string actor;
  std::string reason;

  bool operator==(const HoldPlaced&) const = default;
  static void each(auto& self, auto& visit) {
    visit("hold", self.hold);
    visit("actor", self.actor);
    visit("reason", self.reason);
  }
};

/// A person let the order go on.
struct HoldReleased {
  static constexpr const char* name = "HoldReleased";

  std::string hold;
  std::string actor;
  std::string reason;

  bool operator==(const HoldReleased&) const = default;
  static void each(auto& self, auto& visit) {
    visit("hold", self.hold);
    visit("actor", self.actor);
    visit("reason", self.reason);
  }
};

/// What must happen by when, and where that date comes from.
struct PromiseMade {
  static constexpr const char* name = "PromiseMade";

  PromiseKind promise{};
  Instant due_at;
  std::string source;
  bool provisional = false;  // made anew once a supplier is chosen

  bool operator==(const PromiseMade&) const = default;
  static void each(auto& self, auto& visit) {
    visit("promise", self.promise);
    visit("due_at", self.due_at);
    visit("source", self.source);
    visit("provisional", self.provisional);
  }
};

/// A due moment was agreed.
struct TimerSet {
  static constexpr const char* name = "TimerSet";

  TimerKind timer{};
  std::string about;
  Instant due_at;

  bool operator==(const TimerSet&) const = default;
  static void each(auto& self, auto& visit) {
    visit("timer", self.timer);
    visit("about", self.about);
    visit("due_at", self.due_at);
  }
};

/// A due moment no longer matters.
struct TimerDropped {
  static constexpr const char* name = "TimerDropped";

  TimerKind timer{};
  std::string about;

  bool operator==(const TimerDropped&) const = default;
  static void each(auto& self, auto& visit) {
    visit("timer", self.timer);
    visit("about", self.about);
  }
};

/// A due moment came.
struct TimerFired {
  static constexpr const char* name = "TimerFired";

  TimerKind timer{};
  std::string about;
  Instant due_at;

  bool operator==(const TimerFired&) const = default;
  static void each(auto& self, auto& visit) {
    visit("timer", self.timer);
    visit("about", self.about);
    visit("due_at", self.due_at);
  }
};

/// The procedure and risk classes the order runs under.
struct ProcedureChosen {
  static constexpr const char* name = "ProcedureChosen";

  std::string procedure;
  std::vector<std::string> risks;
  std::string policy;

  bool operator==(const ProcedureChosen&) const = default;
  static void each(auto& self, auto& visit) {
    visit("procedure", self.procedure);
    visit("risks", self.risks);
    visit("policy", self.policy);
  }
};

/// One fact of this step.
using GatesEvent = std::variant<GateEvaluated, GateOverridden, HoldPlaced, HoldReleased,
                                PromiseMade, TimerSet, TimerDropped, TimerFired, ProcedureChosen>;

}  // namespace holdfast
