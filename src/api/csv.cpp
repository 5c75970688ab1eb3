#include "api/csv.h"

#include "base/text.h"

namespace holdfast::api {

std::string csv_plain(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

std::string csv_text(std::string_view text) {
  constexpr std::string_view first_of_formulas = "=+-@\t\r\n";
  const bool formula = !text.empty() && first_of_formulas.find(text[0]) != std::string_view::npos;
  return csv_plain(formula ? "'" + std::string(text) : std::string(text));
}

std::string csv_line(const std::vector<std::string>& fields) { return join(fields, ",") + "\r\n"; }

}  // namespace holdfast::api
