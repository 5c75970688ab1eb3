#include "ports/scans.h"

#include <map>
#include <set>
#include <utility>

#include "base/hash.h"
#include "base/text.h"

namespace holdfast::ports {
namespace {

constexpr std::int64_t zone_minutes = 840;
constexpr std::int64_t half_day_minutes = 720;

void apply(TrackingRecord& record, const CodeRow& row, const std::string& version) {
  record.status = row.status;
  record.flag = row.flag;
  record.proof = row.proof;
  record.party = row.party;
  record.mapping = version;
}

/// What was seen before the scan in hand, in order of time.
struct Past {
  TrackingStatus status = TrackingStatus::Unknown;
  bool returning = false;
  bool handed_by_arrival = false;
  bool abroad = false;              // some scan was in another country than the destination
  std::set<std::string> providers;  // that touched the parcel
};

bool carries_on(TrackingStatus status) {
  return status == TrackingStatus::InTransit || status == TrackingStatus::CarrierAccepted;
}

bool is_handoff(const Scan& scan, Past& past, std::string_view destination) {
  if (!carries_on(scan.record.status) || scan.record.proof == Proof::Electronic) return false;
  const bool new_provider =
      !scan.provider.empty() && !past.providers.empty() && !past.providers.contains(scan.provider);
  const bool arrives = scan.arrival && past.abroad && !past.handed_by_arrival &&
                       !destination.empty() && scan.record.country == destination;
  past.handed_by_arrival = past.handed_by_arrival || arrives;
  return new_provider || arrives;
}

void remember(const Scan& scan, Past& past, std::string_view destination) {
  const auto& record = scan.record;
  if (record.status != TrackingStatus::Unknown) past.status = record.status;
  past.returning = past.returning || record.status == TrackingStatus::Returning;
  past.abroad = past.abroad || (!record.country.empty() && record.country != destination);
  if (record.proof != Proof::Electronic && !scan.provider.empty()) {
    past.providers.insert(scan.provider);
  }
}

/// `text` completed to RFC 3339 without a zone, or "" when it is no date and time.
std::string completed(std::string_view text) {
  std::string full(text);
  if (full.size() == 16) full += ":00";
  return full.size() >= 19 ? full + "Z" : "";
}

}  // namespace

CarrierTime read_carrier_time(std::string_view text) {
  text = trim(text);
  if (const auto exact = parse_instant(text)) return {*exact, 0, true};
  if (text.size() == 10) {
    const auto midday = parse_instant(std::string(text) + "T12:00:00Z");
    if (!midday) return {};
    return {*midday, zone_minutes + half_day_minutes, false};
  }
  const auto local = parse_instant(completed(text));
  if (!local) return {};
  return {*local, zone_minutes, false};
}

std::vector<TrackingRecord> settled(std::vector<Scan> scans, const CodeTable& codes,
                                    std::string_view origin, std::string_view destination) {
  // Events of one instant stay in the order they were told.
  std::multimap<Instant, Scan> by_time;
  for (auto& scan : scans) by_time.emplace(scan.record.carrier_time, std::move(scan));
  Past past;
  past.abroad = !origin.empty() && origin != destination;
  std::set<std::string> keys;
  std::vector<TrackingRecord> records;
  for (auto& [time, scan] : by_time) {
    if (!keys.insert(scan.record.key).second) continue;
    const auto& row = codes.of(scan.code);
    apply(scan.record, row, codes.version());
    if (row.keeps_status) scan.record.status = past.status;
    if (past.returning && scan.record.status == TrackingStatus::Delivered) {
      scan.record.status = TrackingStatus::Returned;
    }
    if (is_handoff(scan, past, destination)) scan.record.status = TrackingStatus::LocalHandoff;
    remember(scan, past, destination);
    records.push_back(std::move(scan.record));
  }
  return records;
}

std::string scan_key(const std::vector<std::string>& parts) {
  // Lengths in front keep two different lists of parts from making the same text.
  std::string all;
  for (const auto& part : parts) all += std::to_string(part.size()) + ":" + part;
  return hex(sha256(all)).substr(0, 24);
}

std::string postcode_prefix(std::string_view postcode) {
  std::string prefix;
  for (const char c : upper(postcode)) {
    const bool kept = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (kept && prefix.size() < 3) prefix.push_back(c);
  }
  return prefix;
}

}  // namespace holdfast::ports
