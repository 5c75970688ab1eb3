#include "engine/views/order_view.h"

#include <algorithm>
#include <tuple>

#include "core/gates/gate.h"
#include "core/summary.h"
#include "core/tracking/proof.h"
#include "engine/documents.h"
#include "engine/views/case_view.h"
#include "engine/views/order_parts.h"
#include "engine/views/traffic_view.h"

namespace holdfast::engine {
namespace {

const GatePolicy* gate_policy(const Policy& policy, std::string_view name) {
  const auto found = std::ranges::find(policy.gates, name, &GatePolicy::gate);
  return found == policy.gates.end() ? nullptr : &*found;
}

/// Name and subject of "name@about".
std::pair<std::string, std::string> gate_parts(std::string_view key) {
  const auto at = key.find('@');
  if (at == std::string_view::npos) return {std::string(key), {}};
  return {std::string(key.substr(0, at)), std::string(key.substr(at + 1))};
}

struct GatesWriter {
  const Setup& setup;
  const History& history;
  const PageReader& reader;
  Json list{Json::Array{}};

  Json evidence(const core::GateState& gate) const {
    Json items{Json::Array{}};
    for (const auto version : gate.evidence) {
      if (const auto* recorded = history.at(version)) items.push(evidence_json(*recorded));
    }
    return items;
  }

  void add(const GatePolicy& policy, const std::string& key, const core::GateState& gate) {
    const auto* decided = history.at(gate.event);
    const bool shown = gate.event != 0 && !gate.evidence.empty();
    Json json;
    json.set("gate", key);
    json.set("about", gate_parts(key).second);
    json.set("result", name_of(gate.result));
    json.set("strength", shown ? Json(name_of(gate.strength)) : Json());
    json.set("least", name_of(policy.least));
    json.set("guards", name_of(policy.guards));
    json.set("check", policy.check);
    json.set("evidence", evidence(gate));
    json.set("detail", gate.detail);
    json.set("event", gate.event);
    json.set("at", decided ? Json(to_text(decided->row.at)) : Json());
    json.set("reason", name_of(policy.reason));
    json.set("releaser", policy.releaser);
    json.set("decider", policy.decider);
    json.set("enters", policy.enters);
    json.set("verified", policy.verified);
    json.set("record", policy.record);
    json.set("may_override", !core::lets_pass(gate.result) && reader.may_override &&
                                 reader.may_release(policy.releaser));
    list.push(std::move(json));
  }

  void write() {
    const auto& state = history.state;
    for (const auto& procedure : setup.policy.procedures) {
      if (procedure.procedure != state.procedure) continue;
      for (const auto& name : procedure.gates) write_gate(name);
    }
    for (const auto& [key, gate] : state.gates) {
      const auto name = gate_parts(key).first;
      if (asked(name)) continue;
      if (const auto* policy = gate_policy(setup.policy, name)) add(*policy, key, gate);
    }
  }

  bool asked(const std::string& name) const {
    return std::ranges::any_of(setup.policy.procedures, [&](const ProcedurePolicy& procedure) {
      return procedure.procedure == history.state.procedure &&
             std::ranges::find(procedure.gates, name) != procedure.gates.end();
    });
  }

