#pragma once
// Csv: lines of a CSV file (RFC 4180) that a spreadsheet opens without running anything in it.
// It must never let a text of a partner begin like a formula.

#include <string>
#include <string_view>
#include <vector>

namespace holdfast::api {

/// A text from outside as one field: an apostrophe before a first = + - @, tab or line break, so
/// that no spreadsheet takes it for a formula; in quotes where it needs them.
std::string csv_text(std::string_view text);

/// A number, a moment or a word of ours as one field, as it is.
std::string csv_plain(std::string_view text);

/// Fields as one line, with its end.
std::string csv_line(const std::vector<std::string>& fields);

}  // namespace holdfast::api
