#pragma once
// Columns: rows of text under each other, for people's terminals. Never used where a program reads.

#include <string>
#include <string_view>
#include <vector>

namespace holdfast::cli {

class Columns {
 public:
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  /// All rows, each cell as wide as its column's widest (in characters), `indent` in front.
  std::string text(std::string_view indent) const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

/// "2026-11-02 09:00" of an RFC 3339 time in UTC; a dash for none.
std::string short_time(std::string_view rfc3339);

}  // namespace holdfast::cli
