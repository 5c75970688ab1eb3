// What is connected and how it does.
#include <algorithm>

#include "api/accounts.h"
#include "api/connection_forms.h"
#include "api/connection_rows.h"
#include "engine/views/words.h"

namespace holdfast::api {
namespace {

std::string webhook_url(const engine::Setup& setup, std::string_view webhooks,
                        const std::string& id) {
  if (webhooks == "none") return {};
  return (setup.hooks_url.empty() ? setup.public_url : setup.hooks_url) + "/hooks/" + id;
}

Json budget_json(const engine::Budget& budget, Instant now) {
  if (budget.per_minute == 0) return {};
  // The figures are of the last request; what has come back since is counted in.
  const auto back = (now - budget.at).ms * budget.per_minute / minutes(1).ms;
  Json json;
  json.set("per_minute", budget.per_minute);
  json.set("burst", budget.burst);
  json.set("left", std::min(budget.burst, budget.left + std::max<std::int64_t>(back, 0)));
  const bool told = budget.told_left >= 0 && now < budget.at + minutes(1);
  json.set("told_left", told ? Json(budget.told_left) : Json());
  json.set("free_at", budget.free_at > now ? Json(to_text(budget.free_at)) : Json());
  return json;
}

/// What a supplier's or store's own terms are; null for the others, and where the file alone knows.
void set_terms(Json& json, const Desk& desk, const RoomAccount& known, const ConnectionRow* row) {
  const auto& setup = desk.setup();
  json.set("mode", Json());
  json.set("live", Json());
  const auto profile = setup.profiles.find(known.account->id);
  if (known.room == "supplier" && profile != setup.profiles.end()) {
    json.set("mode", name_of(profile->second.mode));
  }
  if (known.room == "channel" && row) {
    const auto live = row->settings.find("live");
    json.set("live", live == row->settings.end() || live->second != "false");
  }
}

Json connection_json(Desk& desk, const RoomAccount& known, const AccountState& state,
                     const ConnectionRow* row) {
  const auto& account = *known.account;
  const auto webhooks = webhooks_of(known.room, account.kind);
  Json json;
  json.set("id", account.id);
  json.set("room", known.room);
  json.set("kind", account.kind);
  json.set("title", title_of(desk.setup(), account));
  json.set("origin", row ? "console" : "file");
  json.set("state", state.state);
  set_terms(json, desk, known, row);
  json.set("last_ok_at", engine::moment_json(state.last_ok));
  json.set("last_error", state.last_error);
  json.set("error_at", engine::moment_json(state.error_at));
  json.set("waiting", state.waiting);
  json.set("budget", budget_json(desk.engine.partners().of(account.id).budget, desk.now()));
  const bool buys = known.room == "supplier";
  json.set("stopped_by", buys ? desk.engine.partners().stopped_by(account.id) : "");
  json.set("webhooks", webhooks);
  json.set("webhook_url", webhook_url(desk.setup(), webhooks, account.id));
  return json;
}

/// What is known of the accounts somebody sees: those the engine works with, and those that are
/// saved and wait for it to begin again.
struct Book {
  std::vector<ConnectionRow> rows;
  std::vector<ports::Account> starting;
  std::vector<RoomAccount> accounts;
  std::map<std::string, AccountState> states;
};

Result<std::shared_ptr<Book>> read_book(Desk& desk, const Who& who) {
  auto book = std::make_shared<Book>();
  auto rows = connection_rows(desk);
  if (!rows) return fail(rows.error());
  book->rows = std::move(*rows);
  auto effects = desk.store().unsettled(desk.tenant());
  if (!effects) return fail(effects.error());
  auto states = account_states(desk, *effects);
  if (!states) return fail(states.error());
  book->states = std::move(*states);
  book->accounts = seen_accounts(desk.setup(), who);
  book->starting.reserve(book->rows.size());
  for (const auto& row : book->rows) {
    // Which stores a supplier serves is known once it has started.
    const bool hidden = (row.room == "channel" && !who.sees(row.id)) ||
                        (row.room == "supplier" && !who.everywhere());
    if (row.removed || hidden || book->states.contains(row.id)) continue;
    book->starting.push_back({row.id, row.kind, row.settings, {}});
    book->accounts.push_back({row.room, &book->starting.back()});
    book->states[row.id].state = "starting";
  }
  return book;
}

void list_connections(Desk& desk, const CallPtr& call) {
  auto book = read_book(desk, call->who);
  if (!book) return call->refuse(book.error());
  Json items{Json::Array{}};
  for (const auto& known : (*book)->accounts) {
    const auto& id = known.account->id;
    items.push(connection_json(desk, known, (*book)->states[id], row_of((*book)->rows, id)));
  }
  Json json;
  json.set("items", std::move(items));
  call->answer(json_answer(json));
}

std::string_view word_of(ports::Outcome::Kind kind) {
  switch (kind) {
    case ports::Outcome::Kind::Done:
      return "done";
    case ports::Outcome::Kind::Refused:
      return "refused";
    case ports::Outcome::Kind::Unknown:
      return "unknown";
    case ports::Outcome::Kind::NotSent:
      return "not_sent";
  }
  return "unknown";
}

Json troubles_json(const engine::PartnerNews& news) {
  Json list{Json::Array{}};
  for (const auto& trouble : news.troubles) {
    Json json;
    json.set("at", to_text(trouble.at));
    json.set("doing", trouble.doing);
    json.set("outcome", word_of(trouble.outcome));
    json.set("detail", trouble.detail);
    list.push(std::move(json));
  }
  return list;
}

/// What is set, without what is standard and without secrets.
Json settings_json(const RoomAccount& known, const ConnectionRow* row) {
  Json json{Json::Object{}};
  if (row) {
    for (const auto& [key, text] : row->settings) json.set(key, text);
    return json;
  }
  const auto* settings = settings_of(known.room, known.account->kind);
  if (!settings) return json;
  for (const auto& setting : *settings) {
    const auto& text = known.account->setting(setting.key);
    if (!setting.secret && !text.empty() && text != setting.standard) json.set(setting.key, text);
  }
  return json;
}

Json secrets_json(const RoomAccount& known, const ConnectionRow* row) {
  Json list{Json::Array{}};
  const auto* settings = settings_of(known.room, known.account->kind);
  if (!settings) return list;
  for (const auto& setting : *settings) {
    if (!setting.secret) continue;
    Json json, at;
    bool set = !known.account->secret(setting.key).empty();
    if (row) {
      const auto date = row->secret_dates.find(setting.key);
      set = date != row->secret_dates.end();
      if (set) at = date->second;
    }
    json.set("key", setting.key);
    json.set("set", set);
    json.set("set_at", std::move(at));
    list.push(std::move(json));
  }
  return list;
}

void get_connection(Desk& desk, const CallPtr& call) {
  auto book = read_book(desk, call->who);
  if (!book) return call->refuse(book.error());
  const auto& all = (*book)->accounts;
  const auto found = std::ranges::find_if(
      all, [&](const RoomAccount& known) { return known.account->id == call->segment(3); });
  if (found == all.end()) return call->answer(not_found());
  const auto& id = found->account->id;
  const auto* row = row_of((*book)->rows, id);
  auto tested = kept_test(desk, id);
  if (!tested) return call->refuse(tested.error());
  const auto news = desk.engine.partners().of(id);
  // A copy under the engine's lock: a token may just be renewed.
  const auto fresh = desk.engine.account(id);
  const RoomAccount known{found->room, fresh ? &*fresh : found->account};
  Json json;
  json.set("connection", connection_json(desk, known, (*book)->states[id], row));
  json.set("settings", settings_json(known, row));
  json.set("secrets", secrets_json(known, row));
  json.set("troubles", troubles_json(news));
  json.set("since", to_text(desk.started_at));
  json.set("went_well", news.went_well);
  json.set("went_wrong", news.went_wrong);
  json.set("last_delivery_at", engine::moment_json(news.last_delivery));
  json.set("last_refused_at", engine::moment_json(news.last_refused));
  json.set("tested", std::move(*tested));
  json.set("changed_by", row ? row->by : "");
  json.set("changed_at", row ? Json(to_text(row->at)) : Json());
  call->answer(json_answer(json));
}

void list_kinds(Desk& desk, const CallPtr& call) {
  Json json;
  json.set("items", kinds_json(desk.setup().policy));
  call->answer(json_answer(json));
}

}  // namespace

std::vector<Route> connection_routes() {
  return {{"listConnections", list_connections},
          {"getConnection", get_connection},
          {"listConnectionKinds", list_kinds}};
}

}  // namespace holdfast::api
