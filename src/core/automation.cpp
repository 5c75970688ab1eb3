#include "core/automation.h"

#include <algorithm>

namespace holdfast::core {
namespace {

/// What was configured, unless a named person accepted the offer to let it act.
Mode earned(const Run& run, const std::string& subject, Mode configured) {
  if (configured != Mode::Propose || !run.rule("automation.earned")) return configured;
  const auto* book = run.facts().automation;
  const auto found = book ? book->find(subject) : AutomationBook::const_iterator();
  return book && found != book->end() && found->second.raised ? Mode::Auto : configured;
}

struct Subject {
  std::string name;
  Mode mode{};
};

std::vector<Subject> subjects_of(const Run& run, const std::string& supplier,
                                 const std::vector<Allocation>& lines) {
  const auto* profile = run.facts().supplier(supplier);
  std::vector<Subject> subjects;
  subjects.push_back({rule_subject("purchase"), rule_mode(run, "purchase")});
  const auto name = supplier_subject(supplier);
  subjects.push_back({name, earned(run, name, profile ? profile->mode : Mode::Propose)});
  for (const auto& known : run.facts().offers) {
    const auto& offer = *known;
    const bool bought = std::ranges::any_of(lines, [&](const Allocation& line) {
      return offer.supplier == supplier && offer.supplier_sku == line.supplier_sku;
    });
    if (!bought) continue;
    const auto mapping = mapping_subject(offer.sku, supplier);
    subjects.push_back({mapping, earned(run, mapping, offer.mode)});
  }
  return subjects;
}

struct Follow {
  const OrderState& state;
  std::int64_t self;
  const Policy& policy;
  const AutomationBook& book;
  std::vector<FollowUp> found;

  void operator()(const auto&) {}

  void operator()(const AutomationNoted& e) {
    const auto entry = book.find(e.rule);
    if (entry == book.end() || policy.automation.agreed_needed <= 0) return;
    const bool enough = entry->second.agreed >= policy.automation.agreed_needed;
    if (entry->second.raised || (e.agreed && !enough)) return;
    found.push_back({"automation:" + e.rule, 0,
                     EngineCommand(WeighAutomation{e.rule, entry->second.agreed}), "automation"});
  }
  void operator()(const ExceptionOpened& e) {
    if (!state.imported) {
      if (!e.about.starts_with("incident ")) return;
      for (const auto& member : state.members) join(member, e.about);
    } else if (!e.cause.empty() && incident_from(policy, e.reason) > 0) {
      count(*state.exception(e.number), true);
    }
  }
  void operator()(const ExceptionResolved& e) {
    const auto* resolved = state.exception(e.number);
    if (!resolved) return;
    if (state.imported) {
      const bool counted =
          !resolved->cause.empty() &&
          (incident_from(policy, resolved->reason) > 0 || !resolved->incident.empty());
      if (counted) count(*resolved, false);
      return;
    }
    if (e.actor.starts_with("rule:") || !resolved->about.starts_with("incident ")) return;
    for (const auto& member : state.members) {
      found.push_back({"", member.order,
                       CasesCommand(ResolveException{member.number, e.verb, e.actor, e.note,
                                                     e.root_cause, e.rule_change}),
                       e.actor});
    }
  }
  /// A case that comes while the incident stands joins it.
  void operator()(const IncidentChanged& e) {
    const auto about = "incident " + e.cause;
    if (!e.joined || !state.open_exception(e.reason, about)) return;
    for (const auto& member : state.members) {
      if (member.order == e.order && member.number == e.number) join(member, about);
    }
  }

