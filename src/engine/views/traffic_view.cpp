#include "engine/views/traffic_view.h"

#include <algorithm>

#include "model/effect.h"

namespace holdfast::engine {
namespace {

/// One thing said to the store, until its answer is found.
Json said(const Recorded& recorded, const char* what, std::int64_t parcel, std::string about) {
  Json json;
  json.set("what", what);
  json.set("parcel", parcel);
  json.set("about", std::move(about));
  json.set("at", to_text(recorded.row.at));
  json.set("event", recorded.row.version);
  json.set("answer", Json());
  json.set("answered_at", Json());
  json.set("detail", "");
  return json;
}

void answer(std::vector<Json>& list, std::string_view what, const auto& fits, const char* word,
            const Recorded& recorded, const std::string& detail) {
  const auto open = std::ranges::find_if(list, [&](const Json& one) {
    return one["what"].string() == what && one["answer"].is_null() && fits(one);
  });
  if (open == list.end()) return;
  open->set("answer", word);
  open->set("answered_at", to_text(recorded.row.at));
  open->set("detail", detail);
}

void add(std::vector<Json>& list, const Recorded& recorded) {
  const auto of_parcel = [](std::int64_t parcel) {
    return [parcel](const Json& one) { return one["parcel"].integer() == parcel; };
  };
  const auto& event = recorded.event;
  if (const auto* told = event.as<StoreTold>()) {
    list.push_back(said(recorded, "fulfilled", told->parcel, std::string(name_of(told->proof))));
  } else if (const auto* tracked = event.as<StoreTrackingTold>()) {
    list.push_back(
        said(recorded, "tracking", tracked->parcel, std::string(name_of(tracked->status))));
  } else if (const auto* hold = event.as<StoreHoldAsked>()) {
    list.push_back(said(recorded, hold->place ? "hold" : "release", 0, hold->reason));
  } else if (const auto* done = event.as<StoreRecorded>()) {
    answer(list, "fulfilled", of_parcel(done->parcel), "done", recorded, done->fulfillment);
  } else if (const auto* refused = event.as<StoreRefusedFulfillment>()) {
    answer(list, "fulfilled", of_parcel(refused->parcel), "refused", recorded, refused->detail);
  } else if (const auto* changed = event.as<StoreHoldChanged>()) {
    answer(list, changed->placed ? "hold" : "release", [](const Json&) { return true; }, "done",
           recorded, {});
  }
}

}  // namespace

Json store_messages_json(const History& history) {
  std::vector<Json> list;
  for (const auto& recorded : history.events) add(list, recorded);
  Json json{Json::Array{}};
  for (auto& one : list) json.push(std::move(one));
  return json;
}

Json requests_json(const History& history, const std::vector<ports::OutboxRow>& rows,
                   const WordBook& words) {
  Json list{Json::Array{}};
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
    const auto parsed = parse_json(row->bytes);
    Json fields = parsed ? *parsed : Json(Json::Object{});
    const auto event = std::ranges::find(history.events, row->seq,
                                         [](const Recorded& one) { return one.row.seq; });
    Json json;
    json.set("event", event == history.events.end() ? 0 : event->row.version);
    json.set("effect", fields["effect"].string());
    json.set("to", row->lane);
    json.set("state", name_of(row->state));
    json.set("attempts", row->attempts);
    json.set("at", moment_json(row->changed_at));
    json.set("not_before", moment_json(row->not_before));
    json.set("detail", words.open(row->detail));
    fields.erase("effect");
    json.set("fields", std::move(fields));
    list.push(std::move(json));
  }
  return list;
}

}  // namespace holdfast::engine
