#pragma once
// Sheet: a CSV file with a header, and everything wrong with it by line and column.
// It must never know what a column means.

#include <map>
#include <string>
#include <vector>

#include "base/result.h"

namespace holdfast::engine {

/// What is wrong with a line, and what to do about it.
struct SheetProblem {
  std::int64_t line = 0;
  std::string column;  // "" when it is the whole line
  Error error;
};

using Cells = std::map<std::string, std::string>;  // by column

struct Sheet {
  std::vector<std::pair<std::int64_t, Cells>> rows;  // by the line each begins at; cells trimmed
  std::vector<SheetProblem> problems;
};

/// Reads a CSV text. Lines with another number of cells than the header become problems. Invalid
/// when the text is no CSV, is empty, has a column that is not `known` (the nearest is named) or
/// lacks one that is `needed`.
Result<Sheet> read_sheet(const std::string& text, const std::vector<std::string>& known,
                         const std::vector<std::string>& needed);

}  // namespace holdfast::engine
