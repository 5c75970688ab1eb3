#pragma once
// What a person must decide, and what was decided. Facts only: nothing here may claim more than its
// evidence shows. A released field keeps its name; a new one needs a default that older events can
// live with.

#include <string>
#include <variant>
#include <vector>

#include "model/values.h"

namespace holdfast {

/// A case with reason, owner, next action and deadline; never without an owner.
struct ExceptionOpened {
  static constexpr const char* name = "ExceptionOpened";

  std::int64_t number = 0;
  ReasonCode reason{};
  std::string about;
  std::string detail;
  std::string owner;
  std::string backup;
  std::string next_action;
  Instant opened_at;
  Instant review_by;
  Money money_at_risk;
  Instant promise_at;
  std::vector<Option> options;
  std::string cause;  // what other cases may share, such as "supplier:north"; "" for none

  bool operator==(const ExceptionOpened&) const = default;
  static void each(auto& self, auto& visit) {
    visit("number", self.number);
    visit("reason", self.reason);
    visit("about", self.about);
    visit("detail", self.detail);
    visit("owner", self.owner);
    visit("backup", self.backup);
    visit("next_action", self.next_action);
    visit("opened_at", self.opened_at);
    visit("review_by", self.review_by);
    visit("money_at_risk", self.money_at_risk);
    visit("promise_at", self.promise_at);
    visit("options", self.options);
    visit("cause", self.cause);
  }
};

/// The case went to somebody else.
struct ExceptionAssigned {
  static constexpr const char* name = "ExceptionAssigned";

  std::int64_t number = 0;
  std::string owner;
  std::string actor;

  bool operator==(const ExceptionAssigned&) const = default;
  static void each(auto& self, auto& visit) {
    visit("number", self.number);
    visit("owner", self.owner);
    visit("actor", self.actor);
  }
};

/// The review moved, with a reason.
struct ExceptionSnoozed {
  static constexpr const char* name = "ExceptionSnoozed";

  std::int64_t number = 0;
  Instant review_by;
  std::string actor;
  std::string reason;

  bool operator==(const ExceptionSnoozed&) const = default;
  static void each(auto& self, auto& visit) {
    visit("number", self.number);
    visit("review_by", self.review_by);
    visit("actor", self.actor);
    visit("reason", self.reason);
  }
};

/// The review passed without a decision; the backup is named.
struct ExceptionEscalated {
  static constexpr const char* name = "ExceptionEscalated";

  std::int64_t number = 0;
  std::string owner;
  Instant review_by;

  bool operator==(const ExceptionEscalated&) const = default;
  static void each(auto& self, auto& visit) {
    visit("number", self.number);
    visit("owner", self.owner);
    visit("review_by", self.review_by);
  }
};

/// The recorded decision that closed the case.
struct ExceptionResolved {
  static constexpr const char* name = "ExceptionResolved";

  std::int64_t number = 0;
  std::string verb;
  std::string actor;
  std::string note;
  RootCause root_cause{};
  bool rule_change = false;

  bool operator==(const ExceptionResolved&) const = default;
  static void each(auto& self, auto& visit) {
    visit("number", self.number);
    visit("verb", self.verb);
    visit("actor", self.actor);
    visit("note", self.note);
    visit("root_cause", self.root_cause);
    visit("rule_change", self.rule_change);
  }
};

/// An effect's outcome is unknown or it is dead.
struct EffectUnsettled {
  static constexpr const char* name = "EffectUnsettled";

  std::string effect;
  EffectState state{};
  std::string about;
  std::string detail;

  bool operator==(const EffectUnsettled&) const = default;
  static void each(auto& self, auto& visit) {
    visit("effect", self.effect);
    visit("state", self.state);
    visit("about", self.about);
    visit("detail", self.detail);
  }
};

/// What a rule would have done, or a proposal agreed to.
struct AutomationNoted {
  static constexpr const char* name = "AutomationNoted";

  std::string rule;
  Mode mode{};
  bool agreed = false;
  std::string detail;

  bool operator==(const AutomationNoted&) const = default;
  static void each(auto& self, auto& visit) {
    visit("rule", self.rule);
    visit("mode", self.mode);
    visit("agreed", self.agreed);
    visit("detail", self.detail);
  }
};

/// A named person answered the offer of more automation.
struct AutomationModeSet {
  static constexpr const char* name = "AutomationModeSet";

  std::string subject;  // "supplier:north", "mapping:MUG@north" or "rule:purchase"
  Mode mode{};
  std::string actor;
  std::string note;

  bool operator==(const AutomationModeSet&) const = default;
  static void each(auto& self, auto& visit) {
    visit("subject", self.subject);
    visit("mode", self.mode);
    visit("actor", self.actor);
    visit("note", self.note);
  }
};

/// The case is decided together with others of the same cause; by itself again when it names none.
struct ExceptionJoined {
  static constexpr const char* name = "ExceptionJoined";

  std::int64_t number = 0;
  std::string incident;

  bool operator==(const ExceptionJoined&) const = default;
  static void each(auto& self, auto& visit) {
    visit("number", self.number);
    visit("incident", self.incident);
  }
};

/// An order's case of this cause was opened, or no longer stands.
struct IncidentChanged {
  static constexpr const char* name = "IncidentChanged";

  std::string cause;
  ReasonCode reason{};
  std::int64_t order = 0;  // stream of the order
  std::string store_number;
  std::int64_t number = 0;  // of the order's case
  Money money_at_risk;
  bool joined = false;

  bool operator==(const IncidentChanged&) const = default;
  static void each(auto& self, auto& visit) {
    visit("cause", self.cause);
    visit("reason", self.reason);
    visit("order", self.order);
    visit("store_number", self.store_number);
    visit("number", self.number);
    visit("money_at_risk", self.money_at_risk);
    visit("joined", self.joined);
  }
};

/// The buyer's data key was destroyed.
struct PersonalDataErased {
  static constexpr const char* name = "PersonalDataErased";

  std::string reason;

  bool operator==(const PersonalDataErased&) const = default;
  static void each(auto& self, auto& visit) { visit("reason", self.reason); }
};

/// A remark on the order, so that no chat is needed.
struct NoteAdded {
  static constexpr const char* name = "NoteAdded";

  std::string actor;
  std::string text;

  bool operator==(const NoteAdded&) const = default;
  static void each(auto& self, auto& visit) {
    visit("actor", self.actor);
    visit("text", self.text);
  }
};

/// One fact of this step.
using ExceptionsEvent =
    std::variant<ExceptionOpened, ExceptionAssigned, ExceptionSnoozed, ExceptionEscalated,
                 ExceptionResolved, EffectUnsettled, AutomationNoted, AutomationModeSet,
                 ExceptionJoined, IncidentChanged, PersonalDataErased, NoteAdded>;

}  // namespace holdfast
