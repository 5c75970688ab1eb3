#pragma once
// Tracking file: parcels and scans that a person brings as CSV, and what each line would do.
// It must never write: who takes the lines submits their commands.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/state.h"
#include "engine/settings/sheet.h"
#include "engine/setup.h"
#include "model/command.h"
#include "ports/store.h"

namespace holdfast::engine {

/// A parcel to be announced (its purchase order is named), a scan to be recorded, or both.
struct TrackingLine {
  std::int64_t line = 0;
  std::string po;
  std::string carrier;
  std::string tracking;
  std::optional<TrackingRecord> record;
};

struct TrackingFile {
  std::vector<TrackingLine> lines;
  std::vector<SheetProblem> problems;
};

/// Reads a file with the columns carrier and tracking, and po, status, proof, at, place, country as
/// it likes. What is wrong with single lines stands in `problems`; Invalid when the file is none.
Result<TrackingFile> read_tracking_file(const std::string& csv, Instant now);

/// The order a line is about. Errors: NotFound, naming the column and what to do, or the store's.
Result<ports::StreamKey> stream_of_line(ports::Store& store, TenantId tenant,
                                        const TrackingLine& line);

/// What a line asks for, in order; typed in by a person, so recorded and no more.
std::vector<Command> commands_of(const TrackingLine& line, const std::string& source, Instant now);

/// A dry run: tries lines one after the other, each on top of those before it.
class TrackingTrial {
 public:
  TrackingTrial(ports::Store& store, const Setup& setup, Instant now)
      : store_(store), setup_(setup), now_(now) {}

  /// What the line itself would record; nothing when all of it is known. Errors are those that
  /// taking it would have.
  Result<std::vector<Event>> take(const TrackingLine& line, const std::string& source);

 private:
  ports::Store& store_;
  const Setup& setup_;
  Instant now_;
  std::map<std::int64_t, core::OrderState> states_;  // by stream id
};

/// The column a problem with taking a line is about, "" when it is the whole line.
std::string column_of(const Error& error);

}  // namespace holdfast::engine
