// What a message to a buyer said, for whoever answers that buyer.
#include <algorithm>

#include "api/desk.h"
#include "engine/told.h"
#include "engine/views/history.h"

namespace holdfast::api {
namespace {

/// Why there is no text, in words for the person who asked for it.
std::string why_none(const core::OrderState& state, const BuyerTold& told) {
  if (told.speaker != Speaker::Holdfast) {
    return "The store wrote this message itself: what it said is not known here.";
  }
  if (state.erased) return "The buyer's data was erased, and what was written to them with it.";
  return "No text of this message is kept: it never left, the time for keeping it has passed, or "
         "it left before texts were kept.";
}

Trouble none(std::string why) { return {404, "not_found", std::move(why), "event", {}}; }

void get_text(Desk& desk, const CallPtr& call) {
  const auto id = id_from<OrderTag>(call->segment(3));
  if (!id) return call->answer(not_found());
  const ports::StreamKey stream{desk.tenant(), ports::StreamKind::Order, id->value};
  const auto& vault = desk.engine.vault();
  const auto history = engine::read_history(desk.store(), vault, stream);
  if (!history) return call->refuse(history.error());
  const auto recorded = std::ranges::find(
      history->events, call->segment(5),
      [](const engine::Recorded& one) { return std::to_string(one.row.version); });
  const auto* told = recorded == history->events.end() ? nullptr : recorded->event.as<BuyerTold>();
  if (!told) return call->refuse(none("This event of the order is no message to the buyer."));
  const auto text = engine::read_told(desk.store(), vault, stream, recorded->row.seq);
  if (!text && text.error().code != ErrorCode::NotFound) return call->refuse(text.error());
  if (!text) return call->refuse(none(why_none(history->state, *told)));
  Json json;
  json.set("language", text->language);
  json.set("subject", text->subject);
  json.set("text", text->text);
  json.set("at", to_text(text->at));
  call->answer(json_answer(json));
}

}  // namespace

std::vector<Route> told_routes() { return {{"getMessageText", get_text}}; }

}  // namespace holdfast::api
