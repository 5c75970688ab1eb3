#include "engine/views/order_parts.h"

#include <algorithm>
#include <tuple>

#include "core/sla/timers.h"
#include "core/tracking/proof.h"
#include "engine/documents.h"
#include "engine/messages/messages.h"

namespace holdfast::engine {
namespace {

Json answer_json(const LineAnswer& answer) {
  Json json;
  json.set("line", answer.line);
  json.set("kind", name_of(answer.kind));
  json.set("quantity", answer.quantity);
  json.set("supplier_sku", answer.supplier_sku);
  json.set("cost", amount_json(answer.cost));
  json.set("ready_at", moment_json(answer.ready_at));
  json.set("note", answer.note);
  return json;
}

Json po_lines_json(const core::PoState& po) {
  Json list{Json::Array{}};
  for (const auto& line : po.lines) {
    Json json;
    json.set("line", line.asked.line);
    json.set("quantity", line.asked.quantity);
    json.set("supplier_sku", line.asked.supplier_sku);
    json.set("cost", amount_json(line.asked.cost));
    json.set("live", line.live());
    json.set("withdrawn", line.withdrawn);
    json.set("refused", line.refused);
    json.set("cancelling", line.cancelling);
    json.set("answer", line.answer ? answer_json(*line.answer) : Json());
    json.set("change_open", line.change_open());
    json.set("answer_event", line.answer_event);
    list.push(std::move(json));
  }
  return list;
}

Json purchase_json(const core::PoState& po) {
  Json steps{Json::Array{}};
  for (const auto step : po.steps) steps.push(name_of(step));
  Json json;
  json.set("po", po.po);
  json.set("supplier", po.supplier);
  json.set("ship_model", name_of(po.ship_model));
  json.set("mode", name_of(po.mode));
  json.set("total", amount_json(po.total));
  json.set("released_at", moment_json(po.released_at));
  json.set("reply", po.reply ? Json(name_of(*po.reply)) : Json());
  json.set("replied_at", moment_json(po.replied_at));
  json.set("supplier_ref", po.supplier_ref);
  json.set("confirmed", po.confirmed());
  json.set("ack_strength", po.acknowledged_event != 0 ? Json(name_of(po.ack_strength)) : Json());
  json.set("refused", po.refused);
  json.set("closed", po.closed);
  json.set("cancel_lapsed", po.cancel_lapsed);
  json.set("double_buy", po.double_buy);
  json.set("steps", std::move(steps));
  json.set("lines", po_lines_json(po));
  json.set("payment", po.payment ? Json(name_of(*po.payment)) : Json());
  return json;
}

/// What the supplier said of its own checks, newest first.
Json attested_json(const History& history, const std::string& po) {
  Json list{Json::Array{}};
  for (auto at = history.events.rbegin(); at != history.events.rend(); ++at) {
    const auto* said = at->event.as<CheckAttested>();
    if (!said || said->po != po) continue;
    Json json;
    json.set("event", at->row.version);
    json.set("at", to_text(said->at));
    json.set("check", name_of(said->check));
    json.set("statement", said->statement);
    json.set("photo", said->photo);
    json.set("actor", said->actor);
    list.push(std::move(json));
  }
  return list;
}

/// Newest first, with what the stored event says beyond the state.
Json tracked_json(const History& history, const core::ParcelState& parcel) {
  auto events = parcel.events;
  std::ranges::sort(events, [](const core::TrackedEvent& a, const core::TrackedEvent& b) {
    return std::tie(a.at, a.event) > std::tie(b.at, b.event);
  });
  Json list{Json::Array{}};
  for (const auto& event : events) {
    const auto* recorded = history.at(event.event);
    const auto* told = recorded ? recorded->event.as<TrackingRecorded>() : nullptr;
    Json json;
    json.set("event", event.event);
    json.set("status", name_of(event.status));
    json.set("flag", name_of(event.flag));
    json.set("proof", name_of(event.proof));
    json.set("party", name_of(told ? told->party : Party::None));
    json.set("place", told ? told->place : "");
    json.set("country", event.country);
    json.set("at", to_text(event.at));
    json.set("uncertainty_minutes", event.uncertainty_minutes);
    json.set("time_text", told ? told->carrier_time_text : "");
    json.set("raw", told ? told->raw : "");
    json.set("source", told ? told->source : "");
    list.push(std::move(json));
  }
  return list;
}

Json parcel_json(const History& history, const core::ParcelState& parcel) {
  const auto* accepted = core::acceptance(parcel);
  Json json;
  json.set("parcel", parcel.parcel);
  json.set("po", parcel.po);
  json.set("carrier", parcel.carrier);
  json.set("tracking", parcel.tracking);
  auto former = parcel.retired;
  former.insert(former.end(), parcel.mistaken.begin(), parcel.mistaken.end());
  json.set("retired", texts_json(former));
  json.set("lines", quantities_json(parcel.lines));
  json.set("announced_at", to_text(parcel.announced_at));
  json.set("strength", name_of(parcel.strength));
  json.set("provider", parcel.provider);
  json.set("label_matched", parcel.label_matched);
  json.set("label_mismatched", parcel.label_mismatched);
  json.set("accepted_event", accepted ? accepted->event : 0);
  json.set("told_event", parcel.told_event);
  json.set("fulfillment", parcel.fulfillment);
  json.set("store_refused", parcel.store_refused);
  json.set("anomalies", texts_json(parcel.anomalies));
  json.set("events", tracked_json(history, parcel));
  return json;
}

}  // namespace

Json quantities_json(const std::vector<LineQuantity>& lines) {
  Json list{Json::Array{}};
  for (const auto& part : lines) {
    Json json;
    json.set("line", part.line);
    json.set("quantity", part.quantity);
    list.push(std::move(json));
  }
  return list;
}

Json payment_json(const core::OrderState& state) {
  Json json;
  json.set("state", name_of(state.payment));
  json.set("authorized", amount_json(state.authorized));
  json.set("captured", amount_json(state.captured));
  json.set("refunded", amount_json(state.refunded));
  json.set("authorization_expires_at", moment_json(state.authorization_expires_at));
  json.set("as_of", moment_json(state.payment_as_of));
  json.set("event", state.payment_event);
  return json;
}

Json risk_json(const core::OrderState& state) {
  Json json;
  json.set("level", name_of(state.risk));
  json.set("as_of", moment_json(state.risk_as_of));
  json.set("event", state.risk_event);
  return json;
}

Json promises_json(const core::OrderState& state) {
  Json list{Json::Array{}};
  for (const auto& promise : state.promises) {
    Json json;
    json.set("promise", name_of(promise.promise));
    json.set("due_at", to_text(promise.due_at));
    json.set("source", promise.source);
    list.push(std::move(json));
  }
  return list;
}

Json lines_json(const core::OrderState& state) {
  Json list{Json::Array{}};
  for (const auto& known : state.lines) {
    const auto& line = known.line;
    Json json;
    json.set("line", line.line);
    json.set("channel_line", line.channel_line);
    json.set("sku", line.sku);
    json.set("title", line.title);
    json.set("variant", line.variant);
    json.set("quantity", line.quantity);
    json.set("price", amount_json(line.price));
    json.set("ships", line.ships);
    json.set("instructions", line.instructions);
    json.set("fulfill_at", moment_json(state.fulfill_at(known)));
    json.set("wanted", known.wanted());
    json.set("reduced", known.reduced);
    json.set("elsewhere", known.elsewhere);
    json.set("on_order", state.on_order(line.line));
    json.set("in_parcels", state.in_parcels(line.line));
    list.push(std::move(json));
  }
  return list;
}

Json purchases_json(const Setup& setup, const History& history) {
  Json list{Json::Array{}};
  for (const auto& po : history.state.pos) {
    auto json = purchase_json(po);
    json.set("checks", checks_json(history, po));
    json.set("attested", attested_json(history, po.po));
    const auto profile = setup.profiles.find(po.supplier);
    json.set("by_hand", placed_by_hand(setup, po.supplier));
    json.set("may_remind", can_be_reminded(setup, po.supplier));
    json.set("zone", profile == setup.profiles.end() ? "" : profile->second.calendar.zone);
    list.push(std::move(json));
  }
  return list;
}

Json checks_json(const History& history, const core::PoState& po) {
  Json list{Json::Array{}};
  for (const auto& [kind, check] : po.checks) {
    const auto* recorded = history.at(check.event);
    const auto* looked = recorded ? recorded->event.as<CheckRecorded>() : nullptr;
    const auto* said = recorded ? recorded->event.as<CheckAttested>() : nullptr;
    Json json;
    json.set("check", name_of(kind));
    json.set("verdict", name_of(check.verdict));
    json.set("strength", name_of(check.strength));
    json.set("event", check.event);
    json.set("at", moment_json(looked ? looked->at : said ? said->at : Instant{}));
    json.set("actor", looked ? looked->actor : said ? said->actor : "");
    json.set("items", looked ? findings_json(*looked) : Json{Json::Array{}});
    list.push(std::move(json));
  }
  return list;
}

Json parcels_json(const History& history) {
  Json list{Json::Array{}};
  for (const auto& parcel : history.state.parcels) list.push(parcel_json(history, parcel));
  return list;
}

Json messages_json(const Setup& setup, const History& history) {
  Json list{Json::Array{}};
  const auto language = message_language(history.state, setup.buyer_locale);
  for (const auto& recorded : history.events) {
    const auto* told = recorded.event.as<BuyerTold>();
    if (!told) continue;
    Json state;
    std::string detail = told->detail;
    Instant at = recorded.row.at;
    for (const auto& later : history.events) {
      const auto* settled = later.event.as<MessageSettled>();
      if (!settled || settled->moment != told->moment || settled->parcel != told->parcel) continue;
      state = name_of(settled->state);
      if (!settled->detail.empty()) detail = settled->detail;
      at = later.row.at;
    }
    Json json;
    json.set("moment", name_of(told->moment));
    json.set("parcel", told->parcel);
    json.set("speaker", name_of(told->speaker));
    json.set("language", told->speaker == Speaker::Holdfast ? std::string(language) : "");
    json.set("state", std::move(state));
    json.set("at", to_text(at));
    json.set("event", recorded.row.version);
    json.set("detail", detail);
    list.push(std::move(json));
  }
  return list;
}

Json questions_json(const core::OrderState& state) {
  Json list{Json::Array{}};
  for (const auto& question : state.questions) {
    Json json, answers{Json::Array{}};
    for (const auto& answer : core::buyer_answers()) answers.push(answer);
    json.set("question", question.question);
    json.set("default_answer", question.default_answer);
    json.set("due_at", to_text(question.due_at));
    json.set("answer", question.answer);
    json.set("answers", std::move(answers));
    list.push(std::move(json));
  }
  return list;
}

}  // namespace holdfast::engine
