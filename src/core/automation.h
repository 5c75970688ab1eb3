#pragma once
// Automation: how much rules, suppliers and mappings may do by themselves, and what one order's
// events mean for others: earned automation and incidents. It must never raise a mode by itself.

#include <string>
#include <vector>

#include "core/run.h"
#include "model/command.h"

namespace holdfast::core {

/// Rules that act by themselves, as automation.rules names them.
extern const std::vector<std::string> automatic_rules;

/// Subjects of a mode: "supplier:north", "mapping:MUG@north", "rule:purchase".
std::string supplier_subject(std::string_view supplier);
std::string mapping_subject(std::string_view sku, std::string_view supplier);
std::string rule_subject(std::string_view rule);

/// What a rule may do now: its policy's mode, or auto when a named person let it.
Mode rule_mode(const Run& run, std::string_view rule);

/// Everything that may only propose or watch and so holds these pieces of a supplier back.
std::vector<std::string> held_back_by(const Run& run, const std::string& supplier,
                                      const std::vector<Allocation>& lines);

/// The least of the modes of the purchase rule, the supplier and the mappings of these pieces.
Mode purchase_mode(const Run& run, const std::string& supplier,
                   const std::vector<Allocation>& lines);

/// Records that a person agreed to, or refused, what was proposed for a purchase order.
void note_proposal(Run& run, const PoState& po, bool agreed);

/// Records that a person agreed to, or refused, what a rule in `propose` proposed.
void note_rule(Run& run, std::string_view rule, bool agreed, const std::string& about);

/// Takes an event into the book: agreed proposals count up, a refusal starts again at 0.
/// True when the book changed; `subject` then names the entry.
bool take_into(AutomationBook& book, const Event& event, std::string& subject);

/// A command that an event asks of another stream.
struct FollowUp {
  std::string cases;       // subject of the stream of cases, or ""
  std::int64_t order = 0;  // the order's stream where `cases` is ""
  Command command;
  std::string actor;
};

/// What an event of the stream `self` means for others: offers of automation, incidents, and the
/// decision of an incident for each of its orders. `state` and `book` are as after the step.
std::vector<FollowUp> follow_ups(const OrderState& state, std::int64_t self, const Event& event,
                                 const Policy& policy, const AutomationBook& book);

/// How many open cases of one cause make an incident; 0 for never.
std::int64_t incident_from(const Policy& policy, ReasonCode reason);

/// Subject of the stream that counts the cases of one reason and cause.
std::string incident_subject(ReasonCode reason, std::string_view cause);

}  // namespace holdfast::core