  void write_gate(const std::string& name) {
    const auto* policy = gate_policy(setup.policy, name);
    if (!policy) return;
    bool any = false;
    for (const auto& [key, gate] : history.state.gates) {
      if (gate_parts(key).first != name) continue;
      add(*policy, key, gate);
      any = true;
    }
    if (!any) add(*policy, name, {});
  }
};

Json holds_json(const core::OrderState& state, const History& history, const PageReader& reader) {
  Json list{Json::Array{}};
  for (const auto& [hold, reason] : state.holds) {
    Json json;
    json.set("hold", hold);
    json.set("reason", reason);
    json.set("source", "person");
    json.set("may_release", reader.may_decide);
    list.push(std::move(json));
  }
  for (const auto& [part, hold] : state.channel_holds) {
    std::string reason;
    for (const auto& recorded : history.events) {
      const auto* changed = recorded.event.as<ChannelHoldChanged>();
      if (changed && changed->part == part && changed->hold == hold) reason = changed->reason;
    }
    Json json;
    json.set("hold", hold);
    json.set("reason", reason);
    json.set("source", "channel");
    json.set("may_release", false);
    list.push(std::move(json));
  }
  return list;
}

Json notes_json(const History& history) {
  Json list{Json::Array{}};
  for (const auto& recorded : history.events) {
    const auto* note = recorded.event.as<NoteAdded>();
    if (!note) continue;
    Json json;
    json.set("event", recorded.row.version);
    json.set("at", to_text(recorded.row.at));
    json.set("actor", note->actor);
    json.set("text", note->text);
    list.push(std::move(json));
  }
  return list;
}

struct Next {
  const char* kind;
  std::string what, about;
  Instant due_at;
  std::string owner;
};

/// Nobody but a person brings this purchase order to its supplier, and nobody said that it is
/// there.
bool to_place(const Setup& setup, const core::PoState& po) {
  return placed_by_hand(setup, po.supplier) && !po.reply && po.supplier_ref.empty() &&
         !po.answered();
}

/// Due when the supplier would first be reminded.
Next placing(const Setup& setup, const core::OrderState& state, const core::PoState& po) {
  Next next{"person", "place_at_supplier", po.po, {}, {}};
  for (const auto& timer : state.timers) {
    if (timer.about != po.po) continue;
    if (!next.due_at || timer.due_at < next.due_at) next.due_at = timer.due_at;
  }
  const auto& reasons = setup.policy.reasons;
  const auto silent = std::ranges::find(reasons, ReasonCode::SupplierSilent, &ReasonPolicy::reason);
  if (silent != reasons.end()) next.owner = silent->owner;
  return next;
}

/// What is waited for, earliest first; what has no date comes last.
std::vector<Next> next_steps(const Setup& setup, const core::OrderState& state) {
  std::vector<Next> steps;
  for (const auto& timer : state.timers) {
    steps.push_back({"timer", std::string(name_of(timer.timer)), timer.about, timer.due_at, {}});
  }
  for (const auto& known : state.exceptions) {
    if (!known.open) continue;
    steps.push_back(
        {"person", std::string(name_of(known.reason)), known.about, known.review_by, known.owner});
  }
  for (const auto& po : state.pos) {
    if (po.released_event == 0 || po.live() == 0 || po.confirmed()) continue;
    if (to_place(setup, po)) {
      steps.push_back(placing(setup, state, po));
      continue;
    }
    steps.push_back({"supplier", "supplier_confirmed", po.po, {}, {}});
  }
  for (const auto& parcel : state.parcels) {
    const auto about = "parcel " + std::to_string(parcel.parcel);
    if (!core::acceptance(parcel)) steps.push_back({"carrier", "carrier_proof", about, {}, {}});
    if (parcel.told_event != 0 && parcel.fulfillment.empty() && !parcel.store_refused) {
      steps.push_back({"channel", "store_told", about, {}, {}});
    }
  }
  for (const auto& question : state.questions) {
    if (!question.answer.empty()) continue;
    steps.push_back({"buyer", question.question, {}, question.due_at, {}});
  }
  std::ranges::sort(steps, [](const Next& a, const Next& b) {
    const bool a_open = !a.due_at, b_open = !b.due_at;
    return std::tie(a_open, a.due_at, a.what, a.about) <
           std::tie(b_open, b.due_at, b.what, b.about);
  });
  return steps;
}

Json next_json(const Setup& setup, const core::OrderState& state) {
  Json list{Json::Array{}};
  for (const auto& step : next_steps(setup, state)) {
    Json json;
    json.set("kind", step.kind);
    json.set("what", step.what);
    json.set("about", step.about);
    json.set("due_at", moment_json(step.due_at));
    json.set("owner", step.owner);
    list.push(std::move(json));
  }
  return list;
}

Json cases_json(const History& history) {
  Json list{Json::Array{}};
  for (const bool open : {true, false}) {
    for (const auto& known : history.state.exceptions) {
      if (known.open == open) list.push(case_json(history, known));
    }
  }
  return list;
}

void write_head(Json& json, const History& history) {
  const auto& state = history.state;
  json.set("id", stream_text(history.stream));
  json.set("version", state.version);
  json.set("channel", state.channel);
  json.set("channel_order", state.channel_order);
  json.set("store_number", state.store_number);
  json.set("stage", core::name_of(core::stage_of(state)));
  json.set("held", core::is_held(state));
  json.set("live", !core::is_over(state));
  json.set("test", state.test);
  json.set("erased", state.erased);
  json.set("placed_at", to_text(state.placed_at));
  json.set("as_of", to_text(state.as_of));
  json.set("due_at", moment_json(core::next_due(state)));
  json.set("total", amount_json(state.total));
  json.set("service", state.service);
  json.set("instructions", state.instructions);
  json.set("locale", state.locale);
  json.set("procedure", state.procedure);
  json.set("risks", texts_json(state.risks));
}

}  // namespace

Json buyer_json(const Address& address) {
  Json lines{Json::Array{}};
  for (const auto& line : {address.company, address.line1, address.line2}) {
    if (!line.empty()) lines.push(line);
  }
  std::string city = address.city;
  for (const auto& more : {address.region, address.postcode}) {
    if (!more.empty()) city += city.empty() ? more : " " + more;
  }
  if (!city.empty()) lines.push(city);
  if (!address.country.empty()) lines.push(address.country);
  Json json;
  json.set("name", address.name);
  json.set("email", address.email);
  json.set("phone", address.phone);
  json.set("address", std::move(lines));
  return json;
}

bool PageReader::may_release(const std::string& role) const {
  return roles.contains("owner") || roles.contains(role);
}

Json order_json(const Setup& setup, const History& history, const std::optional<Address>& buyer,
                const PageReader& reader) {
  const auto& state = history.state;
  Json json;
  write_head(json, history);
  Json destination;
  destination.set("country", state.destination.country);
  destination.set("region", state.destination.region);
  destination.set("postcode_prefix", state.destination.postcode_prefix);
  destination.set("problems", texts_json(state.destination.problems));
  json.set("destination", std::move(destination));
  json.set("buyer", buyer && reader.sees_buyer ? buyer_json(*buyer) : Json());
  json.set("payment", payment_json(state));
  json.set("risk", risk_json(state));
  json.set("promises", promises_json(state));
  json.set("lines", lines_json(state));
  GatesWriter gates{setup, history, reader};
  gates.write();
  json.set("gates", std::move(gates.list));
  json.set("holds", holds_json(state, history, reader));
  json.set("purchase_orders", purchases_json(setup, history));
  json.set("parcels", parcels_json(history));
  json.set("messages", messages_json(setup, history));
  json.set("store_messages", store_messages_json(history));
  json.set("questions", questions_json(state));
  json.set("exceptions", cases_json(history));
  json.set("notes", notes_json(history));
  json.set("next", next_json(setup, state));
  return json;
}

Json order_row_json(const ports::OrderRow& row) {
  const auto parsed = parse_json(row.summary);
  const Json summary = parsed ? *parsed : Json();
  const auto list = [&](const char* name) {
    return summary[name].is_array() ? summary[name] : Json(Json::Array{});
  };
  const auto total = parse_money(summary["total"].string());
  Json json;
  json.set("id", stream_text(row.stream));
  json.set("channel", row.channel);
  json.set("store_number", row.store_number);
  json.set("stage", row.stage);
  json.set("held", summary["held"].boolean());
  json.set("live", row.live);
  json.set("placed_at", to_text(row.placed_at));
  json.set("due_at", moment_json(row.due_at));
  json.set("open_exceptions", row.open_exceptions);
  json.set("total", total ? amount_json(*total) : Json());
  json.set("country", summary["country"].string());
  json.set("procedure", summary["procedure"].string());
  json.set("lines", summary["lines"].integer());
  json.set("pieces", summary["pieces"].integer());
  json.set("suppliers", list("suppliers"));
  json.set("tracking", list("tracking"));
  return json;
}

Result<std::string> releaser_of(const Setup& setup, std::string_view gate) {
  if (const auto* policy = gate_policy(setup.policy, gate_parts(gate).first)) {
    return policy->releaser;
  }
  return fail(ErrorCode::NotFound, "the policy has no such gate", std::string(gate));
}

}  // namespace holdfast::engine
