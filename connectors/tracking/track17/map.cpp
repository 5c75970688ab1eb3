#include "connectors/tracking/track17/map.h"

#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "connectors/tracking/track17/data.h"
#include "ports/outcomes.h"
#include "ports/scans.h"

namespace holdfast::connectors::track17 {
namespace {

using ports::Outcome;

/// Letters and digits in lower case, so that "DHL-Express" and "dhl express" are one.
std::string plain(std::string_view name) {
  std::string out;
  for (const char c : lower(name)) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out.push_back(c);
  }
  return out;
}

struct CarrierRow {
  std::string name;
  std::int64_t code = 0;
};

std::int64_t number_of(std::string_view digits) {
  std::int64_t value = 0;
  for (const char c : trim(digits)) {
    if (c < '0' || c > '9' || value > 100'000'000) return 0;
    value = value * 10 + (c - '0');
  }
  return value;
}

/// The account's own carriers first, so that they win over the file's.
std::vector<CarrierRow> carriers(const ports::Account& account) {
  std::vector<CarrierRow> rows;
  for (const auto entry : split(account.setting("carrier_codes"), ';')) {
    const auto equals = entry.find('=');
    if (equals == entry.npos) continue;
    rows.push_back(
        {std::string(trim(entry.substr(0, equals))), number_of(entry.substr(equals + 1))});
  }
  const auto file = ports::parse_csv(carriers_csv);
  check(file.has_value(), "carriers.csv can be read");
  for (std::size_t i = 1; i < file->size(); ++i) {
    rows.push_back({(*file)[i].at(0), number_of((*file)[i].at(1))});
  }
  return rows;
}

/// ISO 3166-1 alpha-2, or "" for anything else.
std::string country_of(const Json& address) {
  const auto country = upper(trim(address["country"].string()));
  return country.size() == 2 ? country : "";
}

/// "+08:00" at the end of an RFC 3339 text; "" for none.
std::string zone_of(std::string_view iso) {
  if (iso.size() < 20) return "";
  const auto at = iso.find_first_of("Zz+-", 19);
  return at == iso.npos ? "" : std::string(iso.substr(at));
}

/// The time as the carrier wrote it, with the zone 17TRACK found for it when the carrier gave none.
ports::CarrierTime time_of(const Json& event) {
  const auto& raw = event["time_raw"];
  const auto& iso = event["time_iso"].string();
  const auto& utc = event["time_utc"].string();
  const auto& date = raw["date"].string();
  const auto& clock = raw["time"].string();
  const auto told = ports::read_carrier_time(utc.empty() ? iso : utc);
  if (date.empty()) return told;
  if (clock.empty()) {
    // A bare day: a clock time in the other fields would be 17TRACK's filling.
    return ports::read_carrier_time(date);
  }
  const auto local = date + "T" + (clock.size() == 5 ? clock + ":00" : clock);
  const auto& zone = raw["timezone"].string();
  if (const auto exact = ports::read_carrier_time(local + zone); exact.has_zone) return exact;
  if (told.has_zone && iso.starts_with(local)) return told;
  const auto found = zone_of(iso);
  // A "Z" is no place's zone but 17TRACK's own conversion, so it says nothing of the raw time.
  if (!found.empty() && lower(found) != "z") return ports::read_carrier_time(local + found);
  const auto open = ports::read_carrier_time(local);
  if (!open.at || !told.has_zone) return open.at ? open : told;
  const auto apart = std::abs((told.at - open.at).ms);
  return apart <= hours(14).ms ? told : open;
}

std::string time_text(const Json& event) {
  const auto& raw = event["time_raw"];
  const std::string text =
      raw["date"].string() + " " + raw["time"].string() + " " + raw["timezone"].string();
  const auto words = trim(text);
  if (!words.empty()) return std::string(words);
  return event["time_iso"].string().empty() ? event["time_utc"].string()
                                            : event["time_iso"].string();
}

ports::Scan scan_of(const std::string& number, const Json& provider, const Json& event,
                    Instant seen_at) {
  const auto& code = event["sub_status"].string();
  const auto& words = event["description"].string();
  const auto& address = event["address"];
  const auto time = time_of(event);
  ports::Scan scan;
  scan.code = code;
  scan.provider = provider["key"].digits();
  scan.arrival = lower(code) == "intransit_arrival";
  auto& record = scan.record;
  record.key = ports::scan_key({number, time_text(event), code, words});
  record.country = country_of(address);
  record.postcode_prefix = ports::postcode_prefix(address["postal_code"].string());
  record.place = clipped(
      event["location"].string().empty() ? address["city"].string() : event["location"].string(),
      120);
  record.carrier_time = time.at;
  record.uncertainty_minutes = time.uncertainty_minutes;
  record.carrier_time_text = clipped(time_text(event), 60);
  record.seen_at = seen_at;
  record.raw = clipped(code + ": " + words, 500);
  record.source = "17track";
  return scan;
}

/// A status of the number as a whole, which no event carries.
TrackingRecord overall(const std::string& number, const std::string& code, std::string_view words,
                       std::string_view told, Instant seen_at) {
  const auto& row = codes().of(code);
  TrackingRecord record;
  record.key = ports::scan_key({number, "overall", code, std::string(told)});
  record.status = row.status;
  record.flag = row.flag;
  record.proof = row.proof;
  record.party = row.party;
  record.seen_at = seen_at;
  record.raw = clipped(code + ": " + std::string(words), 500);
  record.mapping = codes().version();
  record.source = "17track";
  return record;
}

std::vector<ports::Scan> scans_of(const std::string& number, const Json& info, Instant seen_at) {
  std::vector<ports::Scan> scans;
  for (const auto& provider : info.at_path("tracking.providers").items()) {
    // Newest first on the wire; reversed, events of one instant stay in their order.
    const auto& events = provider["events"].items();
    for (auto event = events.rbegin(); event != events.rend(); ++event) {
      scans.push_back(scan_of(number, provider["provider"], *event, seen_at));
    }
  }
  return scans;
}

std::string carrier_of(const ports::Account& account, const Json& data) {
  auto name = carrier_name(account, data["carrier"].integer());
  if (!name.empty()) return name;
  const auto& providers = data.at_path("track_info.tracking.providers").items();
  return providers.empty() ? "" : providers.front().at_path("provider.name").string();
}

Command command_of(RecordTracking tracking) { return EngineCommand(std::move(tracking)); }

}  // namespace

