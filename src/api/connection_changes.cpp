// Connecting, changing and disconnecting accounts. What is saved is sealed where it is secret, and
// in force once the engine has begun again.
#include <algorithm>

#include "api/accounts.h"
#include "api/audit.h"
#include "api/connection_draft.h"
#include "api/connection_forms.h"
#include "base/text.h"
#include "engine/settings/config_accounts.h"

namespace holdfast::api {
namespace {

constexpr std::size_t most_connections = 200;

Trouble in_the_file(const std::string& id) {
  return {409,
          "conflict",
          id + " stands in the configuration file.",
          {},
          "change it there and start the program again"};
}

bool is_configured(const Desk& desk, const std::string& id) {
  return std::ranges::any_of(engine::accounts_of(desk.setup()),
                             [&](const ports::Account* account) { return account->id == id; });
}

Json saved_json(const Desk& desk, const ConnectionRow& row) {
  const auto webhooks = webhooks_of(row.room, row.kind);
  const auto& setup = desk.setup();
  const auto base = setup.hooks_url.empty() ? setup.public_url : setup.hooks_url;
  Json json;
  json.set("id", row.id);
  json.set("room", row.room);
  json.set("kind", row.kind);
  json.set("webhooks", webhooks);
  json.set("webhook_url", webhooks == "none" ? "" : base + "/hooks/" + row.id);
  return json;
}

/// Taken away already, although the engine still works with it until it has begun again.
bool is_leaving(const Desk& desk, const std::string& id) {
  return is_configured(desk, id) && desk.options.in_file && !desk.options.in_file(id);
}

/// One connection to be written, or taken away, and what stood there before.
struct Change {
  ConnectionDraft draft;
  bool removed = false;
  std::optional<ports::RecordRow> before = {};
};

ports::RecordKey key_of(const Desk& desk, const ConnectionRow& row) {
  return {desk.tenant(), "account", row.room + "/" + row.id};
}

/// Whether the program could begin with this; its places are turned into the body's.
Status could_begin(Desk& desk, const Change& change) {
  if (!desk.options.check_overlay) return {};
  const auto& draft = change.draft;
  auto overlay = engine::read_overlay(desk.store(), desk.tenant(), desk.engine.vault());
  if (!overlay) return fail(overlay.error());
  std::erase_if(overlay->accounts,
                [&](const engine::OverlayAccount& account) { return account.id == draft.row.id; });
  if (!change.removed) overlay->accounts.push_back(draft.row.overlay(draft.secrets));
  return desk.options.check_overlay(*overlay);
}

/// Puts back what stood there before, after the engine would not begin with what was saved.
void take_back(Desk& desk, const CallPtr& call, const Change& change, const Error& why) {
  const auto& row = change.draft.row;
  std::vector<ports::RecordRow> rows{
      audit_row(desk, *call, {"connection_changed", row.id, "taken back: it could not begin"})};
  std::vector<ports::RecordKey> drop;
  if (change.before)
    rows.push_back(*change.before);
  else
    drop.push_back(key_of(desk, row));
  desk.engine.put_records(std::move(rows), std::move(drop),
                          [call, why](const Result<engine::Stepped>& written) {
                            call->refuse(written ? why : written.error());
                          });
}

void begin_again(Desk& desk, const CallPtr& call, const Change& change,
                 const net::ServerResponse& response) {
  if (!desk.options.reopen) return call->answer(response);
  desk.options.reopen([&desk, call, change, response](const Status& begun) {
    if (begun) return call->answer(response);
    if (begun.error().code != ErrorCode::Unavailable) {
      return take_back(desk, call, change, begun.error());
    }
    call->refuse(Trouble{503,
                         "unavailable",
                         "It is saved and not in force yet: " + begun.error().what,
                         {},
                         begun.error().todo});
  });
}

/// Writes a change with its deed and answers when the engine is to begin with it.
void save(Desk& desk, const CallPtr& call, Change change, const Deed& deed,
          net::ServerResponse response) {
  if (auto status = could_begin(desk, change); !status) return call->refuse(status.error());
  auto& row = change.draft.row;
  const auto key = key_of(desk, row);
  auto before = desk.store().record(key);
  if (!before) return call->refuse(before.error());
  change.before = std::move(*before);
  row.by = call->who.name;
  row.at = desk.real_now();
  std::vector<ports::RecordRow> rows{audit_row(desk, *call, deed)};
  // What was tested was another account.
  std::vector<ports::RecordKey> drop{{desk.tenant(), "connection_test", row.id}};
  if (change.removed)
    drop.push_back(key);
  else
    rows.push_back(record_of(desk, row, change.draft.secrets));
  auto written = [&desk, call, change = std::move(change),
                  response = std::move(response)](const Result<engine::Stepped>& stepped) {
    if (!stepped) return call->refuse(stepped.error());
    begin_again(desk, call, change, response);
  };
  desk.engine.put_records(std::move(rows), std::move(drop), std::move(written));
}

/// Room, kind and id of a new one; Invalid with the member's name.
Result<ConnectionRow> new_row(const CallPtr& call) {
  Fields fields(call->body);
  ConnectionRow row;
  row.room = fields.text("room", 1, 20);
  row.id = fields.text("id", 1, 40);
  row.kind = fields.text("kind", 1, 60);
  fields.skip("settings");
  fields.skip("secrets");
  if (auto status = fields.finish(); !status) return fail(status.error());
  if (!engine::is_account_id(row.id) || row.id == "kinds" || row.id == "test" || row.id == "new") {
    return fail(ErrorCode::Invalid, "This cannot be the id of a connection.", "id",
                "lower-case letters, digits, - and _, at most 40");
  }
  if (!settings_of(row.room, row.kind)) {
    const auto status = engine::known_kind(engine::linked_kinds(), row.room, row.kind);
    if (!status) return fail(status.error());
    return fail(ErrorCode::Invalid, "Nothing of this sort can be connected here.", "room",
                "one of: channel, supplier, tracking, notifier");
  }
  return row;
}

Result<ConnectionDraft> typed(const CallPtr& call, ConnectionRow row, const ConnectionRow* before,
                              const Texts& kept, Instant now) {
  auto settings = texts_of(call->body, "settings");
  if (!settings) return fail(settings.error());
  auto secrets = texts_of(call->body, "secrets");
  if (!secrets) return fail(secrets.error());
  return drafted(std::move(row), before, kept, *settings, *secrets, now);
}

void add_connection(Desk& desk, const CallPtr& call) {
  auto row = new_row(call);
  if (!row) return call->refuse(row.error());
  auto rows = connection_rows(desk);
  if (!rows) return call->refuse(rows.error());
  if (is_configured(desk, row->id) || row_of(*rows, row->id)) {
    return call->refuse(
        Trouble{409, "conflict", "There is a connection of this id.", "id", "choose another"});
  }
  if (std::ranges::count(*rows, false, &ConnectionRow::removed) >=
      static_cast<std::ptrdiff_t>(most_connections)) {
    return call->refuse(Trouble{409, "conflict", "There are 200 connections.", "id",
                                "remove one that is not needed"});
  }
  auto draft = typed(call, *row, nullptr, {}, desk.real_now());
  if (!draft) return call->refuse(draft.error());
  const Deed deed{"connection_added", row->id, row->room + ", " + row->kind};
  auto response = json_answer(saved_json(desk, *row), 201);
  save(desk, call, {std::move(*draft)}, deed, std::move(response));
}

/// What of a connection changed, by key; never a value.
std::string changes_in(const ConnectionRow& before, const ConnectionRow& after,
                       const std::optional<Texts>& secrets) {
  std::vector<std::string> keys;
  const auto look = [&](const Texts& from, const Texts& to) {
    for (const auto& [key, text] : from) {
      const auto other = to.find(key);
      const bool same = other != to.end() && other->second == text;
      if (!same && std::ranges::find(keys, key) == keys.end()) keys.push_back(key);
    }
  };
  look(before.settings, after.settings);
  look(after.settings, before.settings);
  for (const auto& [key, text] : secrets.value_or(Texts{})) {
    keys.push_back(key + (text.empty() ? " taken away" : " set anew"));
  }
  return join(keys, ", ");
}

/// The row of the connection in the path, or the refusal: one of the file, or none at all.
std::optional<ConnectionRow> own_row(Desk& desk, const CallPtr& call) {
  const auto& id = call->segment(3);
  auto rows = connection_rows(desk);
  if (!rows) {
    call->refuse(rows.error());
    return std::nullopt;
  }
  if (const auto* row = row_of(*rows, id)) return *row;
  if (is_configured(desk, id) && !is_leaving(desk, id)) {
    call->refuse(in_the_file(id));
  } else {
    call->answer(not_found());
  }
  return std::nullopt;
}

void change_connection(Desk& desk, const CallPtr& call) {
  const auto before = own_row(desk, call);
  if (!before) return;
  Fields fields(call->body);
  fields.skip("settings");
  fields.skip("secrets");
  if (auto status = fields.finish(); !status) return call->refuse(status.error());
  auto kept = secrets_of(desk, *before);
  if (!kept) return call->refuse(kept.error());
  auto draft = typed(call, *before, &*before, *kept, desk.real_now());
  if (!draft) return call->refuse(draft.error());
  const auto secrets = texts_of(call->body, "secrets");
  const Deed deed{"connection_changed", before->id,
                  changes_in(*before, draft->row, secrets.value_or(std::nullopt))};
  auto response = json_answer(saved_json(desk, *before));
  save(desk, call, {std::move(*draft)}, deed, std::move(response));
}

void remove_connection(Desk& desk, const CallPtr& call) {
  auto rows = connection_rows(desk);
  if (!rows) return call->refuse(rows.error());
  const auto& id = call->segment(3);
  // Asked for again before it is in force.
  if (!row_of(*rows, id) && is_leaving(desk, id)) return call->answer(empty_answer(204));
  auto row = own_row(desk, call);
  if (!row) return;
  auto effects = desk.store().unsettled(desk.tenant());
  if (!effects) return call->refuse(effects.error());
  auto states = account_states(desk, *effects);
  if (!states) return call->refuse(states.error());
  if (const auto waiting = (*states)[row->id].waiting; waiting > 0) {
    return call->refuse(Trouble{409,
                                "conflict",
                                std::to_string(waiting) + " messages still wait for it.",
                                {},
                                "let them leave, or decide their cases, first"});
  }
  const Deed deed{"connection_removed", row->id, row->room + ", " + row->kind};
  save(desk, call, {{std::move(*row), {}}, true}, deed, empty_answer(204));
}

}  // namespace

std::vector<Route> connection_change_routes() {
  return {{"addConnection", add_connection},
          {"changeConnection", change_connection},
          {"removeConnection", remove_connection}};
}

}  // namespace holdfast::api
