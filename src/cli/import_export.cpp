#include <charconv>
#include <set>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/offers.h"
#include "engine/settings/offers_csv.h"

namespace holdfast::cli {
namespace {

using Record = std::pair<std::int64_t, std::vector<std::string>>;

/// A CSV with a header, and everything wrong with it by line.
struct Sheet {
  std::vector<std::string> header;
  std::vector<Record> records;
  Json problems{Json::Array{}};

  void find(std::int64_t line, const std::string& column, const Error& error) {
    Json json;
    json.set("line", line);
    json.set("column", column);
    json.set("what", error.what + (error.todo.empty() ? "" : ": " + error.todo));
    problems.push(std::move(json));
  }
};

Result<Sheet> read_sheet(const std::string& text, const std::vector<std::string>& known,
                         const std::vector<std::string>& needed) {
  auto records = engine::parse_csv(text);
  if (!records) return fail(within(records.error(), "line"));
  if (records->empty()) return fail(ErrorCode::Invalid, "the file is empty", "line 1");
  Sheet sheet;
  for (const auto& name : records->front().second) sheet.header.emplace_back(trim(name));
  for (const auto& name : sheet.header) {
    if (std::ranges::find(known, name) != known.end()) continue;
    const auto near = nearest(name, known);
    return fail(ErrorCode::Invalid, "unknown column \"" + name + "\"", "line 1",
                near.empty() ? "known: " + join(known, ", ") : "did you mean " + near + "?");
  }
  for (const auto& name : needed) {
    if (std::ranges::find(sheet.header, name) != sheet.header.end()) continue;
    return fail(ErrorCode::Invalid, "the column \"" + name + "\" is missing", "line 1",
                "known: " + join(known, ", "));
  }
  records->erase(records->begin());
  sheet.records = std::move(*records);
  return sheet;
}

/// Cells of one record by column; false, with a finding, when their number is wrong.
bool take_cells(Sheet& sheet, const Record& record, std::map<std::string, std::string>& cells) {
  cells.clear();
  if (record.second.size() != sheet.header.size()) {
    sheet.find(record.first, "",
               {ErrorCode::Invalid, "the header has another number of columns", "", ""});
    return false;
  }
  for (std::size_t i = 0; i < sheet.header.size(); ++i) {
    cells[sheet.header[i]] = trim(record.second[i]);
  }
  return true;
}

/// An order's parcel or scan as one line of a tracking file says it.
struct TrackingLine {
  std::string po, carrier, tracking;
  std::optional<TrackingRecord> record;
};

std::optional<TrackingLine> tracking_line(Sheet& sheet, std::int64_t number,
                                          std::map<std::string, std::string>& cells, Instant now) {
  TrackingLine line{cells["po"], cells["carrier"], cells["tracking"], std::nullopt};
  const auto before = sheet.problems.items().size();
  const auto refuse = [&](const char* column, const Error& error) {
    sheet.find(number, column, error);
  };
  if (line.tracking.empty()) {
    refuse("tracking", {ErrorCode::Invalid, "a tracking number is needed", "", ""});
  }
  if (!cells["status"].empty()) {
    TrackingRecord record;
    const auto status = from_name<TrackingStatus>(cells["status"]);
    if (!status)
      refuse("status", status.error());
    else
      record.status = *status;
    const auto proof = from_name<Proof>(cells["proof"].empty() ? "electronic" : cells["proof"]);
    if (!proof)
      refuse("proof", proof.error());
    else
      record.proof = *proof;
    const auto at = cells["at"].empty() ? Result<Instant>(now) : parse_instant(cells["at"]);
    if (!at)
      refuse("at", at.error());
    else
      record.carrier_time = *at;
    record.carrier_time_text = cells["at"];
    record.place = cells["place"];
    record.country = cells["country"];
    record.seen_at = now;
    record.source = "csv";
    record.raw = cells["status"];
    record.key = "csv:" + line.tracking + ":" + cells["status"] + ":" + cells["at"];
    line.record = std::move(record);
  }
  if (sheet.problems.items().size() != before) return std::nullopt;
  return line;
}

/// Announces the parcel when its purchase order is named, then records the scan.
Status take_tracking(Desk& desk, const Request& request, const TrackingLine& line) {
  const bool announce = !line.po.empty();
  const auto stream = desk.store->reference(desk.tenant(), announce ? "po" : "tracking",
                                            announce ? line.po : line.tracking);
  if (!stream) return fail(stream.error());
  if (!*stream) {
    return fail(ErrorCode::NotFound,
                announce ? "no order has this purchase order" : "no parcel has this number", "",
                announce ? "" : "name its purchase order in the column po");
  }
  if (announce) {
    AnnounceParcel command;
    command.po = line.po;
    command.carrier = line.carrier;
    command.tracking = line.tracking;
    command.announced_at = desk.clock->now();
    command.source = request.actor;
    command.strength = Strength::Recorded;
    const auto done = desk.submit(**stream, SupplierCommand(command), request.actor);
    if (!done) return fail(done.error());
  }
  if (!line.record) return {};
  auto record = *line.record;
  record.source = request.actor;
  const RecordTracking command{line.tracking, line.carrier, {record}};
  const auto done = desk.submit(**stream, EngineCommand(command), request.actor);
  if (!done) return fail(done.error());
  return {};
}

/// The closing words every import has.
Json import_result(const Sheet& sheet, std::int64_t taken, const std::string& what) {
  const auto refused = std::int64_t(sheet.problems.items().size());
  Json json;
  json.set("ok", refused == 0);
  json.set("taken", taken);
  json.set("problems", sheet.problems);
  std::string said = std::to_string(taken) + " " + what;
  for (const auto& problem : sheet.problems.items()) {
    said += "\n  line " + problem["line"].digits();
    if (!problem["column"].string().empty()) said += ", " + problem["column"].string();
    said += ": " + problem["what"].string();
  }
  json.set("said", said);
  return json;
}

}  // namespace

Answer import_offers(Desk& desk, const Request& request) {
  auto sheet = read_sheet(request.text("csv"), offer_columns(), {"sku", "supplier", "cost"});
  if (!sheet) return fail(sheet.error());
  std::vector<ports::RecordRow> rows;
  std::set<std::string> seen;
  std::map<std::string, std::string> cells;
  for (const auto& record : sheet->records) {
    if (!take_cells(*sheet, record, cells)) continue;
    Offer offer;
    offer.stated_at = desk.clock->now();
    std::vector<std::pair<std::string, Error>> problems;
    read_offer(cells, offer, problems);
    if (!desk.setup->profiles.contains(offer.supplier)) {
      problems.push_back({"supplier",
                          {ErrorCode::NotFound, "no such supplier: " + offer.supplier, "",
                           "name the id of a [[supplier]]"}});
    }
    for (const auto& [column, error] : problems) sheet->find(record.first, column, error);
    if (!problems.empty()) continue;
    auto row = offer_record(desk.tenant(), offer);
    if (!seen.insert(row.key).second) {
      sheet->find(record.first, "sku",
                  {ErrorCode::Conflict, "this supplier's item stands twice", "", "keep one line"});
      continue;
    }
    rows.push_back(std::move(row));
  }
  const bool whole = sheet->problems.items().empty();
  const auto taken = whole ? std::int64_t(rows.size()) : 0;
  // All or nothing: half a price list would route orders by a mixture of two days.
  if (whole && !request.flag("dry_run")) {
    if (auto status = desk.put_records(std::move(rows), {}); !status) return fail(status.error());
  }
  auto json = import_result(*sheet, taken, "offers taken; they count from the server's next start");
  json.set("dry_run", request.flag("dry_run"));
  return json;
}

Answer import_tracking(Desk& desk, const Request& request) {
  auto sheet =
      read_sheet(request.text("csv"),
                 {"po", "carrier", "tracking", "status", "proof", "at", "place", "country"},
                 {"carrier", "tracking"});
  if (!sheet) return fail(sheet.error());
  std::int64_t taken = 0;
  std::map<std::string, std::string> cells;
  const auto now = desk.clock->now();
  for (const auto& record : sheet->records) {
    if (!take_cells(*sheet, record, cells)) continue;
    const auto line = tracking_line(*sheet, record.first, cells, now);
    if (!line) continue;
    if (!request.flag("dry_run")) {
      if (auto status = take_tracking(desk, request, *line); !status) {
        if (status.error().code == ErrorCode::Unavailable) return fail(status.error());
        sheet->find(record.first, "", status.error());
        continue;
      }
    }
    ++taken;
  }
  auto json = import_result(*sheet, taken, "lines recorded");
  json.set("dry_run", request.flag("dry_run"));
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
