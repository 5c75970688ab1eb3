#pragma once
// Toml: a TOML document as base Json together with the place of every value in the text.
// The only door to the TOML library; nothing here knows what a key means.

#include <map>
#include <string>
#include <string_view>

#include "base/json.h"

namespace holdfast::engine {

/// Where a value stands in its file, counted from 1.
struct TomlPlace {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

/// A document: its values, and the places of keys by path, such as "gates[2].guards".
struct Toml {
  std::string file;  // as it is shown to people
  Json value = Json::Object{};
  std::map<std::string, TomlPlace, std::less<>> places;

  /// "gates.toml:12:1 gates[2].guards"; the nearest enclosing place when the path has none itself.
  std::string where(std::string_view path) const;
};

/// Reads TOML 1.0. Dates and times become text as RFC 3339 writes them; a float becomes a number
/// with its digits. Invalid with file, line and column; TooLarge beyond 4 MiB.
Result<Toml> parse_toml(std::string_view text, std::string file);

/// Reads and parses a file. NotFound or Unavailable when it cannot be read.
Result<Toml> read_toml(const std::string& path);

/// The whole of a file. NotFound or Unavailable when it cannot be read, TooLarge beyond `most`
/// bytes.
Result<std::string> read_text_file(const std::string& path, std::size_t most);

}  // namespace holdfast::engine
