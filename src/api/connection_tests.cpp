// Trying a connection: something harmless is asked through the connector and the transport that
// orders use.
#include <algorithm>

#include "api/audit.h"
#include "api/connection_draft.h"
#include "api/connection_forms.h"
#include "engine/probe.h"

namespace holdfast::api {
namespace {

constexpr Duration trial_limit = seconds(15);
constexpr int most_trials = 4;  // at once

std::string_view word_of(engine::ProbeResult::How how) {
  switch (how) {
    case engine::ProbeResult::How::Asked:
      return "asked";
    case engine::ProbeResult::How::Reached:
      return "reached";
    case engine::ProbeResult::How::Nothing:
      return "nothing";
  }
  return "nothing";
}

Json test_json(const engine::ProbeResult& result, Instant at) {
  Json json;
  json.set("at", to_text(at));
  json.set("ok", result.ok);
  json.set("how", word_of(result.how));
  json.set("address", result.address);
  json.set("detail", result.detail);
  return json;
}

/// One of those who may try now; gives its place back when it goes.
class Place {
 public:
  explicit Place(std::shared_ptr<Alive> desk)
      : desk_(std::move(desk)), taken_(++desk_->trials <= most_trials) {}
  ~Place() { --desk_->trials; }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  bool taken() const { return taken_; }

 private:
  std::shared_ptr<Alive> desk_;
  bool taken_;
};

/// Tries an account and answers; what came of it is kept under its id unless that is "".
void try_account(Desk& desk, const CallPtr& call, const std::string& room, ports::Account account,
                 const std::string& keep_as) {
  const auto place = std::make_shared<Place>(desk.alive);
  if (!place->taken()) {
    return call->refuse(Trouble{
        429, "too_many_attempts", "Other tests are under way.", {}, "try again in some seconds"});
  }
  const std::string name = account.id;
  // The transport outlives this desk, so whoever comes back asks first whether it is still there.
  engine::probe(
      desk.setup(), desk.engine.transport(), room, std::move(account), trial_limit,
      [&desk, call, name, keep_as, place, alive = desk.alive](const engine::ProbeResult& result) {
        const std::lock_guard lock(alive->mutex);
        if (!alive->yes) return;
        const auto test = test_json(result, desk.real_now());
        std::vector<ports::RecordRow> rows;
        if (!keep_as.empty()) rows.push_back(test_row(desk, keep_as, test));
        const Deed deed{"connection_tested", name, result.ok ? "ok" : result.detail};
        write_records(desk, call, std::move(rows), {}, deed, json_answer(test));
      });
}

std::string room_of(const engine::Setup& setup, const std::string& id) {
  const auto has = [&](const std::vector<ports::Account>& accounts) {
    return std::ranges::find(accounts, id, &ports::Account::id) != accounts.end();
  };
  if (has(setup.channels)) return "channel";
  if (has(setup.suppliers)) return "supplier";
  if (has(setup.trackings)) return "tracking";
  return has(setup.notifiers) ? "notifier" : "";
}

void test_connection(Desk& desk, const CallPtr& call) {
  const auto& id = call->segment(3);
  auto account = desk.engine.account(id);
  if (!account) return call->answer(not_found());
  try_account(desk, call, room_of(desk.setup(), id), std::move(*account), id);
}

/// A draft as the connector would see it, standards filled in.
Result<ports::Account> draft_account(Desk& desk, const CallPtr& call) {
  Fields fields(call->body);
  ConnectionRow row;
  row.room = fields.text("room", 1, 20);
  row.id = fields.text("id", 1, 40);
  row.kind = fields.text("kind", 1, 60);
  fields.skip("settings");
  fields.skip("secrets");
  if (auto status = fields.finish(); !status) return fail(status.error());
  if (!settings_of(row.room, row.kind)) {
    return fail(ErrorCode::Invalid, "There is no such kind.", "kind");
  }
  auto settings = texts_of(call->body, "settings");
  if (!settings) return fail(settings.error());
  auto secrets = texts_of(call->body, "secrets");
  if (!secrets) return fail(secrets.error());
  auto rows = connection_rows(desk);
  if (!rows) return fail(rows.error());
  const auto* before = row_of(*rows, row.id);
  if (before && (before->room != row.room || before->kind != row.kind)) before = nullptr;
  auto kept = before ? secrets_of(desk, *before) : Result<Texts>(Texts{});
  if (!kept) return fail(kept.error());
  auto draft = drafted(row, before, *kept, *settings, *secrets, desk.real_now());
  if (!draft) return fail(draft.error());
  auto read = engine::read_overlay_account(draft->row.overlay(draft->secrets));
  if (!read) return fail(read.error());
  return std::move(read->account);
}

void test_draft(Desk& desk, const CallPtr& call) {
  auto account = draft_account(desk, call);
  if (!account) return call->refuse(account.error());
  const auto room = call->body["room"].string();
  try_account(desk, call, room, std::move(*account), {});
}

}  // namespace

std::vector<Route> connection_test_routes() {
  return {{"testConnection", test_connection}, {"testConnectionDraft", test_draft}};
}

}  // namespace holdfast::api
