#pragma once
// What all tracking connectors do alike: carriers' times, and codes read in the light of the events
// around them. It must never invent a time, a place or a proof the partner did not give.

#include <string>
#include <string_view>
#include <vector>

#include "model/command.h"
#include "ports/codes.h"

namespace holdfast::ports {

/// A carrier's statement of a time: the instant is `at` give or take `uncertainty_minutes`.
struct CarrierTime {
  Instant at;  // 0 when the text is no time
  std::int64_t uncertainty_minutes = 0;
  bool has_zone = false;
};

/// Reads "2026-11-02", "2026-11-02T09:00", "2026-11-02 09:00:00" and RFC 3339. Without a zone the
/// time is taken as UTC and may be 840 minutes off (zones reach from −12:00 to +14:00); a bare date
/// is its midday and adds 720. A text that is no time gives instant 0.
CarrierTime read_carrier_time(std::string_view text);

/// One event before its meaning is settled.
struct Scan {
  TrackingRecord record;  // key, place, time and raw text; the codes' columns are filled in below
  std::string code;
  std::string provider;  // who moved it when this happened; "" when not told
  bool arrival = false;  // the code says "arrived at a facility"
};

/// Gives each scan its status, flag, proof, party and mapping version, sorted by carrier time, a
/// key told twice kept once. Rules (what one event alone does not show): a circumstance keeps the
/// last status; delivered while returning is returned; the first scan by another provider, and the
/// first arrival in the destination country from abroad, are the local hand-off. Countries are ISO
/// 3166-1 alpha-2, "" when not known.
std::vector<TrackingRecord> settled(std::vector<Scan> scans, const CodeTable& codes,
                                    std::string_view origin, std::string_view destination);

/// The key of an event of a provider that numbers none: a hash of the parts that make it the same.
std::string scan_key(const std::vector<std::string>& parts);

/// At most the first three letters and digits of a postcode, upper case.
std::string postcode_prefix(std::string_view postcode);

}  // namespace holdfast::ports
