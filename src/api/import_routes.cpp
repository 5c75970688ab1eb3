// Imports: a tracking file typed or fetched by a person, tried without a trace or taken line by
// line, with a report of every line: what happened, where it went wrong, what to do.
#include <algorithm>
#include <tuple>

#include "api/csv_import.h"
#include "api/desk.h"
#include "api/own_rows.h"
#include "engine/tracking_file.h"

namespace holdfast::api {
namespace {

constexpr std::size_t most_lines = 2000;

struct Row {
  std::int64_t line = 0;
  std::string tracking;
  std::string order;
  std::vector<std::string> events;
  std::string column;
  std::string what;
  std::string todo;
  bool ok = false;
};

/// One file on its way through the engine. Kept alive by the step that runs.
struct Import {
  Desk& desk;
  CallPtr call;
  std::vector<engine::TrackingLine> lines;
  std::vector<Row> rows;
  std::size_t at = 0;
  std::vector<Command> commands;  // of the line at `at` that are still to be taken, last first
  Row row;
};

using ImportPtr = std::shared_ptr<Import>;

void refuse(Row& row, const Error& error) {
  row.ok = false;
  row.column = engine::column_of(error);
  row.what = error.what;
  row.todo = error.todo;
}

Row row_of(const engine::TrackingLine& line) {
  Row row;
  row.line = line.line;
  row.tracking = line.tracking;
  row.ok = true;
  return row;
}

Json row_json(const Row& row) {
  Json events{Json::Array{}};
  for (const auto& event : row.events) events.push(event);
  Json json;
  json.set("line", row.line);
  json.set("ok", row.ok);
  json.set("tracking", row.tracking);
  json.set("order", row.order.empty() ? Json() : Json(row.order));
  json.set("events", std::move(events));
  json.set("column", row.column);
  json.set("what", row.what);
  json.set("todo", row.todo);
  return json;
}

void finish(const Import& import, bool dry_run) {
  auto rows = import.rows;
  std::ranges::sort(rows, [](const Row& a, const Row& b) {
    return std::tie(a.line, a.column) < std::tie(b.line, b.column);
  });
  Json list{Json::Array{}};
  for (const auto& row : rows) list.push(row_json(row));
  const auto taken = std::ranges::count_if(rows, &Row::ok);
  Json json;
  json.set("dry_run", dry_run);
  json.set("taken", static_cast<std::int64_t>(taken));
  json.set("refused", static_cast<std::int64_t>(rows.size()) - taken);
  json.set("rows", std::move(list));
  import.call->answer(json_answer(json));
}

/// The order a line is about; NotFound, as for one that does not exist, when its store is not the
/// caller's.
Result<ports::StreamKey> own_stream(const Import& import, const engine::TrackingLine& line) {
  auto& desk = import.desk;
  auto stream = engine::stream_of_line(desk.store(), desk.tenant(), line);
  if (!stream) return stream;
  const auto theirs = sees_stream(desk, import.call->who, *stream);
  if (!theirs) return fail(theirs.error());
  if (*theirs) return stream;
  return fail(ErrorCode::NotFound, "no order of your stores has this number");
}

void next_line(const ImportPtr& import);

/// Takes what is left of the line, one command after the other.
void next_command(const ImportPtr& import, const ports::StreamKey& stream) {
  if (import->commands.empty()) {
    import->rows.push_back(std::move(import->row));
    ++import->at;
    return next_line(import);
  }
  auto command = std::move(import->commands.back());
  import->commands.pop_back();
  import->desk.engine.submit(stream, std::move(command), import->call->who.name,
                             [import, stream](Result<engine::Stepped> stepped) {
                               if (!stepped) {
                                 refuse(import->row, stepped.error());
                                 import->commands.clear();
                               } else {
                                 for (const auto& event : stepped->events) {
                                   import->row.events.emplace_back(name_of(event));
                                 }
                               }
                               next_command(import, stream);
                             });
}

void next_line(const ImportPtr& import) {
  for (; import->at < import->lines.size(); ++import->at) {
    const auto& line = import->lines[import->at];
    import->row = row_of(line);
    auto stream = own_stream(*import, line);
    if (stream) {
      import->row.order = engine::stream_text(*stream);
      import->commands = engine::commands_of(line, import->call->who.name, import->desk.now());
      std::ranges::reverse(import->commands);
      return next_command(import, *stream);
    }
    refuse(import->row, stream.error());
    import->rows.push_back(std::move(import->row));
  }
  finish(*import, false);
}

/// Tries every line on what is known now and changes nothing.
void try_lines(Import& import) {
  auto& desk = import.desk;
  engine::TrackingTrial trial(desk.store(), desk.setup(), desk.now());
  for (const auto& line : import.lines) {
    auto row = row_of(line);
    const auto stream = own_stream(import, line);
    if (stream) row.order = engine::stream_text(*stream);
    auto events = stream || import.call->who.everywhere()
                      ? trial.take(line, import.call->who.name)
                      : Result<std::vector<Event>>(fail(stream.error()));
    if (!events) {
      refuse(row, events.error());
    } else {
      for (const auto& event : *events) row.events.emplace_back(name_of(event));
    }
    import.rows.push_back(std::move(row));
  }
  finish(import, true);
}

void import_tracking(Desk& desk, const CallPtr& call) {
  if (const auto trouble = wrong_import(*call)) return call->refuse(*trouble);
  auto file = engine::read_tracking_file(call->request.body, desk.now());
  if (!file) return call->refuse(file.error());
  if (file->lines.size() > most_lines) {
    return call->refuse(too_many_lines(most_lines, "divide it"));
  }
  auto import = std::make_shared<Import>(Import{desk, call, std::move(file->lines), {}, 0, {}, {}});
  for (const auto& [line, column, error] : file->problems) {
    Row row;
    row.line = line;
    refuse(row, error);
    row.column = column;
    import->rows.push_back(std::move(row));
  }
  if (only_tries(*call)) return try_lines(*import);
  next_line(import);
}

}  // namespace

std::vector<Route> import_routes() { return {{"importTracking", import_tracking}}; }

}  // namespace holdfast::api
