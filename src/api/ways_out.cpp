#include "api/ways_out.h"

#include <algorithm>

#include "engine/acts.h"
#include "engine/views/history.h"

namespace holdfast::api {
namespace {

constexpr const char* overriding = "override";
constexpr std::string_view incident = "incident ";

/// What a decision about a case may cost: the money at risk in it, where there is any.
std::optional<Money> at_risk(const ports::ExceptionRow& row) {
  const auto body = parse_json(row.body);
  if (!body) return std::nullopt;
  const auto amount = parse_money((*body)["money_at_risk"].string());
  return amount && amount->currency.known() ? std::optional(*amount) : std::nullopt;
}

engine::Act act_of(const Desk& desk, const ports::ExceptionRow& row, const core::OrderState& state,
                   const std::string& verb) {
  return engine::act_of_case(desk.setup().policy, state,
                             {row.reason, row.about, row.channel, at_risk(row)}, verb);
}

/// The roles that release what an override of this case opens: its gate, or for an incident, whose
/// orders have each a gate of their own, every gate of its reason. Forbidden when there is none.
Result<std::vector<std::string>> releasers_of(const Desk& desk, const ports::ExceptionRow& row) {
  std::vector<std::string> roles;
  if (!row.about.starts_with(incident)) {
    auto role = engine::releaser_of(desk.setup(), row.about);
    if (role) roles.push_back(std::move(*role));
  } else {
    for (const auto& gate : desk.setup().policy.gates) {
      if (gate.reason == row.reason) roles.push_back(gate.releaser);
    }
  }
  if (!roles.empty()) return roles;
  return fail(ErrorCode::Forbidden, "This case is about no gate that could be overridden.", "verb");
}

/// Somebody, as far as a decision asks: rights and roles.
struct Taker {
  const engine::Rights& rights;
  const engine::Roles& roles;
};

Status needs(const Taker& taker, Right right) {
  if (taker.rights.contains(right)) return {};
  return fail(ErrorCode::Forbidden, "This needs the right \"" + std::string(name_of(right)) + "\".",
              "", "ask an owner for a role that has it");
}

Status may_override(const Desk& desk, const Taker& taker, const ports::ExceptionRow& row) {
  if (auto status = needs(taker, Right::Override); !status) return status;
  const auto releasers = releasers_of(desk, row);
  if (!releasers) return fail(releasers.error());
  engine::PageReader reader;
  reader.roles = taker.roles;
  for (const auto& role : *releasers) {
    if (reader.may_release(role)) continue;
    return fail(ErrorCode::Forbidden, "This gate is released by the role " + role + ".", "verb",
                "assign it to somebody who has it");
  }
  return {};
}

Status may_take(const Desk& desk, const Taker& taker, const ports::ExceptionRow& row,
                const engine::Act& act) {
  if (auto status = needs(taker, Right::Decide); !status) return status;
  if (act.verb == overriding) {
    if (auto status = may_override(desk, taker, row); !status) return status;
  }
  return engine::may_take(desk.setup().policy, taker.roles, act);
}

/// Whether the reason of what a case is about can change who may decide so: only then its order
/// need be read.
bool asks_its_order(const Policy& policy, const ports::ExceptionRow& row, const std::string& verb) {
  if (row.stream.kind != ports::StreamKind::Order) return false;
  return engine::act_has_subject(verb) &&
         std::ranges::any_of(policy.authority, [&](const AuthorityPolicy& entry) {
           return entry.act == verb && !entry.reason.empty();
         });
}

}  // namespace

Status may_take_way_out(const Desk& desk, const Who& who, const ports::ExceptionRow& row,
                        const std::string& verb) {
  core::OrderState state;
  if (asks_its_order(desk.setup().policy, row, verb)) {
    auto history = engine::read_history(desk.store(), desk.engine.vault(), row.stream);
    if (!history) return fail(history.error());
    state = std::move(history->state);
  }
  return may_take(desk, {who.rights, who.roles}, row, act_of(desk, row, state, verb));
}

Json with_takers(const Desk& desk, const Who& who, const ports::ExceptionRow& row,
                 const core::OrderState& state, const Json& options) {
  const auto& policy = desk.setup().policy;
  Json list{Json::Array{}};
  for (auto option : options.items()) {
    const auto act = act_of(desk, row, state, option["verb"].string());
    Json able{Json::Array{}};
    for (const auto& role : engine::roles_of(policy)) {
      const engine::Roles one{role};
      if (may_take(desk, {engine::rights_of(policy, one), one}, row, act)) able.push(role);
    }
    option.set("may", may_take(desk, {who.rights, who.roles}, row, act).has_value());
    option.set("who", std::move(able));
    list.push(std::move(option));
  }
  return list;
}

}  // namespace holdfast::api
