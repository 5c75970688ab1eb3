#include <algorithm>
#include <tuple>

#include "cli/commands.h"
#include "engine/settings/offers_sheet.h"
#include "engine/tracking_file.h"

namespace holdfast::cli {
namespace {

/// The closing words every import has.
Json import_result(std::vector<engine::SheetProblem> problems, std::int64_t taken,
                   const std::string& what) {
  std::ranges::sort(problems, [](const auto& a, const auto& b) {
    return std::tie(a.line, a.column) < std::tie(b.line, b.column);
  });
  Json json, list{Json::Array{}};
  std::string said = std::to_string(taken) + " " + what;
  for (const auto& [line, column, error] : problems) {
    const auto whole = error.what + (error.todo.empty() ? "" : ": " + error.todo);
    Json item;
    item.set("line", line);
    item.set("column", column);
    item.set("what", whole);
    list.push(std::move(item));
    said +=
        "\n  line " + std::to_string(line) + (column.empty() ? "" : ", " + column) + ": " + whole;
  }
  json.set("ok", problems.empty());
  json.set("taken", taken);
  json.set("problems", std::move(list));
  json.set("said", said);
  return json;
}

/// Takes one line; what it would do is known from the same rules.
Status take_line(Desk& desk, const Request& request, const engine::TrackingLine& line) {
  auto stream = engine::stream_of_line(*desk.store, desk.tenant(), line);
  if (!stream) return fail(stream.error());
  for (auto& command : engine::commands_of(line, request.actor, desk.clock->now())) {
    auto done = desk.submit(*stream, std::move(command), request.actor);
    if (!done) return fail(done.error());
  }
  return {};
}

}  // namespace

Answer import_offers(Desk& desk, const Request& request) {
  auto sheet =
      engine::read_offers_sheet(request.text("csv"), desk.setup->profiles, desk.clock->now());
  if (!sheet) return fail(sheet.error());
  std::vector<Offer> offers;
  for (auto& [line, offer] : sheet->offers) offers.push_back(std::move(offer));
  const bool whole = sheet->problems.empty();
  const auto taken = whole ? std::int64_t(offers.size()) : 0;
  // All or nothing: half a price list would route orders by a mixture of two days.
  if (whole && !request.flag("dry_run")) {
    if (auto status = desk.state_offers(std::move(offers)); !status) return fail(status.error());
  }
  auto json = import_result(std::move(sheet->problems), taken, "offers taken");
  json.set("dry_run", request.flag("dry_run"));
  return json;
}

Answer import_tracking(Desk& desk, const Request& request) {
  const auto now = desk.clock->now();
  auto file = engine::read_tracking_file(request.text("csv"), now);
  if (!file) return fail(file.error());
  const bool dry = request.flag("dry_run");
  engine::TrackingTrial trial(*desk.store, *desk.setup, now);
  std::int64_t taken = 0;
  for (const auto& line : file->lines) {
    Status status;
    if (dry) {
      if (auto tried = trial.take(line, request.actor); !tried) status = fail(tried.error());
    } else {
      status = take_line(desk, request, line);
    }
    if (status) {
      ++taken;
      continue;
    }
    if (status.error().code == ErrorCode::Unavailable) return fail(status.error());
    file->problems.push_back({line.line, engine::column_of(status.error()), status.error()});
  }
  auto json = import_result(std::move(file->problems), taken,
                            dry ? "lines would be recorded" : "lines recorded");
  json.set("dry_run", dry);
  return json;
}

Answer export_erasures(Desk& desk, const Request&) {
  Json lines{Json::Array{}};
  std::string after;
  while (true) {
    const auto rows = desk.store->records(desk.tenant(), "erasure", after, 250);
    if (!rows) return fail(rows.error());
    for (const auto& row : *rows) {
      auto json = parse_json(row.bytes);
      if (json) lines.push(std::move(*json));
    }
    if (rows->size() < 250) break;
    after = rows->back().key;
  }
  Json json;
  std::string said;
  for (const auto& line : lines.items()) said += (said.empty() ? "" : "\n") + to_text(line);
  json.set("erasures", std::move(lines));
  json.set("said", said);
  return json;
}

}  // namespace holdfast::cli
