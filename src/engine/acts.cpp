#include "engine/acts.h"

#include <algorithm>

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

}  // namespace

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
