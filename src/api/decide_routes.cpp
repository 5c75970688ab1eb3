// What people decide about exceptions: one, or many at once, and who works on which.
#include <algorithm>

#include "api/desk.h"
#include "api/duty.h"
#include "api/fields.h"
#include "api/known_case.h"
#include "api/ways_out.h"
#include "engine/views/history.h"

namespace holdfast::api {
namespace {

constexpr std::size_t most_verb = 100;
constexpr std::size_t most_note = 4000;
constexpr std::size_t most_at_once = 100;

/// What a verb leads to, in the policy's words; nothing when the case does not offer it.
std::optional<std::string> consequence_of(const ports::ExceptionRow& row, const std::string& verb) {
  const auto body = parse_json(row.body);
  if (!body) return std::nullopt;
  const auto& options = (*body)["options"].items();
  if (options.empty()) return "";
  const auto found = std::ranges::find_if(
      options, [&](const Json& option) { return option["verb"].string() == verb; });
  if (found == options.end()) return std::nullopt;
  return (*found)["consequence"].string();
}

/// Conflict while somebody else works on the case.
Status free_for(const Desk& desk, const Who& who, const ports::ExceptionRow& row) {
  const auto lease = desk.leases.of(row.stream, row.number, desk.real_now());
  if (!lease || lease->holder == who.name) return {};
  return fail(ErrorCode::Conflict, lease->holder + " is working on this case.", "",
              "ask them, or wait a minute");
}

/// Whether somebody may decide a case so, now.
Status may_decide(const Desk& desk, const Who& who, const ports::ExceptionRow& row,
                  const std::string& verb) {
  if (auto status = free_for(desk, who, row); !status) return status;
  return may_take_way_out(desk, who, row, verb);
}

/// A body's decision, for any case. Invalid, naming the member, when it does not fit.
Result<ResolveException> read_decision(Fields& fields, const std::string& actor) {
  ResolveException wish;
  wish.verb = fields.text("verb", 1, most_verb);
  wish.note = fields.text("note", 1, most_note);
  const auto cause = fields.text("root_cause", 1, 40);
  wish.rule_change = fields.flag("rule_change");
  wish.actor = actor;
  auto root_cause = from_name<RootCause>(cause);
  if (auto status = fields.finish(); !status) return fail(status.error());
  if (!root_cause) return fail(within(root_cause.error(), "root_cause"));
  wish.root_cause = *root_cause;
  return wish;
}

void resolve(Desk& desk, const CallPtr& call) {
  auto row = known_case(desk, *call);
  if (!row) return call->refuse(row.error());
  Fields fields(call->body);
  auto wish = read_decision(fields, call->who.name);
  if (!wish) return call->refuse(wish.error());
  if (auto status = may_decide(desk, call->who, *row, wish->verb); !status) {
    return call->refuse(status.error());
  }
  wish->number = row->number;
  submit(desk, call, row->stream, CasesCommand(std::move(*wish)));
}

void assign(Desk& desk, const CallPtr& call) {
  auto row = known_case(desk, *call);
  if (!row) return call->refuse(row.error());
  Fields fields(call->body);
  AssignException wish{row->number, fields.text("owner", 1, 200), call->who.name};
  if (auto status = fields.finish(); !status) return call->refuse(status.error());
  if (auto status = free_for(desk, call->who, *row); !status) return call->refuse(status.error());
  if (auto status = takes_cases(desk, wish.owner, row->channel); !status) {
    return call->refuse(status.error());
  }
  submit(desk, call, row->stream, CasesCommand(std::move(wish)));
}

void snooze(Desk& desk, const CallPtr& call) {
  auto row = known_case(desk, *call);
  if (!row) return call->refuse(row.error());
  Fields fields(call->body);
  SnoozeException wish{row->number, fields.instant("review_by"), call->who.name,
                       fields.text("reason", 1, most_note)};
  if (auto status = fields.finish(); !status) return call->refuse(status.error());
  if (auto status = free_for(desk, call->who, *row); !status) return call->refuse(status.error());
  submit(desk, call, row->stream, CasesCommand(std::move(wish)));
}

Json lease_json(const ports::ExceptionRow& row, const std::string& holder, Instant until) {
  Json json;
  json.set("stream", engine::stream_text(row.stream));
  json.set("number", row.number);
  json.set("holder", holder);
  json.set("until", engine::moment_json(until));
  return json;
}

void take_lease(Desk& desk, const CallPtr& call) {
  auto row = known_case(desk, *call);
  if (!row) return call->refuse(row.error());
  const auto now = desk.real_now();
  if (const auto other = desk.leases.take(row->stream, row->number, call->who.name, now)) {
    return call->refuse(Trouble{
        409, "conflict", other->holder + " is working on this case.", {}, "take another one"});
  }
  const auto json = lease_json(*row, call->who.name, now + Leases::lasts());
  desk.live.tell("lease", json, row->channel);
  call->answer(json_answer(json));
}

void give_lease_back(Desk& desk, const CallPtr& call) {
  auto row = known_case(desk, *call);
  if (!row) return call->refuse(row.error());
  if (desk.leases.give_back(row->stream, row->number, call->who.name)) {
    desk.live.tell("lease", lease_json(*row, "", {}), row->channel);
  }
  call->answer(empty_answer(204));
}

/// One case of many, and what became of it.
struct Row {
  std::string stream;
  std::int64_t number = 0;
  std::optional<ports::ExceptionRow> known;
  std::string consequence;
  std::optional<Error> problem;
};

/// One decision about many cases on its way through the engine. Kept alive by the step that runs.
struct Bulk {
  Desk& desk;
  CallPtr call;
  ResolveException wish;
  std::vector<Row> rows;
  bool dry_run = false;
  std::size_t at = 0;
};

using BulkPtr = std::shared_ptr<Bulk>;

/// Finds out what the decision would do to a case, and whether it may be taken.
void look_at(Bulk& bulk, Row& row) {
  auto known = known_case(bulk.desk, bulk.call->who, row.stream, row.number);
  if (!known) {
    row.problem = known.error();
    return;
  }
  const auto consequence = consequence_of(*known, bulk.wish.verb);
  const auto allowed = may_decide(bulk.desk, bulk.call->who, *known, bulk.wish.verb);
  if (known->resolved_at) {
    row.problem = Error{ErrorCode::Conflict, "The case was already decided.", "", ""};
  } else if (!consequence) {
    row.problem = Error{ErrorCode::Invalid, "This case does not offer \"" + bulk.wish.verb + "\".",
                        "verb", ""};
  } else if (!allowed) {
    row.problem = allowed.error();
  }
  row.consequence = consequence.value_or("");
  row.known = std::move(*known);
}

Json row_json(const Row& row) {
  Json json;
  json.set("stream", row.stream);
  json.set("number", row.number);
  json.set("store_number", row.known ? row.known->store_number : "");
  json.set("ok", !row.problem);
  json.set("consequence", row.consequence);
  json.set("what", row.problem ? row.problem->what : "");
  json.set("todo", row.problem ? row.problem->todo : "");
  return json;
}

void finish(const Bulk& bulk) {
  Json rows{Json::Array{}};
  for (const auto& row : bulk.rows) rows.push(row_json(row));
  const auto refused =
      std::ranges::count_if(bulk.rows, [](const Row& row) { return row.problem.has_value(); });
  Json json;
  json.set("dry_run", bulk.dry_run);
  json.set("taken", static_cast<std::int64_t>(bulk.rows.size()) - refused);
  json.set("refused", static_cast<std::int64_t>(refused));
  json.set("rows", std::move(rows));
  bulk.call->answer(json_answer(json));
}

/// Decides the next case that can be decided; one that the rules refuse leaves the others as they
/// are.
void next_case(const BulkPtr& bulk) {
  while (bulk->at < bulk->rows.size() && bulk->rows[bulk->at].problem) ++bulk->at;
  if (bulk->at == bulk->rows.size()) return finish(*bulk);
  auto& row = bulk->rows[bulk->at];
  auto wish = bulk->wish;
  wish.number = row.number;
  bulk->desk.engine.submit(row.known->stream, CasesCommand(std::move(wish)), bulk->call->who.name,
                           [bulk](const Result<engine::Stepped>& stepped) {
                             auto& done = bulk->rows[bulk->at++];
                             if (!stepped) done.problem = stepped.error();
                             next_case(bulk);
                           });
}

void resolve_many(Desk& desk, const CallPtr& call) {
  std::vector<Row> rows;
  const auto& items = call->body["items"].items();
  if (items.empty() || items.size() > most_at_once) {
    return call->refuse(
        Trouble{422, "invalid", "One to a hundred cases are expected.", "items", {}});
  }
  for (const auto& item : items) {
    Row row;
    row.stream = item["stream"].string();
    row.number = item["number"].integer();
    rows.push_back(std::move(row));
  }
  Fields fields(call->body);
  fields.skip("items");
  const bool dry_run = fields.flag("dry_run");
  auto wish = read_decision(fields, call->who.name);
  if (!wish) return call->refuse(wish.error());
  auto bulk =
      std::make_shared<Bulk>(Bulk{desk, call, std::move(*wish), std::move(rows), dry_run, 0});
  for (auto& row : bulk->rows) look_at(*bulk, row);
  if (dry_run) return finish(*bulk);
  next_case(bulk);
}

}  // namespace

std::vector<Route> decide_routes() {
  return {{"resolveException", resolve},  {"resolveExceptions", resolve_many},
          {"assignException", assign},    {"snoozeException", snooze},
          {"leaseException", take_lease}, {"endExceptionLease", give_lease_back}};
}

}  // namespace holdfast::api
