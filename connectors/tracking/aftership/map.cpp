#include "connectors/tracking/aftership/map.h"

#include "base/check.h"
#include "base/text.h"
#include "connectors/tracking/aftership/data.h"
#include "ports/scans.h"

namespace holdfast::connectors::aftership {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(std::string_view csv) {
  auto rows = ports::parse_csv(csv);
  check(rows.has_value(), "the folder's CSV files can be read");
  return std::move(*rows);
}

const Rows& couriers() {
  static const Rows rows = rows_of(couriers_csv);
  return rows;
}

/// The second column where the first is `key`, or the other way round with `back`.
std::string look_up(const Rows& rows, std::string_view key, bool back = false) {
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (lower(rows[i].at(back ? 1 : 0)) == lower(key)) return rows[i].at(back ? 0 : 1);
  }
  return "";
}

/// The first of these members that is a text; AfterShip renamed some from version to version.
std::string first_text(const Json& json, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    if (!json[name].string().empty()) return json[name].string();
  }
  return "";
}

std::string place_of(const Json& checkpoint) {
  const auto& location = checkpoint["location"].string();
  if (!location.empty()) return std::string(clipped(location, 120));
  std::vector<std::string> parts;
  for (const char* name : {"city", "state"}) {
    if (!checkpoint[name].string().empty()) parts.push_back(checkpoint[name].string());
  }
  return std::string(clipped(join(parts, ", "), 120));
}

ports::Scan scan_of(const std::string& number, const Json& checkpoint, Instant seen_at) {
  const auto& subtag = checkpoint["subtag"].string();
  const auto& words = checkpoint["message"].string();
  const auto& text = checkpoint["checkpoint_time"].string();
  const auto time = ports::read_carrier_time(text);
  ports::Scan scan;
  scan.code = subtag;
  scan.provider = checkpoint["slug"].string();
  scan.arrival = lower(subtag) == "intransit_003";
  auto& record = scan.record;
  record.key = ports::scan_key({number, text, subtag, words});
  record.country = country_of(first_text(checkpoint, {"country_region", "country_iso3"}));
  record.postcode_prefix = ports::postcode_prefix(first_text(checkpoint, {"postal_code", "zip"}));
  record.place = place_of(checkpoint);
  record.carrier_time = time.at;
  record.uncertainty_minutes = time.uncertainty_minutes;
  record.carrier_time_text = clipped(text, 60);
  record.seen_at = seen_at;
  const auto code = subtag.empty() ? checkpoint["tag"].string() : subtag;
  record.raw = clipped(code + ": " + words, 500);
  record.source = "aftership";
  return scan;
}

/// A status of the number as a whole, which no checkpoint carries.
TrackingRecord overall(const std::string& number, const Json& tracking, const std::string& told,
                       Instant seen_at) {
  const auto& code = tracking["subtag"].string();
  const auto& row = codes().of(code);
  TrackingRecord record;
  record.key = ports::scan_key({number, "overall", code, told});
  record.status = row.status;
  record.flag = row.flag;
  record.proof = row.proof;
  record.party = row.party;
  record.seen_at = seen_at;
  record.raw = clipped(code + ": " + tracking["subtag_message"].string(), 500);
  record.mapping = codes().version();
  record.source = "aftership";
  return record;
}

}  // namespace

const ports::CodeTable& codes() {
  static const auto table = ports::parse_codes(codes_csv);
  check(table.has_value(), "connectors/tracking/aftership/codes.csv can be read");
  return *table;
}

std::string slug_of(std::string_view carrier) {
  auto slug = look_up(couriers(), carrier);
  if (!slug.empty()) return slug;
  return look_up(couriers(), carrier, true).empty() ? "" : lower(carrier);
}

std::string country_of(std::string_view code) {
  static const Rows countries = rows_of(countries_csv);
  auto two = look_up(countries, code);
  if (!two.empty()) return two;
  return look_up(countries, code, true).empty() ? "" : upper(code);
}

std::optional<Command> tracking_of(const Json& tracking, Instant seen_at) {
  RecordTracking command;
  command.tracking = tracking["tracking_number"].string();
  const auto& slug = tracking["slug"].string();
  const auto name = look_up(couriers(), slug, true);
  command.carrier = name.empty() ? slug : name;
  std::vector<ports::Scan> scans;
  for (const auto& checkpoint : tracking["checkpoints"].items()) {
    scans.push_back(scan_of(command.tracking, checkpoint, seen_at));
  }
  const auto origin = first_text(tracking, {"origin_country_region", "origin_country_iso3"});
  const auto destination =
      first_text(tracking, {"destination_country_region", "courier_destination_country_region",
                            "destination_country_iso3"});
  command.events =
      ports::settled(std::move(scans), codes(), country_of(origin), country_of(destination));
  const auto& code = tracking["subtag"].string();
  if (!code.empty() &&
      (command.events.empty() || codes().of(code).status == TrackingStatus::Stale)) {
    // The newest checkpoint is part of the key: the number can fall silent a second time.
    const auto told = command.events.empty() ? "" : command.events.back().key;
    command.events.push_back(overall(command.tracking, tracking, told, seen_at));
  }
  if (command.tracking.empty() || command.events.empty()) return std::nullopt;
  return Command(EngineCommand(std::move(command)));
}

}  // namespace holdfast::connectors::aftership
