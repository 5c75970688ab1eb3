// What shops and the clock do: orders come in, are reported again, answers to what we told them.
#include <algorithm>

#include "apps/stories/phrase.h"
#include "apps/stories/world.h"
#include "base/text.h"

namespace holdfast::stories {
namespace {

/// Applies a list such as "2 x MUG at 12.50 EUR to DE 10115, paid" to the shop's order.
Status describe_order(World& w, std::string_view text) {
  while (!text.empty()) {
    const auto comma = text.find(", ");
    const auto part = find_phrase(trim(text.substr(0, comma)), order_phrases());
    if (!part) return fail(part.error());
    if (auto status = part->phrase->act(w, part->gaps); !status) return status;
    text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 2);
  }
  return {};
}

Status observe(World& w, const char* source) {
  return w.ask(ChannelCommand(ObserveOrder{w.shop, source}));
}

Status comes_in(World& w, const Gaps& g) {
  if (w.shop.channel.empty()) w.shop.channel = "store";
  w.shop.store_number = g[0];
  w.shop.channel_order = "90071992547409931" + g[0].substr(1);
  w.shop.placed_at = w.now;
  w.shop.as_of = w.now;
  w.shop.locale = "en";
  w.shop.service = "Standard";
  if (auto status = describe_order(w, g[1]); !status) return status;
  auto status = observe(w, "orders/create");
  w.address_changed = false;
  return status;
}

/// A report older than the newest one is told as it was and then forgotten.
Status reports_again(World& w, const std::string& changes) {
  const auto before = w.shop;
  const auto destination = w.destination;
  w.shop.as_of = w.now;
  if (auto status = describe_order(w, changes); !status) return status;
  const bool stale = w.shop.as_of < w.now;
  auto status = observe(w, "orders/updated");
  w.address_changed = false;
  if (stale) {
    w.shop = before;
    w.destination = destination;
  }
  return status;
}

Status fulfillment_answer(World& w, std::int64_t parcel, std::string id, std::string refusal) {
  RecordStoreAnswer answer;
  answer.parcel = parcel;
  answer.fulfillment = std::move(id);
  answer.refused = !refusal.empty();
  answer.detail = std::move(refusal);
  return w.ask(ChannelCommand(std::move(answer)));
}

}  // namespace

Phrases channel_happenings() {
  return {
      {"order <number> comes in: <text>", comes_in},
      {"the shop reports <number> again with <text>",
       [](World& w, const Gaps& g) { return reports_again(w, g[1]); }},
      {"the shop reports <number> again",
       [](World& w, const Gaps&) { return reports_again(w, ""); }},
      {"the shop reports another order <number>",
       [](World& w, const Gaps& g) {
         const auto ours = w.shop.channel_order;
         w.shop.channel_order = g[0];
         auto status = observe(w, "orders/updated");
         w.shop.channel_order = ours;
         return status;
       }},
      {"the same arrives again", [](World& w, const Gaps&) { return w.ask_again(); }},
      {"from now on <text>",
       [](World& w, const Gaps& g) -> Status {
         const auto given = find_phrase(g[0], given_phrases());
         if (!given) return fail(given.error());
         if (auto status = given->phrase->act(w, given->gaps); !status) return status;
         return w.ask(EngineCommand(Advance{}));
       }},
      {"the order is looked at again",
       [](World& w, const Gaps&) { return w.ask(EngineCommand(Advance{})); }},
      {"<span> pass", [](World& w, const Gaps& g) { return w.pass(g.span(0)); }},
      {"<span> passes", [](World& w, const Gaps& g) { return w.pass(g.span(0)); }},
      {"timer <timer> about <text> fires once more",
       [](World& w, const Gaps& g) {
         return w.ask(EngineCommand(FireTimer{g.name<TimerKind>(0), g[1], w.now}));
       }},
      {"the store accepts parcel <n> as fulfillment <fulfillment>",
       [](World& w, const Gaps& g) { return fulfillment_answer(w, g.number(0), g[1], ""); }},
      {"the store refuses parcel <n>: <text>",
       [](World& w, const Gaps& g) { return fulfillment_answer(w, g.number(0), "", g[1]); }},
      {"the store places our hold <hold> on part <part>",
       [](World& w, const Gaps& g) {
         return w.ask(ChannelCommand(RecordStoreHold{g[1], g[0], true}));
       }},
      {"the store releases our hold <hold> on part <part>",
       [](World& w, const Gaps& g) {
         return w.ask(ChannelCommand(RecordStoreHold{g[1], g[0], false}));
       }},
      {"the buyer's data must be erased: <text>",
       [](World& w, const Gaps& g) { return w.ask(ChannelCommand(ErasePersonalData{g[0]})); }},
      {"the buyer answers <question> with <answer>",
       [](World& w, const Gaps& g) {
         return w.ask(ChannelCommand(AnswerBuyerQuestion{g[0], g[1], false}));
       }},
      {"the message <moment> about parcel <n> is <effect state>: <text>",
       [](World& w, const Gaps& g) {
         return w.ask(EngineCommand(
             SettleMessage{g.name<Moment>(0), g.number(1), g.name<EffectState>(2), g[3]}));
       }},
      {"the message <moment> is <effect state>: <text>",
       [](World& w, const Gaps& g) {
         return w.ask(
             EngineCommand(SettleMessage{g.name<Moment>(0), 0, g.name<EffectState>(1), g[2]}));
       }},
      {"the effect <effect> about <text> is <effect state>: <text>",
       [](World& w, const Gaps& g) {
         return w.ask(EngineCommand(SettleEffect{g[0], g.name<EffectState>(2), g[1], g[3]}));
       }},
  };
}

}  // namespace holdfast::stories
