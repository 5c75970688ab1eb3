#pragma once
// OffersCsv: suppliers' offers from a CSV file, for the start of the program.
// The header names the columns; what a column means is Offer's business.

#include <string>
#include <utility>
#include <vector>

#include "engine/settings/config_fields.h"

namespace holdfast::engine {

/// Records of RFC 4180 CSV with the line each begins at. Invalid for an unclosed quote and for
/// bytes that are not UTF-8; TooLarge
/// beyond 200,000 records.
Result<std::vector<std::pair<std::int64_t, std::vector<std::string>>>> parse_csv(
    std::string_view text);

/// The offers of a file whose header has names of [[offer]] keys; an empty cell keeps the default.
/// Invalid with file and line; an unknown column names the nearest.
Result<std::vector<std::pair<std::int64_t, Offer>>> read_offers_csv(const std::string& path,
                                                                    const ReadContext& context);

}  // namespace holdfast::engine
