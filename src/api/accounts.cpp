#include "api/accounts.h"

#include <map>

namespace holdfast::api {
namespace {

constexpr Duration long_wait = minutes(5);

struct RoomOf {
  const char* room;
  const std::vector<ports::Account>* accounts;
  const char* lane;  // what its effects' lane begins with, or is
};

std::vector<RoomOf> rooms_of(const engine::Setup& setup) {
  return {{"channel", &setup.channels, "channel:"},
          {"supplier", &setup.suppliers, "supplier:"},
          {"tracking", &setup.trackings, "tracking"},
          {"notifier", &setup.notifiers, "buyer"}};
}

bool sees(const Who& who, const RoomOf& room, const ports::Account& account) {
  return std::string_view(room.room) != "channel" || who.sees(account.id);
}

std::string lane_of(const RoomOf& room, const ports::Account& account) {
  const std::string lane = room.lane;
  return lane.ends_with(':') ? lane + account.id : lane;
}

std::string title_of(const engine::Setup& setup, const ports::Account& account) {
  if (!account.setting("title").empty()) return account.setting("title");
  const auto profile = setup.profiles.find(account.id);
  if (profile != setup.profiles.end() && !profile->second.title.empty()) {
    return profile->second.title;
  }
  return account.id;
}

struct Lane {
  std::int64_t waiting = 0;
  Instant oldest;
};

/// Open exceptions about a partner: what is failing, by account.
Result<std::map<std::string, ports::ExceptionRow>> troubles(Desk& desk) {
  std::map<std::string, ports::ExceptionRow> found;
  ports::ExceptionQuery query;
  query.tenant = desk.tenant();
  query.limit = 250;
  for (const auto reason : {ReasonCode::ChannelTrouble, ReasonCode::NotificationFailed}) {
    query.reason = reason;
    auto rows = desk.store().exceptions(query);
    if (!rows) return fail(rows.error());
    const auto opened = engine::open_rows(desk.store(), &desk.engine.vault(), *rows);
    if (!opened) return fail(opened.error());
    for (const auto& row : *rows) found.emplace(row.about, row);
  }
  return found;
}

Json health_of(const ports::Account& account, const char* room, const Lane& lane,
               const ports::ExceptionRow* trouble, Instant last_ok, Instant now) {
  const bool waits = lane.waiting > 0 && lane.oldest + long_wait < now;
  Json json;
  json.set("id", account.id);
  json.set("room", room);
  json.set("kind", account.kind);
  json.set("state", trouble ? "failing" : waits ? "waiting" : "ok");
  json.set("last_ok_at", engine::moment_json(last_ok));
  json.set("last_error", trouble ? trouble->detail : "");
  json.set("error_at", trouble ? Json(to_text(trouble->opened_at)) : Json());
  json.set("waiting", lane.waiting);
  return json;
}

}  // namespace

Json accounts_json(const engine::Setup& setup, const Who& who) {
  Json list{Json::Array{}};
  for (const auto& room : rooms_of(setup)) {
    for (const auto& account : *room.accounts) {
      if (!sees(who, room, account)) continue;
      Json json;
      json.set("id", account.id);
      json.set("room", room.room);
      json.set("kind", account.kind);
      json.set("title", title_of(setup, account));
      list.push(std::move(json));
    }
  }
  return list;
}

Result<Json> account_health_json(Desk& desk, const Who& who,
                                 const std::vector<ports::OutboxRow>& effects) {
  std::map<std::string, Lane> lanes;
  for (const auto& effect : effects) {
    auto& lane = lanes[effect.lane];
    ++lane.waiting;
    if (!lane.oldest || effect.changed_at < lane.oldest) lane.oldest = effect.changed_at;
  }
  auto known = troubles(desk);
  if (!known) return fail(known.error());
  const auto last_ok = desk.engine.health().last_ok;
  Json list{Json::Array{}};
  for (const auto& room : rooms_of(desk.setup())) {
    for (const auto& account : *room.accounts) {
      if (!sees(who, room, account)) continue;
      const auto trouble = known->find(account.id);
      const auto lane = lane_of(room, account);
      const auto well = last_ok.find(lane);
      list.push(health_of(account, room.room, lanes[lane],
                          trouble == known->end() ? nullptr : &trouble->second,
                          well == last_ok.end() ? Instant{} : well->second, desk.now()));
    }
  }
  return list;
}

}  // namespace holdfast::api
