#pragma once
// Decisions about exceptions. Commands ask; only the core decides whether they become facts.

#include <variant>

#include "model/values.h"

namespace holdfast {

/// Closes a case with a decision, its root cause and whether a rule should change.
struct ResolveException {
  static constexpr const char* name = "ResolveException";

  std::int64_t number = 0;
  std::string verb;
  std::string actor;
  std::string note;
  RootCause root_cause = RootCause::Unknown;
  bool rule_change = false;

  bool operator==(const ResolveException&) const = default;
  static void each(auto& self, auto& visit) {
    visit("number", self.number);
    visit("verb", self.verb);
    visit("actor", self.actor);
    visit("note", self.note);
    visit("root_cause", self.root_cause);
    visit("rule_change", self.rule_change);
  }
};

/// Gives a case to somebody else.
struct AssignException {
  static constexpr const char* name = "AssignException";

  std::int64_t number = 0;
  std::string owner;
  std::string actor;

  bool operator==(const AssignException&) const = default;
  static void each(auto& self, auto& visit) {
    visit("number", self.number);
    visit("owner", self.owner);
    visit("actor", self.actor);
  }
};

/// Moves a case's review.
struct SnoozeException {
  static constexpr const char* name = "SnoozeException";

  std::int64_t number = 0;
  Instant review_by;
  std::string actor;
  std::string reason;

  bool operator==(const SnoozeException&) const = default;
  static void each(auto& self, auto& visit) {
    visit("number", self.number);
    visit("review_by", self.review_by);
    visit("actor", self.actor);
    visit("reason", self.reason);
  }
};

/// A person or a connector reports something that needs a decision.
struct RaiseException {
  static constexpr const char* name = "RaiseException";

  ReasonCode reason{};
  std::string about;
  std::string detail;
  std::string actor;

  bool operator==(const RaiseException&) const = default;
  static void each(auto& self, auto& visit) {
    visit("reason", self.reason);
    visit("about", self.about);
    visit("detail", self.detail);
    visit("actor", self.actor);
  }
};

/// One wish of this kind.
using CasesCommand =
    std::variant<ResolveException, AssignException, SnoozeException, RaiseException>;

}  // namespace holdfast
