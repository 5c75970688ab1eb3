#include "engine/settings/sheet.h"

#include <algorithm>

#include "base/text.h"
#include "engine/settings/offers_csv.h"

namespace holdfast::engine {
namespace {

Status check_header(const std::vector<std::string>& header, const std::vector<std::string>& known,
                    const std::vector<std::string>& needed) {
  for (const auto& name : header) {
    if (std::ranges::find(known, name) != known.end()) continue;
    const auto near = nearest(name, known);
    return fail(ErrorCode::Invalid, "unknown column \"" + name + "\"", "line 1",
                near.empty() ? "known: " + join(known, ", ") : "did you mean " + near + "?");
  }
  for (const auto& name : needed) {
    if (std::ranges::find(header, name) != header.end()) continue;
    return fail(ErrorCode::Invalid, "the column \"" + name + "\" is missing", "line 1",
                "known: " + join(known, ", "));
  }
  return {};
}

}  // namespace

Result<Sheet> read_sheet(const std::string& text, const std::vector<std::string>& known,
                         const std::vector<std::string>& needed) {
  auto records = parse_csv(text);
  if (!records) return fail(within(records.error(), "line"));
  if (records->empty()) return fail(ErrorCode::Invalid, "the file is empty", "line 1");
  std::vector<std::string> header;
  for (const auto& name : records->front().second) header.emplace_back(trim(name));
  if (auto status = check_header(header, known, needed); !status) return fail(status.error());
  Sheet sheet;
  for (std::size_t at = 1; at < records->size(); ++at) {
    const auto& [line, values] = (*records)[at];
    if (values.size() != header.size()) {
      sheet.problems.push_back({line,
                                "",
                                {ErrorCode::Invalid, "the header has another number of columns", "",
                                 "quote cells that hold a comma"}});
      continue;
    }
    Cells cells;
    for (std::size_t i = 0; i < header.size(); ++i) cells[header[i]] = trim(values[i]);
    sheet.rows.emplace_back(line, std::move(cells));
  }
  return sheet;
}

}  // namespace holdfast::engine