const ports::CodeTable& codes() {
  static const auto table = ports::parse_codes(codes_csv);
  check(table.has_value(), "connectors/tracking/track17/codes.csv can be read");
  return *table;
}

std::int64_t carrier_code(const ports::Account& account, std::string_view carrier) {
  for (const auto& row : carriers(account)) {
    if (!carrier.empty() && plain(row.name) == plain(carrier)) return row.code;
  }
  return 0;
}

std::string carrier_name(const ports::Account& account, std::int64_t code) {
  for (const auto& row : carriers(account)) {
    if (code != 0 && row.code == code) return row.name;
  }
  return "";
}

std::optional<Command> tracking_of(const ports::Account& account, const Json& data,
                                   Instant seen_at) {
  RecordTracking tracking;
  tracking.tracking = data["number"].string();
  tracking.carrier = carrier_of(account, data);
  const auto& info = data["track_info"];
  tracking.events = ports::settled(scans_of(tracking.tracking, info, seen_at), codes(),
                                   country_of(info.at_path("shipping_info.shipper_address")),
                                   country_of(info.at_path("shipping_info.recipient_address")));
  const auto& code = info.at_path("latest_status.sub_status").string();
  const auto status = codes().of(code).status;
  if (!code.empty() && (tracking.events.empty() || status == TrackingStatus::Stale ||
                        status == TrackingStatus::InvalidNumber)) {
    // The newest event is part of the key: the number can fall silent a second time.
    const auto told = tracking.events.empty() ? "" : tracking.events.back().key;
    tracking.events.push_back(
        overall(tracking.tracking, code, "status of the whole number", told, seen_at));
  }
  if (tracking.tracking.empty() || tracking.events.empty()) return std::nullopt;
  return command_of(std::move(tracking));
}

Command stopped(const ports::Account& account, const Json& data, std::string_view told,
                Instant seen_at) {
  RecordTracking tracking;
  tracking.tracking = data["number"].string();
  tracking.carrier = carrier_name(account, data["carrier"].integer());
  auto record =
      overall(tracking.tracking, "TRACKING_STOPPED", "17TRACK stopped looking", told, seen_at);
  record.status = TrackingStatus::Stale;
  tracking.events.push_back(std::move(record));
  return command_of(std::move(tracking));
}

Outcome outcome_of_error(std::int64_t code, std::string_view message, bool question) {
  using Kind = Outcome::Kind;
  const auto words = "17TRACK " + std::to_string(code) + ": " + std::string(message);
  switch (code) {
    case -18019901:  // already registered: what was wanted is so
    case -18019909:  // registered, no events yet
      return ports::outcome(Kind::Done, words);
    case -18010003:  // their own failure
      return ports::outcome(question ? Kind::NotSent : Kind::Unknown, words);
    case -18019907: {  // the day's limit is used up
      auto told = ports::outcome(Kind::NotSent, words);
      told.retry_after = hours(1);
      return told;
    }
    default:
      return ports::outcome(Kind::Refused, words);
  }
}

}  // namespace holdfast::connectors::track17
