#pragma once
// The console's files, compiled into the program, so that one binary is the whole product.

#include <optional>
#include <string>
#include <string_view>

namespace holdfast::apps {

/// One file of the console.
struct Asset {
  std::string_view bytes;
  std::string_view media_type;
  bool immutable = false;  // its name holds its hash: a browser may keep it for ever
};

/// The file at a path such as "/assets/index-1a2b.js"; nothing when there is none.
std::optional<Asset> console_asset(std::string_view path);

}  // namespace holdfast::apps
