#include "api/accounts.h"

#include <algorithm>

#include "api/goods.h"
#include "engine/views/history.h"

namespace holdfast::api {
namespace {

constexpr Duration long_wait = minutes(5);
constexpr std::string_view subject_begins = "account:";

std::vector<RoomAccount> all_accounts(const engine::Setup& setup) {
  std::vector<RoomAccount> all;
  const auto take = [&](const char* room, const std::vector<ports::Account>& accounts) {
    for (const auto& account : accounts) all.push_back({room, &account});
  };
  take("channel", setup.channels);
  take("supplier", setup.suppliers);
  take("tracking", setup.trackings);
  take("notifier", setup.notifiers);
  return all;
}

/// The lane of what leaves for an account. Trackers and mails to buyers have one lane each, which
/// leads to one account.
std::string lane_of(const RoomAccount& known) {
  if (known.room == "tracking") return "tracking";
  if (known.room == "notifier") return "buyer";
  return known.room + ":" + known.account->id;
}

struct Lane {
  std::int64_t waiting = 0;
  Instant oldest;
};

struct Trouble {
  std::string detail;
  Instant at;
};

/// Open cases about accounts, by the account's id. A stream of cases says in its reference what it
/// is about, and only streams with an open case are asked.
Result<std::map<std::string, Trouble>> open_cases(Desk& desk) {
  std::map<std::string, Trouble> found;
  ports::ExceptionQuery query;
  query.tenant = desk.tenant();
  query.limit = 250;
  query.reason = ReasonCode::ChannelTrouble;
  auto rows = desk.store().exceptions(query);
  if (!rows) return fail(rows.error());
  if (const auto opened = engine::open_rows(desk.store(), &desk.engine.vault(), *rows); !opened) {
    return fail(opened.error());
  }
  std::map<std::int64_t, Trouble> newest;
  std::map<std::int64_t, ports::StreamKey> streams;
  for (const auto& row : *rows) {
    auto& known = newest[row.stream.id];
    if (known.at < row.opened_at) known = {row.detail, row.opened_at};
    streams[row.stream.id] = row.stream;
  }
  for (const auto& [id, stream] : streams) {
    auto references = desk.store().references_of(stream);
    if (!references) return fail(references.error());
    for (const auto& reference : *references) {
      if (reference.kind != "case" || !reference.value.starts_with(subject_begins)) continue;
      found[reference.value.substr(subject_begins.size())] = newest[id];
    }
  }
  return found;
}

/// Whether the newest conversation failed for a reason that is the connection's: a partner that
/// refused one order does well.
bool is_down(const engine::PartnerNews& news) {
  if (news.troubles.empty()) return false;
  const auto& last = news.troubles.front();
  return last.outcome != ports::Outcome::Kind::Refused && news.last_ok < last.at;
}

AccountState state_of(const engine::PartnerNews& news, const Lane& lane, const Trouble* trouble,
                      Instant now) {
  AccountState state;
  state.waiting = lane.waiting;
  state.last_ok = news.last_ok;
  const bool waits = lane.waiting > 0 && lane.oldest + long_wait < now;
  if (trouble) {
    state.last_error = trouble->detail;
    state.error_at = trouble->at;
  } else if (is_down(news)) {
    state.last_error = news.troubles.front().detail;
    state.error_at = news.troubles.front().at;
  }
  const bool asked = news.last_ok || !news.troubles.empty();
  if (state.error_at) {
    state.state = "failing";
  } else if (waits) {
    state.state = "waiting";
  } else {
    state.state = asked ? "ok" : "idle";
  }
  return state;
}

Json health_json(const RoomAccount& known, const AccountState& state) {
  Json json;
  json.set("id", known.account->id);
  json.set("room", known.room);
  json.set("kind", known.account->kind);
  json.set("state", state.state == "idle" ? "ok" : state.state);
  json.set("last_ok_at", engine::moment_json(state.last_ok));
  json.set("last_error", state.last_error);
  json.set("error_at", engine::moment_json(state.error_at));
  json.set("waiting", state.waiting);
  return json;
}

}  // namespace

std::vector<RoomAccount> seen_accounts(const engine::Setup& setup, const Who& who) {
  auto all = all_accounts(setup);
  std::erase_if(all, [&](const RoomAccount& known) {
    if (known.room == "supplier") return !sees_supplier(setup, who, known.account->id);
    return known.room == "channel" && !who.sees(known.account->id);
  });
  return all;
}

std::string title_of(const engine::Setup& setup, const ports::Account& account) {
  if (!account.setting("title").empty()) return account.setting("title");
  const auto profile = setup.profiles.find(account.id);
  if (profile != setup.profiles.end() && !profile->second.title.empty()) {
    return profile->second.title;
  }
  return account.id;
}

Result<std::map<std::string, AccountState>> account_states(
    Desk& desk, const std::vector<ports::OutboxRow>& effects) {
  std::map<std::string, Lane> lanes;
  for (const auto& effect : effects) {
    auto& lane = lanes[effect.lane];
    ++lane.waiting;
    if (!lane.oldest || effect.changed_at < lane.oldest) lane.oldest = effect.changed_at;
  }
  auto cases = open_cases(desk);
  if (!cases) return fail(cases.error());
  std::map<std::string, AccountState> states;
  for (const auto& known : all_accounts(desk.setup())) {
    const auto& id = known.account->id;
    const auto trouble = cases->find(id);
    states[id] = state_of(desk.engine.partners().of(id), lanes[lane_of(known)],
                          trouble == cases->end() ? nullptr : &trouble->second, desk.now());
  }
  return states;
}

Json accounts_json(const engine::Setup& setup, const Who& who) {
  Json list{Json::Array{}};
  for (const auto& known : seen_accounts(setup, who)) {
    Json json;
    json.set("id", known.account->id);
    json.set("room", known.room);
    json.set("kind", known.account->kind);
    json.set("title", title_of(setup, *known.account));
    list.push(std::move(json));
  }
  return list;
}

Result<Json> account_health_json(Desk& desk, const Who& who,
                                 const std::vector<ports::OutboxRow>& effects) {
  auto states = account_states(desk, effects);
  if (!states) return fail(states.error());
  Json list{Json::Array{}};
  for (const auto& known : seen_accounts(desk.setup(), who)) {
    list.push(health_json(known, (*states)[known.account->id]));
  }
  return list;
}

}  // namespace holdfast::api
