#include <algorithm>

#include "engine/views/order_view.h"

namespace holdfast::engine {
namespace {

Json allocations_json(const std::vector<Allocation>& allocations) {
  Json list{Json::Array{}};
  for (const auto& part : allocations) {
    Json json;
    json.set("line", part.line);
    json.set("quantity", part.quantity);
    json.set("supplier", part.supplier);
    json.set("supplier_sku", part.supplier_sku);
    json.set("cost", amount_json(part.cost));
    list.push(std::move(json));
  }
  return list;
}

bool chosen(const std::vector<Allocation>& allocations, const Candidate& candidate) {
  return std::ranges::any_of(allocations, [&](const Allocation& part) {
    return part.line == candidate.line && part.supplier == candidate.supplier;
  });
}

Json candidates_json(const std::vector<Candidate>& candidates,
                     const std::vector<Allocation>& allocations) {
  Json list{Json::Array{}};
  for (const auto& candidate : candidates) {
    Json json;
    json.set("line", candidate.line);
    json.set("supplier", candidate.supplier);
    json.set("removed_by", candidate.removed_by);
    json.set("detail", candidate.detail);
    json.set("score", candidate.score);
    json.set("feed_age_minutes", candidate.feed_age_minutes);
    json.set("chosen", chosen(allocations, candidate));
    list.push(std::move(json));
  }
  return list;
}

std::string sentence_of(const Allocation& part, const std::vector<Candidate>& candidates) {
  std::int64_t scored = 0, removed = 0, score = 0;
  for (const auto& candidate : candidates) {
    if (candidate.line != part.line) continue;
    (candidate.removed_by.empty() ? scored : removed) += 1;
    if (candidate.supplier == part.supplier) score = candidate.score;
  }
  std::string text = "Line " + std::to_string(part.line) + ": " + std::to_string(part.quantity) +
                     " from " + part.supplier;
  if (scored > 1) {
    text += ", score " + std::to_string(score) + " of " + std::to_string(scored) + " candidates";
  } else {
    text += ", the only candidate left";
  }
  if (removed > 0) text += "; " + std::to_string(removed) + " removed beforehand";
  return text + ".";
}

std::string text_of(const RoutingDecided& decided) {
  std::string text;
  for (const auto& part : decided.allocations) {
    text += (text.empty() ? "" : " ") + sentence_of(part, decided.candidates);
  }
  return text;
}

std::string text_of(const RoutingFailed& failed) {
  std::string text = "No supplier could be chosen: " + spoken(failed.reason) + ".";
  for (const auto& candidate : failed.candidates) {
    if (candidate.removed_by.empty()) continue;
    text += " Line " + std::to_string(candidate.line) + ": " + candidate.supplier + " removed by " +
            spoken(candidate.removed_by) + ".";
  }
  return text;
}

Json decision_json(const Recorded& recorded, const std::string& policy, const std::string& facts,
                   bool heuristic, const std::string& failure, const std::string& text) {
  Json json;
  json.set("event", recorded.row.version);
  json.set("at", to_text(recorded.row.at));
  json.set("policy", policy);
  json.set("facts", facts);
  json.set("heuristic", heuristic);
  json.set("failure", failure);
  json.set("text", text);
  return json;
}

}  // namespace

Json routing_json(const History& history) {
  Json items{Json::Array{}};
  for (auto at = history.events.rbegin(); at != history.events.rend(); ++at) {
    if (const auto* decided = at->event.as<RoutingDecided>()) {
      auto json = decision_json(*at, decided->policy, decided->facts, decided->heuristic, "",
                                text_of(*decided));
      json.set("allocations", allocations_json(decided->allocations));
      json.set("candidates", candidates_json(decided->candidates, decided->allocations));
      items.push(std::move(json));
    } else if (const auto* failed = at->event.as<RoutingFailed>()) {
      auto json = decision_json(*at, failed->policy, failed->facts, false, failed->reason,
                                text_of(*failed));
      json.set("allocations", Json(Json::Array{}));
      json.set("candidates", candidates_json(failed->candidates, {}));
      items.push(std::move(json));
    }
  }
  Json json;
  json.set("items", std::move(items));
  return json;
}

}  // namespace holdfast::engine
