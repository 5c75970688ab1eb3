#pragma once
// AfterShip's words ↔ ours: a tracking object to tracking records, couriers, countries.
// Pure; it must never drop the partner's own words and codes.

#include <optional>
#include <string>
#include <string_view>

#include "ports/codes.h"
#include "ports/connector.h"

namespace holdfast::connectors::aftership {

/// The mapping of subtags, codes.csv.
const ports::CodeTable& codes();

/// AfterShip's slug of a carrier: from couriers.csv, or the name itself when it already is one of
/// its slugs; "" leaves the finding to AfterShip.
std::string slug_of(std::string_view carrier);

/// ISO 3166-1 alpha-2 of an alpha-3 (or alpha-2) code; "" for anything else.
std::string country_of(std::string_view code);

/// The tracking command in a tracking object; nothing when it holds no checkpoint and no status.
/// `seen_at` is when we were told, 0 when the caller does not know.
std::optional<Command> tracking_of(const Json& tracking, Instant seen_at);

}  // namespace holdfast::connectors::aftership
