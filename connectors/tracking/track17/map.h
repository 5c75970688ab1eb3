#pragma once
// 17TRACK's words ↔ ours: track_info to tracking records, carriers' numbers, error codes.
// Pure; it must never drop the partner's own words and codes.

#include <optional>
#include <string>
#include <string_view>

#include "ports/codes.h"
#include "ports/connector.h"

namespace holdfast::connectors::track17 {

/// The mapping of sub-status codes, codes.csv.
const ports::CodeTable& codes();

/// 17TRACK's number of a carrier, from the account's own list or carriers.csv; 0 when neither has
/// it, which leaves the finding to 17TRACK.
std::int64_t carrier_code(const ports::Account& account, std::string_view carrier);

/// The name of a carrier by its 17TRACK number, "" when it is in neither list.
std::string carrier_name(const ports::Account& account, std::int64_t code);

/// The tracking command in one number's data (`number`, `carrier`, `track_info`); nothing when it
/// holds no event and no status. `seen_at` is when we were told, 0 when the caller does not know.
std::optional<Command> tracking_of(const ports::Account& account, const Json& data,
                                   Instant seen_at);

/// The command that says 17TRACK stopped looking. `told` makes two tellings one.
Command stopped(const ports::Account& account, const Json& data, std::string_view told,
                Instant seen_at);

/// What an error code means for a request (help centre, "Error Codes and Troubleshooting").
ports::Outcome outcome_of_error(std::int64_t code, std::string_view message, bool question);

}  // namespace holdfast::connectors::track17
