#include "engine/acts.h"

#include <algorithm>
#include <charconv>

namespace holdfast::engine {
namespace {

std::optional<ReasonCode> reason_of_gate(const Policy& policy, std::string_view gate) {
  const auto name = gate.substr(0, gate.find('@'));
  const auto found = std::ranges::find(policy.gates, name, &GatePolicy::gate);
  return found == policy.gates.end() ? std::nullopt : std::optional(found->reason);
}

std::optional<ReasonCode> reason_of_hold(const core::OrderState& state, const std::string& hold) {
  const auto known = state.holds.find(hold);
  if (known == state.holds.end()) return std::nullopt;
  const auto reason = from_name<ReasonCode>(known->second);
  return reason ? std::optional(*reason) : std::nullopt;
}

/// What a supplier's change is about: other goods, or another price.
std::optional<ReasonCode> reason_of_change(const core::PoState* po, std::int64_t number) {
  const auto* line = po ? po->line(number) : nullptr;
  if (!line || !line->answer) return std::nullopt;
  if (line->answer->kind == AckKind::ItemChanged) return ReasonCode::Substitution;
  if (line->answer->kind == AckKind::PriceChanged) return ReasonCode::PriceChange;
  return std::nullopt;
}

/// The reason of what approving settles: a supplier's change, or a purchase that waits.
std::optional<ReasonCode> reason_of_purchase(const core::OrderState& state,
                                             const CaseSubject& subject) {
  std::string_view about = subject.about;
  constexpr std::string_view cancel = "cancel ", of_line = " line ";
  if (about.starts_with(cancel)) about.remove_prefix(cancel.size());
  const auto at = about.find(of_line);
  const auto po = about.substr(0, at);
  if (subject.reason == ReasonCode::Approval || subject.reason == ReasonCode::LimitReached) {
    const bool waits = state.open_exception(ReasonCode::Approval, po) != nullptr;
    return waits ? std::optional(ReasonCode::Approval) : std::nullopt;
  }
  if (at == std::string_view::npos) return std::nullopt;
  std::int64_t line = 0;
  const auto digits = about.substr(at + of_line.size());
  std::from_chars(digits.data(), digits.data() + digits.size(), line);
  return reason_of_change(state.po(po), line);
}

}  // namespace

bool act_has_subject(std::string_view verb) { return verb == "approve" || verb == "release"; }

Act act_of_case(const Policy& policy, const core::OrderState& state, const CaseSubject& subject,
                const std::string& verb) {
  std::optional<ReasonCode> reason;
  if (verb == "override") reason = reason_of_gate(policy, subject.about);
  if (verb == "release") reason = reason_of_hold(state, subject.about);
  if (verb == "approve") reason = reason_of_purchase(state, subject);
  return {verb, reason.value_or(subject.reason), subject.store, subject.amount};
}

std::optional<Act> act_of(const Policy& policy, const History& history, const Json& body) {
  const auto& state = history.state;
  const auto& name = body["command"].string();
  const auto* po = state.po(body["po"].string());
  const auto& store = state.channel;
  const auto cost = po ? std::optional(po->total) : std::nullopt;
  if (name == "OverrideGate") {
    return Act{"override", reason_of_gate(policy, body["gate"].string()), store, state.total};
  }
  if (name == "ReleaseHold") {
    return Act{"release", reason_of_hold(state, body["hold"].string()), store, state.total};
  }
  if (name == "ReleasePurchaseOrder") return Act{"approve", ReasonCode::Approval, store, cost};
  if (name == "DecideSupplyChange" && body["approved"].boolean()) {
    return Act{"approve", reason_of_change(po, body["line"].integer()), store, cost};
  }
  if (name == "ApproveDoubleBuy") {
    const auto given = parse_money(body["cost"].string());
    return Act{"buy_again", {}, store, given ? std::optional(*given) : std::nullopt};
  }
  if (name == "Reroute") return Act{"reroute", {}, store, cost};
  if (name == "RequestCancellation") return Act{"cancel", {}, store, state.total};
  if (name == "AnswerBuyerQuestion" && body["answer"].string() == "cancel_and_refund") {
    return Act{"refund", {}, store, state.total};
  }
  return std::nullopt;
}

}  // namespace holdfast::engine
