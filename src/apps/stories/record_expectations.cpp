// What a story may expect to have happened since its last `when`: events, effects, refusals.
#include <algorithm>

#include "apps/stories/phrase.h"
#include "apps/stories/world.h"
#include "base/text.h"

namespace holdfast::stories {
namespace {

/// "gate=address result=failed detail=\"a b\"" as name and value.
std::vector<std::pair<std::string, std::string>> fields_of(std::string_view text) {
  std::vector<std::pair<std::string, std::string>> fields;
  while (!(text = trim(text)).empty()) {
    const auto equals = text.find('=');
    if (equals == std::string_view::npos) {
      fields.emplace_back(text, "");
      break;
    }
    const std::string name(text.substr(0, equals));
    text.remove_prefix(equals + 1);
    const bool quoted = text.starts_with('"');
    if (quoted) text.remove_prefix(1);
    const auto end = text.find(quoted ? '"' : ' ');
    fields.emplace_back(name, text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return fields;
}

/// Follows "lines.0.quantity" through objects and lists.
const Json& member(const Json& json, std::string_view path) {
  static const Json none;
  const Json* at = &json;
  for (const auto name : split(path, '.')) {
    if (!at->is_array()) {
      at = &(*at)[name];
      continue;
    }
    const auto index = static_cast<std::size_t>(std::atoi(std::string(name).c_str()));
    at = index < at->items().size() ? &at->items()[index] : &none;
  }
  return *at;
}

std::string value_text(const Json& json) {
  if (json.is_string()) return json.string();
  if (json.is_null()) return "";
  return to_text(json);
}

bool fits(const std::string& bytes, std::string_view kind, std::string_view name,
          std::string_view wanted) {
  const auto json = parse_json(bytes);
  if (!json || (*json)[kind].string() != name) return false;
  return std::ranges::all_of(fields_of(wanted), [&](const auto& field) {
    return value_text(member(*json, field.first)) == field.second;
  });
}

/// How many of the encoded things are of this name with these fields.
std::int64_t count(const std::vector<std::string>& all, std::string_view kind,
                   std::string_view name, std::string_view wanted) {
  return std::ranges::count_if(
      all, [&](const std::string& bytes) { return fits(bytes, kind, name, wanted); });
}

std::vector<std::string> encoded(const std::vector<Event>& events) {
  std::vector<std::string> all;
  for (const auto& event : events) all.push_back(encode_event(event));
  return all;
}

std::vector<std::string> encoded(const std::vector<Effect>& effects) {
  std::vector<std::string> all;
  for (const auto& effect : effects) all.push_back(encode_effect(effect));
  return all;
}

Status some(const std::vector<std::string>& all, const char* kind, const std::string& name,
            std::string_view wanted) {
  if (count(all, kind, name, wanted) > 0) return {};
  std::string same;
  for (const auto& bytes : all) {
    if (fits(bytes, kind, name, "")) same += "\n      " + bytes;
  }
  return expected(std::string(kind) + " " + name + " " + std::string(wanted),
                  same.empty() ? "none of that name" : same);
}

Status none(const std::vector<std::string>& all, const char* kind, const std::string& name,
            std::string_view wanted) {
  for (const auto& bytes : all) {
    if (fits(bytes, kind, name, wanted)) {
      return expected("no " + std::string(kind) + " " + name + " " + std::string(wanted), bytes);
    }
  }
  return {};
}

Status refused(World& w, const Gaps& g) {
  if (!w.refusal) return expected("refused: " + g[0], "it was accepted");
  const auto words = describe(*w.refusal);
  w.refusal.reset();
  if (words.find(g[0]) != std::string::npos) return {};
  return expected("refused: " + g[0], words);
}

Status nothing_happens(World& w, const Gaps&) {
  const auto events = w.block_events();
  if (events.empty()) return {};
  return expected("nothing happens", std::string(name_of(events.front())));
}

Phrases of_events() {
  return {
      {"it is refused: <text>", refused},
      {"nothing happens", nothing_happens},
      {"event <event>",
       [](World& w, const Gaps& g) { return some(encoded(w.block_events()), "event", g[0], ""); }},
      {"event <event> <text>",
       [](World& w, const Gaps& g) {
         return some(encoded(w.block_events()), "event", g[0], g[1]);
       }},
      {"no event <event>",
       [](World& w, const Gaps& g) { return none(encoded(w.block_events()), "event", g[0], ""); }},
      {"no event <event> <text>",
       [](World& w, const Gaps& g) {
         return none(encoded(w.block_events()), "event", g[0], g[1]);
       }},
      {"never an event <event>",
       [](World& w, const Gaps& g) { return none(encoded(w.events), "event", g[0], ""); }},
      {"never an event <event> <text>",
       [](World& w, const Gaps& g) { return none(encoded(w.events), "event", g[0], g[1]); }},
      {"in all <n> events <event>",
       [](World& w, const Gaps& g) -> Status {
         const auto found = count(encoded(w.events), "event", g[1], "");
         if (found == g.number(0)) return {};
         return expected(g[0] + " events " + g[1], std::to_string(found));
       }},
  };
}

Phrases of_effects() {
  return {
      {"effect <effect>",
       [](World& w, const Gaps& g) {
         return some(encoded(w.block_effects()), "effect", g[0], "");
       }},
      {"effect <effect> <text>",
       [](World& w, const Gaps& g) {
         return some(encoded(w.block_effects()), "effect", g[0], g[1]);
       }},
      {"no effect <effect>",
       [](World& w, const Gaps& g) {
         return none(encoded(w.block_effects()), "effect", g[0], "");
       }},
      {"in all <n> effects <effect>",
       [](World& w, const Gaps& g) -> Status {
         const auto found = count(encoded(w.outbox), "effect", g[1], "");
         if (found == g.number(0)) return {};
         return expected(g[0] + " effects " + g[1], std::to_string(found));
       }},
      {"nothing is sent to suppliers",
       [](World& w, const Gaps&) {
         return none(encoded(w.outbox), "effect", "PlacePurchaseOrder", "");
       }},
      {"nothing more is sent to suppliers",
       [](World& w, const Gaps&) {
         return none(encoded(w.block_effects()), "effect", "PlacePurchaseOrder", "");
       }},
      {"purchase order <po> is sent to <supplier>",
       [](World& w, const Gaps& g) {
         return some(encoded(w.block_effects()), "effect", "PlacePurchaseOrder",
                     "po=" + po_name(g[0]) + " supplier=" + g[1]);
       }},
      {"the supplier is asked to cancel <n> of line <n> of purchase order <po>",
       [](World& w, const Gaps& g) {
         return some(encoded(w.block_effects()), "effect", "CancelSupply",
                     "po=" + po_name(g[2]) + " lines.0.line=" + g[1] + " lines.0.quantity=" + g[0]);
       }},
      {"the supplier is asked nothing about cancelling",
       [](World& w, const Gaps&) {
         return none(encoded(w.block_effects()), "effect", "CancelSupply", "");
       }},
      {"the store is told that parcel <n> left",
       [](World& w, const Gaps& g) {
         return some(encoded(w.block_effects()), "effect", "FulfillAtChannel", "parcel=" + g[0]);
       }},
      {"the store is not told that anything left",
       [](World& w, const Gaps&) {
         return none(encoded(w.outbox), "effect", "FulfillAtChannel", "");
       }},
      {"the buyer gets the message <moment> about parcel <n>",
       [](World& w, const Gaps& g) {
         return some(encoded(w.block_effects()), "effect", "SendBuyerMessage",
                     "moment=" + g[0] + " parcel=" + g[1]);
       }},
      {"the buyer gets the message <moment>",
       [](World& w, const Gaps& g) {
         return some(encoded(w.block_effects()), "effect", "SendBuyerMessage", "moment=" + g[0]);
       }},
      {"the buyer gets no message <moment>",
       [](World& w, const Gaps& g) {
         return none(encoded(w.block_effects()), "effect", "SendBuyerMessage", "moment=" + g[0]);
       }},
  };
}

}  // namespace

Phrases record_expectations() {
  auto all = of_events();
  const auto effects = of_effects();
  all.insert(all.end(), effects.begin(), effects.end());
  return all;
}

const Phrases& then_phrases() {
  static const Phrases all = [] {
    auto phrases = record_expectations();
    const auto states = state_expectations();
    phrases.insert(phrases.end(), states.begin(), states.end());
    return phrases;
  }();
  return all;
}

}  // namespace holdfast::stories
