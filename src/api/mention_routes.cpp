// Colleagues, and the notes in which somebody was called by name.
#include <algorithm>
#include <map>

#include "api/desk.h"
#include "api/fields.h"
#include "api/mentions.h"
#include "base/text.h"
#include "engine/views/history.h"

namespace holdfast::api {
namespace {

constexpr std::size_t most_listed = 50;   // each may take reading an order
constexpr std::size_t most_counted = 99;  // more than this is said as "99+"

std::string place_of(const User& user) { return user.id + "-"; }

/// Everything newer than this mention was not read yet; the newest one's keys are the least.
Result<std::string> seen_by(Desk& desk, const User& user) {
  auto row = desk.store().record({desk.tenant(), "mention_seen", user.id});
  if (!row) return fail(row.error());
  return *row ? (*row)->bytes : std::string();
}

bool is_unread(const std::string& mention, const std::string& seen) {
  return seen.empty() || mention < seen;
}

/// Somebody's own records after a mention, newest first.
Result<std::vector<ports::RecordRow>> own_mentions(Desk& desk, const User& user,
                                                   const std::string& after, std::size_t limit) {
  const auto place = place_of(user);
  auto rows = desk.store().records(desk.tenant(), "mention", place + after, limit);
  if (!rows) return rows;
  std::erase_if(*rows, [&](const auto& row) { return !row.key.starts_with(place); });
  return rows;
}

/// Orders read for one page, each once.
class Orders {
 public:
  explicit Orders(Desk& desk) : desk_(desk) {}

  /// Nothing when there is no such order.
  const engine::History* of(const std::string& order) {
    const auto known = read_.find(order);
    if (known != read_.end()) return known->second ? &*known->second : nullptr;
    auto& place = read_[order];
    const auto stream = engine::parse_stream(desk_.tenant(), order);
    if (!stream) return nullptr;
    auto history = engine::read_history(desk_.store(), desk_.engine.vault(), *stream);
    if (history) place = std::move(*history);
    return place ? &*place : nullptr;
  }

 private:
  Desk& desk_;
  std::map<std::string, std::optional<engine::History>> read_;
};

/// The contract's Mention; null when its note is not to be seen any more.
Json mention_json(Orders& orders, const Who& who, const ports::RecordRow& row,
                  const std::string& id) {
  const auto record = parse_json(row.bytes);
  if (!record) return {};
  const auto* order = orders.of((*record)["order"].string());
  if (!order || !who.sees(order->state.channel)) return {};
  const auto* recorded = order->at((*record)["event"].integer());
  const auto* note = recorded ? recorded->event.as<NoteAdded>() : nullptr;
  if (!note) return {};
  Json json;
  json.set("id", id);
  json.set("order", (*record)["order"].string());
  json.set("store_number", order->state.store_number);
  json.set("channel", order->state.channel);
  json.set("event", recorded->row.version);
  json.set("at", to_text(recorded->row.at));
  json.set("by", note->actor);
  json.set("text", note->text);
  return json;
}

/// Notes are read by who reads orders, also those that call somebody who does no more.
bool may_see_any(const Who& who) { return who.user && who.may(Right::Read); }

void list_mentions(Desk& desk, const CallPtr& call) {
  auto limit = call->limit();
  if (!limit) return call->refuse(limit.error());
  Json items{Json::Array{}};
  if (!may_see_any(call->who)) return call->answer(json_answer(page_json(std::move(items), {})));
  const auto& user = *call->who.user;
  const auto most = std::min(*limit, most_listed);
  auto rows = own_mentions(desk, user, call->parameter("cursor"), most + 1);
  if (!rows) return call->refuse(rows.error());
  auto seen = seen_by(desk, user);
  if (!seen) return call->refuse(seen.error());
  const bool more = rows->size() > most;
  if (more) rows->pop_back();
  Orders orders(desk);
  std::string last;
  for (const auto& row : *rows) {
    last = row.key.substr(place_of(user).size());
    auto json = mention_json(orders, call->who, row, last);
    if (json.is_null()) continue;
    json.set("unread", is_unread(last, *seen));
    items.push(std::move(json));
  }
  call->answer(json_answer(page_json(std::move(items), more ? last : std::string())));
}

Result<Json> count_json(Desk& desk, const User& user, const std::string& seen) {
  auto rows = own_mentions(desk, user, {}, most_counted + 1);
  if (!rows) return fail(rows.error());
  const auto unread = static_cast<std::size_t>(std::ranges::count_if(*rows, [&](const auto& row) {
    return is_unread(row.key.substr(place_of(user).size()), seen);
  }));
  Json json;
  json.set("unread", static_cast<std::int64_t>(std::min(unread, most_counted)));
  json.set("more", unread > most_counted);
  return json;
}

void count_mentions(Desk& desk, const CallPtr& call) {
  if (!may_see_any(call->who)) {
    Json none;
    none.set("unread", 0);
    none.set("more", false);
    return call->answer(json_answer(none));
  }
  auto seen = seen_by(desk, *call->who.user);
  if (!seen) return call->refuse(seen.error());
  auto json = count_json(desk, *call->who.user, *seen);
  if (!json) return call->refuse(json.error());
  call->answer(json_answer(*json));
}

void mark_mentions_read(Desk& desk, const CallPtr& call) {
  Fields fields(call->body);
  const auto until = fields.text("until", 1, 100);
  if (auto status = fields.finish(); !status) return call->refuse(status.error());
  if (!call->who.user) return call->answer(not_found());
  const auto& user = *call->who.user;
  auto known = desk.store().record({desk.tenant(), "mention", place_of(user) + until});
  if (!known) return call->refuse(known.error());
  if (!*known) return call->answer(not_found());
  auto seen = seen_by(desk, user);
  if (!seen) return call->refuse(seen.error());
  const auto newest = is_unread(until, *seen) ? until : *seen;
  auto json = count_json(desk, user, newest);
  if (!json) return call->refuse(json.error());
  desk.engine.put_records({{desk.tenant(), "mention_seen", user.id, newest, {}}}, {},
                          [call, json = *json](const Result<engine::Stepped>& written) {
                            if (written)
                              call->answer(json_answer(json));
                            else
                              call->refuse(written.error());
                          });
}

Json colleague_json(const User& user) {
  Json json;
  json.set("name", user.name);
  json.set("roles", engine::texts_json(user.roles));
  return json;
}

void list_colleagues(Desk& desk, const CallPtr& call) {
  auto limit = call->limit();
  if (!limit) return call->refuse(limit.error());
  const auto begins = lower(call->parameter("q"));
  const auto store = call->parameter("channel");
  auto users = desk.people.users();
  if (!users) return call->refuse(users.error());
  std::erase_if(*users, [&](const User& user) {
    const bool right_store =
        store.empty() || (call->who.sees(store) && reads_store(desk, user, store));
    return user.name == call->who.name || !lower(user.name).starts_with(begins) || !right_store ||
           !is_colleague(desk, call->who, user);
  });
  std::ranges::sort(*users, {}, [](const User& user) { return lower(user.name); });
  if (users->size() > *limit) users->resize(*limit);
  Json items{Json::Array{}};
  for (const auto& user : *users) items.push(colleague_json(user));
  Json json;
  json.set("items", std::move(items));
  call->answer(json_answer(json));
}

}  // namespace

std::vector<Route> mention_routes() {
  return {{"listMentions", list_mentions},
          {"countMentions", count_mentions},
          {"markMentionsRead", mark_mentions_read},
          {"listColleagues", list_colleagues}};
}

}  // namespace holdfast::api
