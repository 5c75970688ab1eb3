#include "engine/settings/policy_problems.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/zone.h"
#include "core/sla/working_time.h"
#include "engine/settings/policy_check.h"

namespace holdfast::engine {
namespace {

/// What a condition looks at; a step can only ask about what it knows by then.
enum class Reach { Order, PurchaseOrder, Parcel };

Reach reach_of(Condition condition) {
  switch (condition) {
    case Condition::PaymentSecured:
    case Condition::FraudCleared:
    case Condition::AddressComplete:
    case Condition::DestinationAllowed:
    case Condition::SkusMapped:
    case Condition::MarginWithin:
    case Condition::ServiceMapped:
    case Condition::NoChannelHold:
      return Reach::Order;
    case Condition::SupplierConfirmed:
    case Condition::GoodsReceived:
    case Condition::InspectionPassed:
    case Condition::PackingDone:
      return Reach::PurchaseOrder;
    case Condition::LabelMatched:
    case Condition::TrackingValid:
    case Condition::CarrierProof:
      return Reach::Parcel;
  }
  return Reach::Parcel;
}

Reach known_at(Commitment guards) {
  switch (guards) {
    case Commitment::Buy:
      return Reach::Order;
    case Commitment::Pack:
      return Reach::PurchaseOrder;
    case Commitment::HandOver:
    case Commitment::TellStore:
    case Commitment::TellBuyer:
      return Reach::Parcel;
  }
  return Reach::Order;
}

/// The strongest evidence a condition can ever have; a gate that asks for more never opens.
Strength strongest(Condition condition) {
  switch (condition) {
    case Condition::SkusMapped:
    case Condition::MarginWithin:
    case Condition::ServiceMapped:
      return Strength::Recorded;
    case Condition::PaymentSecured:
    case Condition::FraudCleared:
    case Condition::AddressComplete:
    case Condition::DestinationAllowed:
    case Condition::NoChannelHold:
    case Condition::SupplierConfirmed:
    case Condition::GoodsReceived:
    case Condition::InspectionPassed:
    case Condition::PackingDone:
    case Condition::LabelMatched:
    case Condition::TrackingValid:
      return Strength::Verified;
    case Condition::CarrierProof:
      return Strength::Observed;
  }
  return Strength::Observed;
}

bool is_name(const std::string& name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

void check_gate_card(Problems& problems, const GatePolicy& gate, const std::string& at) {
  problems.expect_role(gate.releaser, at + ".releaser");
  problems.expect_role(gate.decider, at + ".decider");
  problems.expect_text(gate.enters, at + ".enters");
  problems.expect_text(gate.verified, at + ".verified");
  problems.expect_text(gate.record, at + ".record");
}

void check_gate_sense(Problems& problems, const GatePolicy& gate, const std::string& at) {
  const std::string condition(name_of(gate.condition)), guards(name_of(gate.guards));
  problems.expect(reach_of(gate.condition) <= known_at(gate.guards),
                  condition + " cannot be judged before " + guards, at + ".guards",
                  "guard a later step, such as hand_over or tell_store");
  problems.expect(
      gate.least <= strongest(gate.condition),
      condition + " never has evidence that is " + std::string(name_of(gate.least)), at + ".least",
      "at most " + std::string(name_of(strongest(gate.condition))) + ", or the gate never opens");
  problems.expect(gate.wait_for.ms >= 0, "a wait cannot be negative", at + ".wait_for",
                  "write it as 30m, 4h or 2d, or leave it out");
  for (const auto permille : {gate.least_margin_permille, gate.max_price_rise_permille}) {
    problems.expect(permille >= 0 && permille <= 1000, "a share lies between 0 and 1000 permille",
                    at, "100 is a tenth");
  }
  for (const auto& model : gate.ship_models) {
    problems.expect(from_name<ShipModel>(model).has_value(), "no such ship model: " + model,
                    at + ".ship_models", "hub or direct; leave it out for both");
  }
}

const GatePolicy* find_gate(const Policy& policy, const std::string& name) {
  const auto found = std::ranges::find(policy.gates, name, &GatePolicy::gate);
  return found == policy.gates.end() ? nullptr : &*found;
}

std::vector<std::string> gate_names(const Policy& policy) {
  std::vector<std::string> names;
  for (const auto& gate : policy.gates) names.push_back(gate.gate);
  return names;
}

void check_procedure_gates(Problems& problems, const ProcedurePolicy& procedure,
                           const std::string& at) {
  Once once(problems, "gate");
  bool pays = false, proves = false;
  for (const auto& name : procedure.gates) {
    once.see(name, at + ".gates");
    const auto* gate = find_gate(problems.policy, name);
    if (!gate) {
      const auto near = nearest(name, gate_names(problems.policy));
      problems.add("no such gate: " + name, at + ".gates",
                   near.empty() ? "add it to gates.toml" : "did you mean " + near + "?");
      continue;
    }
    const bool stops = !gate->check;
    pays = pays || (stops && gate->condition == Condition::PaymentSecured &&
                    gate->guards == Commitment::Buy);
    proves = proves || (stops && gate->condition == Condition::CarrierProof &&
                        gate->guards == Commitment::TellStore);
    const auto needs = [&](Condition condition, const std::vector<ChecklistItem>& list,
                           const char* key) {
      problems.expect(gate->condition != condition || !list.empty(),
                      "gate " + name + " passes on an empty checklist", at + "." + key,
                      "list what a person looks at");
    };
    needs(Condition::GoodsReceived, procedure.receiving, "receiving");
    needs(Condition::InspectionPassed, procedure.inspection, "inspection");
    needs(Condition::PackingDone, procedure.packing, "packing");
  }
  problems.expect(pays, "nothing stops unpaid orders", at + ".gates",
                  "add a gate with condition payment_secured that guards buy");
  problems.expect(proves, "the store would be told without a carrier's proof", at + ".gates",
                  "add a gate with condition carrier_proof that guards tell_store");
}

void check_checklist(Problems& problems, const std::vector<ChecklistItem>& items,
                     const std::string& where) {
  Once once(problems, "item");
  for (const auto& item : items) {
    problems.expect_text(item.name, where);
    once.see(item.name, where);
  }
}

void check_elements(Problems& problems, const ProcedurePolicy& procedure, const std::string& at) {
  problems.expect(is_name(procedure.procedure), "not a name", at,
                  "lower-case letters, digits and _");
  problems.expect(procedure.version >= 1, "versions count from 1", at + ".version",
                  "raise it with every change");
  problems.expect_text(procedure.input, at + ".input");
  problems.expect_text(procedure.action, at + ".action");
  problems.expect_text(procedure.release, at + ".release");
  problems.expect_text(procedure.exception_path, at + ".exception_path");
  problems.expect_text(procedure.record, at + ".record");
  check_checklist(problems, procedure.receiving, at + ".receiving");
  check_checklist(problems, procedure.inspection, at + ".inspection");
  check_checklist(problems, procedure.packing, at + ".packing");
}

void check_options(Problems& problems, const ReasonPolicy& reason, const std::string& at) {
  problems.expect(!reason.options.empty(), "a case of this reason offers no way out",
                  at + ".options", "add options with a verb and its consequence");
  Once once(problems, "verb");
  for (const auto& option : reason.options) {
    once.see(option.verb, at + ".options");
    problems.expect(!trim(option.consequence).empty(),
                    "the option \"" + option.verb + "\" does not say what follows", at + ".options",
                    "write its consequence as one sentence");
    if (std::ranges::find(option_verbs(), option.verb) != option_verbs().end()) continue;
    const auto near = nearest(option.verb, option_verbs());
    problems.add(
        "no such verb: " + option.verb, at + ".options",
        near.empty() ? "one of: " + join(option_verbs(), ", ") : "did you mean " + near + "?");
  }
}

}  // namespace

void Problems::expect_role(const std::string& role, const std::string& where) {
  std::vector<std::string> roles;
  for (const auto& entry : policy.roster) {
    if (entry.role == role && entry.store.empty()) return;
    roles.push_back(entry.role);
  }
  const auto near = nearest(role, roles);
  add("nobody in the roster has the role \"" + role + "\" for all stores", where,
      near.empty() || near == role ? "add it to roster.toml without a store"
                                   : "did you mean " + near + "?");
}

void Problems::expect_country(const std::string& code, const std::string& where) {
  const bool fits =
      code.size() == 2 && std::ranges::all_of(code, [](char c) { return c >= 'A' && c <= 'Z'; });
  expect(fits, "not a country code: " + code, where, "two capital letters, as in DE or US");
}

void check_gates(Problems& problems) {
  Once once(problems, "gate");
  for (const auto& gate : problems.policy.gates) {
    const auto at = "gates." + gate.gate;
    problems.expect(is_name(gate.gate), "not a name", at, "lower-case letters, digits and _");
    once.see(gate.gate, at);
    check_gate_card(problems, gate, at);
    check_gate_sense(problems, gate, at);
    const bool used = std::ranges::any_of(problems.policy.procedures, [&](const auto& procedure) {
      return std::ranges::find(procedure.gates, gate.gate) != procedure.gates.end();
    });
    problems.expect(used, "no procedure uses this gate", at,
                    "name it in a procedure's gates, or remove it");
  }
}

void check_procedures(Problems& problems) {
  Once once(problems, "procedure");
  std::size_t defaults = 0;
  for (const auto& procedure : problems.policy.procedures) {
    const auto at = "procedures." + procedure.procedure;
    once.see(procedure.procedure, at);
    check_elements(problems, procedure, at);
    check_procedure_gates(problems, procedure, at);
    if (procedure.risks.empty()) ++defaults;
  }
  problems.expect(defaults == 1, "exactly one procedure is for orders without a risk class",
                  "procedures", "leave out `risks` in that one, and name them in all others");
}

void check_reasons(Problems& problems) {
  Once once(problems, "reason");
  for (const auto& reason : problems.policy.reasons) {
    const auto at = "reasons." + std::string(name_of(reason.reason));
    once.see(std::string(name_of(reason.reason)), at);
    problems.expect_role(reason.owner, at + ".owner");
    problems.expect_role(reason.backup, at + ".backup");
    problems.expect(reason.owner != reason.backup, "owner and backup are one role", at + ".backup",
                    "name another role");
    problems.expect_text(reason.next_action, at + ".next_action");
    problems.expect_span(reason.review_after, at + ".review_after");
    check_options(problems, reason, at);
  }
  for (const auto& [reason, name] : Names<ReasonCode>::table) {
    const bool there = std::ranges::find(problems.policy.reasons, reason, &ReasonPolicy::reason) !=
                       problems.policy.reasons.end();
    problems.expect(there, "nobody owns the reason \"" + std::string(name) + "\"", "reasons",
                    "add it to reasons.toml with owner, backup, next_action and review_after");
  }
}

constexpr std::size_t most_escalation = 200;

/// The zone, weekdays and days off of a roster entry.
void check_days(Problems& problems, const RosterEntry& entry, const std::string& at) {
  problems.expect(zone_known(entry.zone), "no such time zone: " + entry.zone, at + ".zone",
                  "an IANA name, such as Europe/Berlin");
  const auto of_a_week = [](std::int64_t day) { return day >= 0 && day <= 6; };
  problems.expect(std::ranges::all_of(entry.days, of_a_week), "not days of a week", at + ".days",
                  "0 is Sunday, 6 is Saturday");
  for (const auto& closure : entry.closures) {
    problems.expect(core::is_closure(closure), "not a day or span: " + closure, at + ".closures",
                    "2026-12-25 or 2027-01-26..2027-02-05");
  }
}

void check_roster(Problems& problems) {
  const auto& roster = problems.policy.roster;
  problems.expect_role("owner", "roster");
  for (std::size_t i = 0; i < roster.size(); ++i) {
    const auto& entry = roster[i];
    const auto at = "roster[" + std::to_string(i) + "]";
    problems.expect_text(entry.owner, at + ".owner");
    problems.expect_text(entry.role, at + ".role");
    const bool hours = entry.from_hour >= 0 && entry.from_hour < 24 && entry.to_hour >= 0 &&
                       entry.to_hour <= 24 && entry.from_hour != entry.to_hour;
    problems.expect(hours, "coverage hours are hours of a day", at,
                    "from_hour 0 to 23, to_hour 0 to 24, not the same");
    check_days(problems, entry, at);
    problems.expect(entry.escalation.size() <= most_escalation,
                    "this is longer than anybody reads in a hurry", at + ".escalation",
                    "say in at most 200 signs whom to reach, and how");
    if (entry.backup.empty()) continue;
    problems.expect(entry.backup != entry.owner, "nobody is their own backup", at + ".backup",
                    "name another owner of the roster");
    problems.expect(std::ranges::find(roster, entry.backup, &RosterEntry::owner) != roster.end(),
                    "the backup \"" + entry.backup + "\" is not in the roster", at + ".backup",
                    "name an owner of the roster");
  }
}

}  // namespace holdfast::engine
