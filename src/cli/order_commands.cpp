#include <algorithm>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/history.h"
#include "engine/views/routing_facts.h"

namespace holdfast::cli {
namespace {

Json time_or_null(Instant at) { return at ? Json(to_text(at)) : Json(); }

Json money_or_null(Money money) { return money.currency.known() ? Json(to_text(money)) : Json(); }

template <Named E>
Json named(E value) {
  return Json(name_of(value));
}

Json texts(const std::vector<std::string>& items) {
  Json list{Json::Array{}};
  for (const auto& item : items) list.push(item);
  return list;
}

Json listed(const auto& items, auto json_of) {
  Json list{Json::Array{}};
  for (const auto& item : items) list.push(json_of(item));
  return list;
}

Json line_quantity(const LineQuantity& item) {
  Json json;
  json.set("line", item.line);
  json.set("quantity", item.quantity);
  return json;
}

Json option_json(const Option& option) {
  Json json;
  json.set("verb", option.verb);
  json.set("consequence", option.consequence);
  json.set("cost", money_or_null(option.cost));
  return json;
}

Json payment_json(const core::OrderState& state) {
  Json json;
  json.set("state", named(state.payment));
  json.set("authorized", money_or_null(state.authorized));
  json.set("captured", money_or_null(state.captured));
  json.set("refunded", money_or_null(state.refunded));
  return json;
}

Json destination_json(const Destination& destination) {
  Json json;
  json.set("country", destination.country);
  json.set("region", destination.region);
  json.set("postcode_prefix", destination.postcode_prefix);
  json.set("problems", texts(destination.problems));
  return json;
}

const GatePolicy* gate_policy(const Policy& policy, const std::string& key) {
  const auto name = key.substr(0, key.find('@'));
  const auto found = std::ranges::find(policy.gates, name, &GatePolicy::gate);
  return found == policy.gates.end() ? nullptr : &*found;
}

Json evidence_json(const History& history, const std::vector<std::int64_t>& versions) {
  return listed(versions, [&](std::int64_t version) {
    Json json;
    json.set("event", version);
    const bool known = version >= 1 && version <= std::int64_t(history.events.size());
    const auto at = static_cast<std::size_t>(version - 1);
    json.set("kind", known ? Json(name_of(history.events[at])) : Json());
    json.set("at", known ? Json(to_text(history.rows[at].at)) : Json());
    json.set("actor", known ? Json(history.rows[at].actor) : Json());
    return json;
  });
}

/// Gates in the order in which they were last judged, which is the order's way.
Json gates_json(const History& history, const Policy& policy) {
  std::vector<std::pair<std::string, const core::GateState*>> gates;
  for (const auto& [key, gate] : history.state.gates) gates.emplace_back(key, &gate);
  std::ranges::sort(gates, {}, [](const auto& gate) { return gate.second->event; });
  return listed(gates, [&](const auto& gate) {
    const auto& [key, known] = gate;
    const auto* rule = gate_policy(policy, key);
    Json json;
    json.set("gate", key);
    json.set("result", named(known->result));
    json.set("guards", rule ? named(rule->guards) : Json());
    json.set("strength", named(known->strength));
    json.set("least", rule ? named(rule->least) : Json());
    json.set("detail", known->detail);
    json.set("judged_at", to_text(history.rows[std::size_t(known->event - 1)].at));
    json.set("evidence", evidence_json(history, known->evidence));
    json.set("releaser", rule ? Json(rule->releaser) : Json());
    return json;
  });
}

Json lines_json(const core::OrderState& state) {
  return listed(state.lines, [&](const core::LineState& line) {
    Json json;
    json.set("line", line.line.line);
    json.set("sku", line.line.sku);
    json.set("title", line.line.title);
    json.set("variant", line.line.variant);
    json.set("price", to_text(line.line.price));
    json.set("ordered", line.line.quantity);
    json.set("wanted", line.wanted());
    json.set("on_order", state.on_order(line.line.line));
    json.set("in_parcels", state.in_parcels(line.line.line));
    json.set("ships", line.line.ships);
    return json;
  });
}

Json po_line_json(const core::PoLine& line) {
  Json json;
  json.set("line", line.asked.line);
  json.set("supplier_sku", line.asked.supplier_sku);
  json.set("asked", line.asked.quantity);
  json.set("live", line.live());
  json.set("cost", to_text(line.asked.cost));
  json.set("answer", line.answer ? named(line.answer->kind) : Json());
  json.set("ready_at", line.answer ? time_or_null(line.answer->ready_at) : Json());
  json.set("needs_approval", line.change_open());
  return json;
}

Json po_json(const core::PoState& po) {
  Json json;
  json.set("po", po.po);
  json.set("supplier", po.supplier);
  json.set("ship_model", named(po.ship_model));
  json.set("mode", named(po.mode));
  json.set("total", money_or_null(po.total));
  json.set("released_at", time_or_null(po.released_at));
  json.set("reply", po.reply ? named(*po.reply) : Json());
  json.set("supplier_ref", po.supplier_ref);
  json.set("acknowledged", po.acknowledged_event != 0);
  json.set("confirmed", po.confirmed());
  json.set("strength", po.acknowledged_event != 0 ? named(po.ack_strength) : Json());
  json.set("refused", po.refused);
  json.set("closed", po.closed);
  json.set("payment", po.payment ? named(*po.payment) : Json());
  json.set("steps", listed(po.steps, [](LadderStep step) { return named(step); }));
  json.set("lines", listed(po.lines, po_line_json));
  return json;
}

Json parcel_json(const core::ParcelState& parcel) {
  Json json;
  json.set("parcel", parcel.parcel);
  json.set("po", parcel.po);
  json.set("carrier", parcel.carrier);
  json.set("tracking", parcel.tracking);
  json.set("retired", texts(parcel.retired));
  json.set("lines", listed(parcel.lines, line_quantity));
  json.set("announced_at", time_or_null(parcel.announced_at));
  json.set("status", named(parcel_status(parcel)));
  const auto* accepted = parcel_acceptance(parcel);
  json.set("accepted_at", accepted ? Json(to_text(accepted->at)) : Json());
  json.set("proof", accepted ? named(accepted->proof) : Json());
  json.set("events", std::int64_t(parcel.events.size()));
  json.set("last_event_at",
           parcel.events.empty() ? Json() : Json(to_text(parcel.events.back().at)));
  json.set("store_told", parcel.told_event != 0);
  json.set("fulfillment", parcel.fulfillment);
  json.set("anomalies", texts(parcel.anomalies));
  return json;
}

Json exception_json(const core::ExceptionState& known) {
  Json json;
  json.set("number", known.number);
  json.set("open", known.open);
  json.set("reason", named(known.reason));
  json.set("about", known.about);
  json.set("detail", known.detail);
  json.set("owner", known.owner);
  json.set("backup", known.backup);
  json.set("next_action", known.next_action);
  json.set("opened_at", to_text(known.opened_at));
  json.set("review_by", to_text(known.review_by));
  json.set("money_at_risk", money_or_null(known.money_at_risk));
  json.set("options", listed(known.options, option_json));
  json.set("resolution", known.resolution);
  return json;
}

/// What happens next by itself: due timers and effects on their way.
Result<Json> next_json(Desk& desk, const ports::StreamKey& stream, const core::OrderState& state) {
  Json next{Json::Array{}};
  auto timers = state.timers;
  std::ranges::sort(timers, {}, &core::TimerState::due_at);
  for (const auto& timer : timers) {
    Json json;
    json.set("kind", "timer");
    json.set("what", named(timer.timer));
    json.set("about", timer.about);
    json.set("at", to_text(timer.due_at));
    next.push(std::move(json));
  }
  const auto effects = desk.store->outbox_of(stream);
  if (!effects) return fail(effects.error());
  const auto words = engine::read_words(*desk.store, desk.vault, stream);
  if (!words) return fail(words.error());
  for (const auto& row : *effects) {
    const bool waits = row.state == EffectState::Unsent || row.state == EffectState::Sending ||
                       row.state == EffectState::Unknown;
    if (!waits) continue;
    const auto effect = parse_json(row.bytes);
    Json json;
    json.set("kind", "effect");
    json.set("what", effect ? (*effect)["effect"] : Json());
    json.set("about", std::string(name_of(row.state)) + ", " + std::to_string(row.attempts) +
                          " attempt(s)" +
                          (row.detail.empty() ? "" : ": " + words->open(row.detail)));
    json.set("at", time_or_null(row.not_before));
    next.push(std::move(json));
  }
  return next;
}

Json row_json(const ports::OrderRow& row) {
  const auto summary = parse_json(row.summary);
  Json json;
  json.set("order", id_text(OrderTag::prefix, row.stream.id));
  json.set("store_number", row.store_number);
  json.set("channel", row.channel);
  json.set("stage", row.stage);
  json.set("live", row.live);
  json.set("placed_at", time_or_null(row.placed_at));
  json.set("due_at", time_or_null(row.due_at));
  json.set("open_exceptions", row.open_exceptions);
  json.set("summary", summary ? *summary : Json());
  return json;
}

}  // namespace

Answer order_show(Desk& desk, const Request& request) {
  const auto stream = find_order(desk, request.text("order"));
  if (!stream) return fail(stream.error());
  const auto history = read_opened(*desk.store, desk.vault, *stream);
  if (!history) return fail(history.error());
  const auto& state = history->state;
  const auto views = views_of(*history);
  Json json;
  json.set("order", id_text(OrderTag::prefix, stream->id));
  json.set("store_number", state.store_number);
  json.set("channel", state.channel);
  json.set("channel_order", state.channel_order);
  json.set("placed_at", time_or_null(state.placed_at));
  json.set("stage", views.order.stage);
  json.set("held", history_held(*history));
  json.set("live", views.order.live);
  json.set("version", state.version);
  json.set("head_hash", hex(views.order.head_hash));
  json.set("total", money_or_null(state.total));
  json.set("payment", payment_json(state));
  json.set("risk", named(state.risk));
  json.set("destination", destination_json(state.destination));
  json.set("service", state.service);
  json.set("procedure", state.procedure);
  json.set("risks", texts(state.risks));
  json.set("erased", state.erased);
  json.set("promises", listed(state.promises, [](const core::PromiseState& promise) {
             Json item;
             item.set("promise", named(promise.promise));
             item.set("due_at", to_text(promise.due_at));
             item.set("source", promise.source);
             return item;
           }));
  json.set("gates", gates_json(*history, desk.setup->policy));
  json.set("holds", listed(state.holds, [](const auto& hold) {
             Json item;
             item.set("hold", hold.first);
             item.set("reason", hold.second);
             return item;
           }));
  json.set("lines", lines_json(state));
  json.set("routing_failure", state.routing_failure);
  json.set("purchase_orders", listed(state.pos, po_json));
  json.set("parcels", listed(state.parcels, parcel_json));
  json.set("exceptions", listed(state.exceptions, exception_json));
  auto next = next_json(desk, *stream, state);
  if (!next) return fail(next.error());
  json.set("next", std::move(*next));
  return json;
}

Answer order_list(Desk& desk, const Request& request) {
  ports::OrderQuery query;
  query.tenant = desk.tenant();
  query.channel = request.text("channel");
  query.stage = request.text("stage");
  if (const auto* live = request.with.find("live")) query.live = live->boolean();
  query.with_exceptions = request.flag("with_exceptions");
  query.limit =
      static_cast<std::size_t>(std::clamp<std::int64_t>(request.number("limit", 50), 1, 250));
  if (!request.text("cursor").empty()) {
    const auto id = id_from<OrderTag>(request.text("cursor"));
    if (!id) return fail(within(id.error(), "cursor"));
    query.before = id->value;
  }
  const auto rows = desk.store->orders(query);
  if (!rows) return fail(rows.error());
  Json json;
  json.set("orders", listed(*rows, row_json));
  const bool more = rows->size() == query.limit;
  json.set("cursor", more ? Json(id_text(OrderTag::prefix, rows->back().stream.id)) : Json());
  return json;
}

// ---- explain ----------------------------------------------------------------------------------

namespace {

Json allocation_json(const Allocation& given) {
  Json json;
  json.set("supplier", given.supplier);
  json.set("supplier_sku", given.supplier_sku);
  json.set("quantity", given.quantity);
  json.set("cost", to_text(given.cost));
  return json;
}

/// The offer of a supplier for an SKU as it was compared; null when it was not stored.
Json offer_json(const std::vector<Offer>& offers, const std::string& sku,
                const std::string& supplier) {
  for (const auto& offer : offers) {
    if (offer.sku != sku || offer.supplier != supplier) continue;
    Json json;
    json.set("supplier_sku", offer.supplier_sku);
    json.set("cost", to_text(offer.cost));
    json.set("stock", offer.stock);
    json.set("stated_at", offer.stated_at ? Json(to_text(offer.stated_at)) : Json());
    json.set("live", offer.live);
    json.set("lead_days", offer.lead_days);
    json.set("ship_from", offer.ship_from);
    return json;
  }
  return {};
}

Json candidate_json(const Candidate& candidate) {
  Json json;
  json.set("supplier", candidate.supplier);
  json.set("removed_by", candidate.removed_by);
  json.set("detail", candidate.detail);
  json.set("score", candidate.removed_by.empty() ? Json(candidate.score) : Json());
  json.set("feed_age_minutes", candidate.feed_age_minutes);
  return json;
}

/// One line of the order in a decision: who was asked about, who got pieces.
Json explained_line(const core::OrderState& state, std::int64_t number,
                    const std::vector<Candidate>& candidates,
                    const std::vector<Allocation>& allocations, const std::vector<Offer>& offers) {
  const auto* line = state.line(number);
  Json json;
  json.set("line", number);
  json.set("sku", line ? line->line.sku : "");
  json.set("title", line ? line->line.title : "");
  Json chosen{Json::Array{}}, considered{Json::Array{}};
  for (const auto& given : allocations) {
    if (given.line == number) chosen.push(allocation_json(given));
  }
  auto sorted = candidates;
  std::ranges::sort(sorted, [](const Candidate& a, const Candidate& b) {
    return a.score != b.score ? a.score > b.score : a.supplier < b.supplier;
  });
  for (const auto& candidate : sorted) {
    if (candidate.line != number) continue;
    auto item = candidate_json(candidate);
    item.set("offer", offer_json(offers, line ? line->line.sku : "", candidate.supplier));
    considered.push(std::move(item));
  }
  json.set("chosen", std::move(chosen));
  json.set("candidates", std::move(considered));
  return json;
}

Json decision_json(Desk& desk, const ports::EventRow& row, const core::OrderState& before,
                   const std::vector<Candidate>& candidates,
                   const std::vector<Allocation>& allocations, const std::string& policy,
                   const std::string& facts) {
  const auto compared = engine::read_compared(*desk.store, desk.tenant(), facts);
  std::vector<std::int64_t> lines;
  for (const auto& candidate : candidates) lines.push_back(candidate.line);
  for (const auto& given : allocations) lines.push_back(given.line);
  std::ranges::sort(lines);
  const auto twice = std::ranges::unique(lines);
  lines.erase(twice.begin(), twice.end());
  Json json;
  json.set("event", row.version);
  json.set("at", to_text(row.at));
  json.set("policy", policy);
  json.set("facts", facts);
  json.set("facts_stored", compared.has_value());
  const auto offers = compared ? compared->offers : std::vector<Offer>{};
  json.set("lines", listed(lines, [&](std::int64_t number) {
             return explained_line(before, number, candidates, allocations, offers);
           }));
  return json;
}

Json withdrawn_json(const ports::EventRow& row, const AllocationWithdrawn& event) {
  Json json;
  json.set("event", row.version);
  json.set("at", to_text(row.at));
  json.set("outcome", "withdrawn");
  json.set("po", event.po);
  json.set("supplier", event.supplier);
  json.set("reason", event.reason);
  json.set("pieces", listed(event.lines, line_quantity));
  return json;
}

}  // namespace

Answer order_explain(Desk& desk, const Request& request) {
  const auto stream = find_order(desk, request.text("order"));
  if (!stream) return fail(stream.error());
  const auto history = read_opened(*desk.store, desk.vault, *stream);
  if (!history) return fail(history.error());
  core::OrderState state;
  Json decisions{Json::Array{}};
  for (std::size_t i = 0; i < history->events.size(); ++i) {
    const auto& event = history->events[i];
    const auto& row = history->rows[i];
    if (const auto* decided = event.as<RoutingDecided>()) {
      auto json = decision_json(desk, row, state, decided->candidates, decided->allocations,
                                decided->policy, decided->facts);
      json.set("outcome", "decided");
      json.set("heuristic", decided->heuristic);
      decisions.push(std::move(json));
    } else if (const auto* failed = event.as<RoutingFailed>()) {
      auto json =
          decision_json(desk, row, state, failed->candidates, {}, failed->policy, failed->facts);
      json.set("outcome", "failed");
      json.set("reason", failed->reason);
      decisions.push(std::move(json));
    } else if (const auto* withdrawn = event.as<AllocationWithdrawn>()) {
      decisions.push(withdrawn_json(row, *withdrawn));
    }
    core::evolve(state, event);
  }
  Json json;
  json.set("order", id_text(OrderTag::prefix, stream->id));
  json.set("store_number", state.store_number);
  json.set("destination", state.destination.country);
  json.set("decisions", std::move(decisions));
  Json shut{Json::Array{}};
  for (const auto& [key, gate] : state.gates) {
    if (gate.result != GateResult::Pending && gate.result != GateResult::Failed &&
        gate.result != GateResult::Unclear) {
      continue;
    }
    Json item;
    item.set("gate", key);
    item.set("result", named(gate.result));
    item.set("detail", gate.detail);
    shut.push(std::move(item));
  }
  json.set("shut_gates", std::move(shut));
  return json;
}

}  // namespace holdfast::cli