  void join(const IncidentMember& member, const std::string& about) {
    found.push_back(
        {"", member.order, EngineCommand(JoinIncident{member.number, about}), "incident"});
  }
  void count(const ExceptionState& known, bool joined) {
    CountIncident c;
    c.cause = known.cause;
    c.reason = known.reason;
    c.order = self;
    c.store_number = state.store_number;
    c.number = known.number;
    c.joined = joined;
    c.options = known.options;
    c.money_at_risk = known.money_at_risk;
    found.push_back(
        {incident_subject(known.reason, known.cause), 0, EngineCommand(std::move(c)), "incident"});
  }
};

}  // namespace

const std::vector<std::string> automatic_rules = {"purchase", "reroute", "price_rise"};

std::string supplier_subject(std::string_view supplier) {
  return "supplier:" + std::string(supplier);
}

std::string mapping_subject(std::string_view sku, std::string_view supplier) {
  return "mapping:" + std::string(sku) + "@" + std::string(supplier);
}

std::string rule_subject(std::string_view rule) { return "rule:" + std::string(rule); }

std::int64_t incident_from(const Policy& policy, ReasonCode reason) {
  // Whether a purchase arrived is another answer for each: sent again for all, some came twice.
  if (reason == ReasonCode::UnknownOutcome) return 0;
  // One limit stops many purchases: that is one case from the first order on.
  return reason == ReasonCode::LimitReached ? 1 : policy.automation.incident_from;
}

std::string incident_subject(ReasonCode reason, std::string_view cause) {
  return "incident:" + std::string(name_of(reason)) + ":" + std::string(cause);
}

Mode rule_mode(const Run& run, std::string_view rule) {
  const auto& rules = run.policy().automation.rules;
  const auto found = std::ranges::find(rules, rule, &RuleMode::rule);
  if (found == rules.end() || !run.rule("mode.rule")) return Mode::Auto;
  return earned(run, rule_subject(rule), found->mode);
}

std::vector<std::string> held_back_by(const Run& run, const std::string& supplier,
                                      const std::vector<Allocation>& lines) {
  std::vector<std::string> names;
  for (const auto& subject : subjects_of(run, supplier, lines)) {
    if (subject.mode != Mode::Auto) names.push_back(subject.name);
  }
  return names;
}

Mode purchase_mode(const Run& run, const std::string& supplier,
                   const std::vector<Allocation>& lines) {
  auto mode = Mode::Auto;
  for (const auto& subject : subjects_of(run, supplier, lines)) mode = std::min(mode, subject.mode);
  return mode;
}

void note_proposal(Run& run, const PoState& po, bool agreed) {
  std::vector<Allocation> lines;
  for (const auto& line : po.lines) lines.push_back(line.asked);
  const auto number = po.po;
  const auto mode = po.mode;
  auto subjects = held_back_by(run, po.supplier, lines);
  if (subjects.empty()) subjects.emplace_back("order");  // only this order asked for a key
  for (const auto& subject : subjects) {
    run.emit(ExceptionsEvent(AutomationNoted{subject, mode, agreed, number}));
  }
}

void note_rule(Run& run, std::string_view rule, bool agreed, const std::string& about) {
  if (rule_mode(run, rule) != Mode::Propose) return;
  run.emit(ExceptionsEvent(AutomationNoted{rule_subject(rule), Mode::Propose, agreed, about}));
}

bool take_into(AutomationBook& book, const Event& event, std::string& subject) {
  if (const auto* set = event.as<AutomationModeSet>()) {
    subject = set->subject;
    book[subject] = {set->mode == Mode::Auto, 0};
    return true;
  }
  const auto* noted = event.as<AutomationNoted>();
  if (!noted || noted->mode != Mode::Propose || noted->rule.find(':') == std::string::npos) {
    return false;
  }
  subject = noted->rule;
  auto& entry = book[subject];
  entry.agreed = noted->agreed ? entry.agreed + 1 : 0;
  return true;
}

std::vector<FollowUp> follow_ups(const OrderState& state, std::int64_t self, const Event& event,
                                 const Policy& policy, const AutomationBook& book) {
  Follow follow{state, self, policy, book, {}};
  std::visit([&](const auto& group) { std::visit([&](const auto& e) { follow(e); }, group); },
             event.step());
  return std::move(follow.found);
}

}  // namespace holdfast::core
