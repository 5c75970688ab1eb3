#pragma once
// Which commands are decisions that a policy may keep for some people, and what they are about.
// It must never decide who may: that is access.h.

#include <optional>

#include "base/json.h"
#include "engine/access.h"
#include "engine/views/history.h"

namespace holdfast::engine {

/// The decision behind the body of a command about this order; nothing where anybody with the
/// command's right may take it.
std::optional<Act> act_of(const Policy& policy, const History& history, const Json& body);

/// A case, as far as deciding it asks.
struct CaseSubject {
  ReasonCode reason{};
  std::string about;
  std::string store;            // channel account; "" when it is about none
  std::optional<Money> amount;  // at risk, where somebody knows
};

/// Whether a verb may settle a gate, a hold or a purchase, whose own reason then counts.
bool act_has_subject(std::string_view verb);

/// The decision that a verb of a case is. Its reason is that of the gate, hold or purchase it
/// settles, as for the command of the same deed, and the case's own where there is none: anybody
/// can raise a case of any reason about anything. `state` is that of the case's order.
Act act_of_case(const Policy& policy, const core::OrderState& state, const CaseSubject& subject,
                const std::string& verb);

}  // namespace holdfast::engine
