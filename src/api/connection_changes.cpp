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

/// Whether the program could begin with this; its places are turned into the body's.
Status could_begin(Desk& desk, const ConnectionDraft& draft) {
  if (!desk.options.check_overlay) return {};
  auto overlay = engine::read_overlay(desk.store(), desk.tenant(), desk.engine.vault());
  if (!overlay) return fail(overlay.error());
  std::erase_if(overlay->accounts,
                [&](const engine::OverlayAccount& account) { return account.id == draft.row.id; });
  overlay->accounts.push_back(draft.row.overlay(draft.secrets));
  return desk.options.check_overlay(*overlay);
}

/// Saves a draft with its deed and answers when the engine has it.
void save(Desk& desk, const CallPtr& call, ConnectionDraft draft, const Deed& deed,
          net::ServerResponse response) {
  if (auto status = could_begin(desk, draft); !status) return call->refuse(status.error());
  draft.row.by = call->who.name;
  draft.row.at = desk.real_now();
  std::vector<ports::RecordRow> rows{record_of(desk, draft.row, draft.secrets),
                                     audit_row(desk, *call, deed)};
  // What was tested was another account.
  desk.engine.put_records(
      std::move(rows), {{desk.tenant(), "connection_test", draft.row.id}},
      [&desk, call, response](const Result<engine::Stepped>& written) {
        if (!written) return call->refuse(written.error());
        if (!desk.options.reopen) return call->answer(response);
        desk.options.reopen([call, response](const Status& begun) {
          if (begun) return call->answer(response);
          call->refuse(Trouble{
              503,
              "unavailable",
              "It is saved, but the program could not begin again with it: " + begun.error().what,
              {},
              begun.error().todo.empty() ? "start the program again" : begun.error().todo});
        });
      });
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
  save(desk, call, std::move(*draft), deed, std::move(response));
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
  if (is_configured(desk, id)) {
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
  save(desk, call, std::move(*draft), deed, std::move(response));
}

void remove_connection(Desk& desk, const CallPtr& call) {
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
  row->removed = true;
  row->secret_dates.clear();
  const Deed deed{"connection_removed", row->id, row->room + ", " + row->kind};
  save(desk, call, {std::move(*row), {}}, deed, empty_answer(204));
}

}  // namespace

std::vector<Route> connection_change_routes() {
  return {{"addConnection", add_connection},
          {"changeConnection", change_connection},
          {"removeConnection", remove_connection}};
}

}  // namespace holdfast::api
