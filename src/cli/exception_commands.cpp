#include <algorithm>

#include "base/text.h"
#include "cli/columns.h"
#include "cli/commands.h"

namespace holdfast::cli {
namespace {

/// "review_by_ms.stream.number": where a page of the queue ends.
std::string cursor_text(const ports::ExceptionRow& row) {
  return std::to_string(row.review_by.ms) + "." + std::to_string(row.stream.id) + "." +
         std::to_string(row.number);
}

Result<ports::ExceptionQuery::Cursor> parse_cursor(const std::string& text) {
  const auto parts = split(text, '.');
  std::int64_t numbers[3] = {};
  bool fits = parts.size() == 3;
  for (std::size_t i = 0; fits && i < 3; ++i) {
    const auto json = parse_json(parts[i]);
    fits = json && json->is_integer();
    if (fits) numbers[i] = json->integer();
  }
  if (!fits) return fail(ErrorCode::Invalid, "not a cursor", text, "use the one a page ended with");
  return ports::ExceptionQuery::Cursor{{numbers[0]}, numbers[1], numbers[2]};
}

Json row_json(const ports::ExceptionRow& row) {
  const auto body = parse_json(row.body);
  Json json;
  const bool of_order = row.stream.kind == ports::StreamKind::Order;
  json.set("order", of_order ? Json(id_text(OrderTag::prefix, row.stream.id)) : Json());
  json.set("case", id_text(of_order ? OrderTag::prefix : "case", row.stream.id));
  json.set("store_number", row.store_number);
  json.set("channel", row.channel);
  json.set("number", row.number);
  json.set("reason", name_of(row.reason));
  json.set("about", row.about);
  json.set("detail", row.detail);
  json.set("owner", row.owner);
  json.set("backup", row.backup);
  json.set("next_action", row.next_action);
  json.set("opened_at", to_text(row.opened_at));
  json.set("review_by", to_text(row.review_by));
  json.set("resolved_at", row.resolved_at ? Json(to_text(row.resolved_at)) : Json());
  json.set("resolution", row.resolution);
  json.set("options", body ? (*body)["options"] : Json());
  json.set("money_at_risk", body ? (*body)["money_at_risk"] : Json());
  return json;
}

/// An order, or a case that belongs to no order: "case_…" as exception list shows it.
Result<ports::StreamKey> find_stream(Desk& desk, const std::string& name) {
  const auto id = parse_id("case", name);
  if (id) return ports::StreamKey{desk.tenant(), ports::StreamKind::Case, *id};
  return find_order(desk, name);
}

}  // namespace

Answer exception_list(Desk& desk, const Request& request) {
  ports::ExceptionQuery query;
  query.tenant = desk.tenant();
  query.open = !request.flag("resolved");
  query.owner = request.text("owner");
  query.channel = request.text("channel");
  query.limit =
      static_cast<std::size_t>(std::clamp<std::int64_t>(request.number("limit", 50), 1, 250));
  if (!request.text("reason").empty()) {
    const auto reason = from_name<ReasonCode>(request.text("reason"));
    if (!reason) return fail(within(reason.error(), "--reason"));
    query.reason = *reason;
  }
  if (!request.text("cursor").empty()) {
    const auto cursor = parse_cursor(request.text("cursor"));
    if (!cursor) return fail(cursor.error());
    query.after = *cursor;
  }
  auto rows = desk.store->exceptions(query);
  if (!rows) return fail(rows.error());
  const auto opened = engine::open_rows(*desk.store, desk.vault, *rows);
  if (!opened) return fail(opened.error());
  Json list{Json::Array{}};
  for (const auto& row : *rows) list.push(row_json(row));
  Json json;
  json.set("exceptions", std::move(list));
  const bool more = rows->size() == query.limit;
  json.set("cursor", more ? Json(cursor_text(rows->back())) : Json());
  json.set("now", to_text(desk.clock->now()));
  return json;
}

Answer exception_resolve(Desk& desk, const Request& request) {
  const auto stream = find_stream(desk, request.text("order"));
  if (!stream) return fail(stream.error());
  ResolveException command;
  command.number = request.number("number", 0);
  command.verb = request.text("verb");
  command.note = request.text("note");
  command.actor = request.actor;
  command.rule_change = request.flag("rule_change");
  if (!request.text("root_cause").empty()) {
    const auto cause = from_name<RootCause>(request.text("root_cause"));
    if (!cause) return fail(within(cause.error(), "--root-cause"));
    command.root_cause = *cause;
  }
  const auto stepped = desk.submit(*stream, CasesCommand(command), request.actor);
  if (!stepped) return fail(stepped.error());
  Json events{Json::Array{}};
  for (const auto& event : stepped->events) events.push(name_of(event));
  Json json;
  json.set("order", request.text("order"));
  json.set("number", command.number);
  json.set("verb", command.verb);
  json.set("version", stepped->version);
  json.set("events", std::move(events));
  json.set("effects", std::int64_t(stepped->effects.size()));
  std::string said = "case " + std::to_string(command.number) + " decided: " + command.verb;
  if (!stepped->effects.empty()) {
    said += "; " + std::to_string(stepped->effects.size()) + " message(s) to partners ";
    said += desk.served ? "are on their way" : "leave when the server starts";
  }
  json.set("said", said);
  return json;
}

std::string exception_list_text(const Json& data) {
  const auto& now = data["now"].string();
  Columns table;
  table.add({"ORDER", "NO", "REASON", "OWNER", "REVIEW BY", "NEXT ACTION", "DETAIL"});
  for (const auto& row : data["exceptions"].items()) {
    const auto& number = row["store_number"].string();
    // Both are UTC times of one form, so the order of texts is the order of times.
    const bool late = row["resolved_at"].is_null() && row["review_by"].string() < now;
    table.add({number.empty() ? row["case"].string() : number, row["number"].digits(),
               row["reason"].string(), row["owner"].string(),
               short_time(row["review_by"].string()) + (late ? " LATE" : ""),
               row["next_action"].string(), row["detail"].string()});
  }
  if (data["exceptions"].items().empty()) return "nothing to decide\n";
  auto out = table.text("");
  if (!data["cursor"].is_null()) out += "more: --cursor " + data["cursor"].string() + "\n";
  return out;
}

}  // namespace holdfast::cli
