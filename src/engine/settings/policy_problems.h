#pragma once
// PolicyProblems: the checks behind policy_check.h, one function for each list of a policy.
// For policy_check.cpp only; each function adds what it finds and judges nothing else.

#include <set>
#include <string>
#include <vector>

#include "base/text.h"
#include "model/policy.h"

namespace holdfast::engine {

/// Collects what is wrong, with the place and the way out.
class Problems {
 public:
  explicit Problems(const Policy& of) : policy(of) {}

  const Policy& policy;

  /// Adds a problem.
  void add(std::string what, std::string where, std::string todo) {
    found_.push_back({ErrorCode::Invalid, std::move(what), std::move(where), std::move(todo)});
  }
  /// Adds a problem unless `holds`.
  void expect(bool holds, std::string what, std::string where, std::string todo) {
    if (!holds) add(std::move(what), std::move(where), std::move(todo));
  }
  /// Text that a person will read or search by.
  void expect_text(const std::string& text, const std::string& where) {
    expect(!trim(text).empty(), "this text is empty", where, "say it in a sentence or a name");
  }
  /// A role that somebody of the roster holds for every store.
  void expect_role(const std::string& role, const std::string& where);
  /// A span of more than nothing.
  void expect_span(Duration span, const std::string& where) {
    expect(span.ms > 0, "this span is not more than 0", where, "write it as 30m, 4h or 2d");
  }
  /// A country as ISO 3166-1 writes it.
  void expect_country(const std::string& code, const std::string& where);

  std::vector<Error> take() { return std::move(found_); }

 private:
  std::vector<Error> found_;
};

/// Adds a problem for every name that comes twice.
class Once {
 public:
  Once(Problems& problems, std::string kind) : problems_(problems), kind_(std::move(kind)) {}

  void see(const std::string& name, const std::string& where) {
    problems_.expect(seen_.insert(name).second, kind_ + " \"" + name + "\" stands twice", where,
                     "keep one of the two");
  }

 private:
  Problems& problems_;
  std::string kind_;
  std::set<std::string> seen_;
};

/// Gates: names, roles, cards, what they can be asked before, and whether they can ever open.
void check_gates(Problems& problems);
/// Procedures: five elements, gates that exist, checklists, one default; every gate is used.
void check_procedures(Problems& problems);
/// Reasons: one for every reason code, with roles, next action, deadline and options.
void check_reasons(Problems& problems);
/// Roster: an "owner", hours, backups that exist.
void check_roster(Problems& problems);
/// Access: every role once, and an owner who can let others in.
void check_access(Problems& problems);
/// Authority: acts, roles and reasons that exist.
void check_authority(Problems& problems);
/// Tiers: cut-offs and a ladder whose steps follow each other.
void check_tiers(Problems& problems);
/// Routing: weights that are not negative and one set that fits everything.
void check_routing(Problems& problems);
/// Channels: the one named *, services, speakers, promise rules, spans.
void check_channels(Problems& problems);
/// SKUs: risk classes that some procedure knows, customs data.
void check_skus(Problems& problems);
/// Limits: an hour's is not above a day's; a share has its window.
void check_limits(Problems& problems);
/// Automation: counts that are not negative, rules that exist.
void check_automation(Problems& problems);
/// Retention: complete entries.
void check_retention(Problems& problems);

}  // namespace holdfast::engine
