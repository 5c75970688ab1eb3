#include "engine/tracking_file.h"

#include <algorithm>

#include "core/decide.h"
#include "core/evolve.h"
#include "engine/views/history.h"

namespace holdfast::engine {
namespace {

const std::vector<std::string>& columns() {
  static const std::vector<std::string> names{"po",    "carrier", "tracking", "status",
                                              "proof", "at",      "place",    "country"};
  return names;
}

/// One cell read as a value; what is wrong with it is noted.
template <class T>
void read_into(T& value, const Result<T>& read, const char* column, std::int64_t line,
               std::vector<SheetProblem>& problems) {
  if (read)
    value = *read;
  else
    problems.push_back({line, column, read.error()});
}

TrackingRecord record_of(std::int64_t line, Cells& cells, Instant now,
                         std::vector<SheetProblem>& problems) {
  TrackingRecord record;
  const auto& status = cells["status"];
  const auto& at = cells["at"];
  read_into(record.status, from_name<TrackingStatus>(status), "status", line, problems);
  const auto proof = cells["proof"].empty() ? std::string("electronic") : cells["proof"];
  read_into(record.proof, from_name<Proof>(proof), "proof", line, problems);
  const auto when = at.empty() ? Result<Instant>(now) : parse_instant(at);
  read_into(record.carrier_time, when, "at", line, problems);
  record.carrier_time_text = at;
  record.place = cells["place"];
  record.country = cells["country"];
  record.seen_at = now;
  record.source = "csv";
  record.raw = status;
  record.key = "csv:" + cells["tracking"] + ":" + status + ":" + at;
  return record;
}

/// An order as its events tell it; words stay sealed, since no rule reads them.
Result<core::OrderState> stored_state(ports::Store& store, const ports::StreamKey& stream) {
  auto rows = store.events(stream);
  if (!rows) return fail(rows.error());
  if (rows->empty()) return fail(ErrorCode::NotFound, "there is no such order");
  core::OrderState state;
  for (const auto& row : *rows) {
    auto json = parse_json(row.bytes);
    if (!json) return fail(json.error());
    auto event = decode_event(*json);
    if (!event) return fail(within(event.error(), "event " + std::to_string(row.seq)));
    core::evolve(state, *event);
  }
  return state;
}

}  // namespace

Result<TrackingFile> read_tracking_file(const std::string& csv, Instant now) {
  auto sheet = read_sheet(csv, columns(), {"carrier", "tracking"});
  if (!sheet) return fail(sheet.error());
  TrackingFile file;
  file.problems = std::move(sheet->problems);
  for (auto& [number, cells] : sheet->rows) {
    const auto before = file.problems.size();
    TrackingLine line{number, cells["po"], cells["carrier"], cells["tracking"], std::nullopt};
    if (line.tracking.empty()) {
      file.problems.push_back(
          {number, "tracking", {ErrorCode::Invalid, "a tracking number is needed", "", ""}});
    }
    if (!cells["status"].empty()) line.record = record_of(number, cells, now, file.problems);
    if (line.po.empty() && !line.record) {
      file.problems.push_back({number,
                               "po",
                               {ErrorCode::Invalid, "the line says nothing about the parcel", "",
                                "name its purchase order, or a status in the column status"}});
    }
    if (file.problems.size() == before) file.lines.push_back(std::move(line));
  }
  return file;
}

Result<ports::StreamKey> stream_of_line(ports::Store& store, TenantId tenant,
                                        const TrackingLine& line) {
  const bool announces = !line.po.empty();
  const auto stream =
      store.reference(tenant, announces ? "po" : "tracking", announces ? line.po : line.tracking);
  if (!stream) return fail(stream.error());
  if (*stream) return **stream;
  if (announces) {
    return fail(ErrorCode::NotFound, "no order has this purchase order", "po",
                "look the number up on the order's page");
  }
  return fail(ErrorCode::NotFound, "no parcel has this number", "tracking",
              "name its purchase order in the column po");
}

std::vector<Command> commands_of(const TrackingLine& line, const std::string& source, Instant now) {
  std::vector<Command> commands;
  if (!line.po.empty()) {
    commands.emplace_back(SupplierCommand(
        AnnounceParcel{line.po, line.carrier, line.tracking, {}, now, source, Strength::Recorded}));
  }
  if (line.record) {
    auto record = *line.record;
    record.source = source;
    commands.emplace_back(EngineCommand(RecordTracking{line.tracking, line.carrier, {record}}));
  }
  return commands;
}

Result<std::vector<Event>> TrackingTrial::take(const TrackingLine& line,
                                               const std::string& source) {
  auto stream = stream_of_line(store_, setup_.tenant, line);
  // A number that an earlier line of the file announces is not in the store yet.
  if (!stream && line.po.empty()) {
    for (const auto& [id, state] : states_) {
      if (state.parcel_of(line.tracking)) {
        stream = ports::StreamKey{setup_.tenant, ports::StreamKind::Order, id};
      }
    }
  }
  if (!stream) return fail(stream.error());
  if (!states_.contains(stream->id)) {
    auto state = stored_state(store_, *stream);
    if (!state) return fail(state.error());
    states_[stream->id] = std::move(*state);
  }
  auto state = states_[stream->id];
  core::Facts facts;
  facts.now = now_;
  facts.policy = &setup_.policy;
  std::vector<Event> all;
  for (const auto& command : commands_of(line, source, now_)) {
    auto events = core::recorded_by(state, command, facts);
    if (!events) return fail(events.error());
    for (auto& event : *events) {
      core::evolve(state, event);
      all.push_back(std::move(event));
    }
  }
  states_[stream->id] = std::move(state);
  return all;
}

std::string column_of(const Error& error) {
  const auto& names = columns();
  return std::ranges::find(names, error.where) != names.end() ? error.where : std::string();
}

}  // namespace holdfast::engine
