#include "engine/evidence/document.h"

#include "core/evolve.h"
#include "core/summary.h"
#include "core/tracking/proof.h"

namespace holdfast::engine {
namespace {

Json moment(Instant at) { return at ? Json(to_text(at)) : Json(); }

Json gates_of(const core::OrderState& state) {
  Json gates{Json::Array{}};
  for (const auto& [key, gate] : state.gates) {
    Json& json = gates.push(Json{Json::Object{}});
    json.set("gate", key);
    json.set("result", name_of(gate.result));
    json.set("strength", name_of(gate.strength));
    Json evidence{Json::Array{}};
    for (const auto number : gate.evidence) evidence.push(number);
    json.set("evidence", std::move(evidence));
    json.set("detail", gate.detail);
    json.set("event", gate.event);
  }
  return gates;
}

Json lines_of(const core::OrderState& state) {
  Json lines{Json::Array{}};
  for (const auto& line : state.lines) {
    Json& json = lines.push(Json{Json::Object{}});
    json.set("line", line.line.line);
    json.set("sku", line.line.sku);
    json.set("title", line.line.title);
    json.set("variant", line.line.variant);
    json.set("ordered", line.line.quantity);
    json.set("wanted", line.wanted());
    json.set("on_order", state.on_order(line.line.line));
    json.set("in_parcels", state.in_parcels(line.line.line));
  }
  return lines;
}

Json purchases_of(const core::OrderState& state) {
  Json purchases{Json::Array{}};
  for (const auto& po : state.pos) {
    Json& json = purchases.push(Json{Json::Object{}});
    json.set("po", po.po);
    json.set("supplier", po.supplier);
    json.set("supplier_ref", po.supplier_ref);
    json.set("ship_model", name_of(po.ship_model));
    json.set("released_at", moment(po.released_at));
    json.set("confirmed", po.confirmed());
    json.set("confirmation_event", po.acknowledged_event);
    json.set("pieces", po.live());
    Json checks{Json::Array{}};
    for (const auto& [kind, found] : po.checks) {
      Json& check = checks.push(Json{Json::Object{}});
      check.set("check", name_of(kind));
      check.set("verdict", name_of(found.verdict));
      check.set("strength", name_of(found.strength));
      check.set("event", found.event);
    }
    json.set("checks", std::move(checks));
  }
  return purchases;
}

Json parcels_of(const core::OrderState& state) {
  Json parcels{Json::Array{}};
  for (const auto& parcel : state.parcels) {
    Json& json = parcels.push(Json{Json::Object{}});
    json.set("parcel", parcel.parcel);
    json.set("carrier", parcel.carrier);
    json.set("tracking", parcel.tracking);
    json.set("status", name_of(core::status_of(parcel)));
    json.set("label_matched", parcel.label_matched);
    const auto* accepted = core::acceptance(parcel);
    json.set("accepted_at", accepted ? moment(accepted->at) : Json());
    json.set("accepted_event", accepted ? accepted->event : 0);
    json.set("store_told_event", parcel.told_event);
  }
  return parcels;
}

Json exceptions_of(const core::OrderState& state) {
  Json exceptions{Json::Array{}};
  for (const auto& known : state.exceptions) {
    Json& json = exceptions.push(Json{Json::Object{}});
    json.set("number", known.number);
    json.set("reason", name_of(known.reason));
    json.set("about", known.about);
    json.set("owner", known.owner);
    json.set("opened_at", moment(known.opened_at));
    json.set("open", known.open);
    json.set("resolution", known.resolution);
  }
  return exceptions;
}

}  // namespace

Result<Replayed> replayed(const std::vector<std::string>& events) {
  Replayed out;
  out.events.reserve(events.size());
  for (const auto& bytes : events) {
    auto json = parse_json(bytes);
    auto event = json ? decode_event(*json) : Result<Event>(fail(json.error()));
    if (!event) {
      return fail(within(event.error(), "event " + std::to_string(out.events.size() + 1)));
    }
    core::evolve(out.state, *event);
    out.events.push_back(std::move(*event));
  }
  return out;
}

Json order_document(const core::OrderState& state) {
  Json json;
  json.set("format", 1);
  json.set("version", state.version);
  json.set("store_number", state.store_number);
  json.set("channel", state.channel);
  json.set("placed_at", moment(state.placed_at));
  json.set("stage", core::name_of(core::stage_of(state)));
  json.set("erased", state.erased);
  auto summary = parse_json(core::summary_json(state));
  json.set("summary", summary ? std::move(*summary) : Json());
  json.set("lines", lines_of(state));
  json.set("gates", gates_of(state));
  json.set("purchase_orders", purchases_of(state));
  json.set("parcels", parcels_of(state));
  json.set("exceptions", exceptions_of(state));
  return json;
}

Json coverage_document(const Coverage& coverage) {
  Json json, missing{Json::Array{}};
  for (const auto& what : coverage.missing) missing.push(what);
  json.set("permille", coverage.permille);
  json.set("asked", coverage.asked);
  json.set("missing", std::move(missing));
  return json;
}

}  // namespace holdfast::engine
