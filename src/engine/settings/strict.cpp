#include "engine/settings/strict.h"

#include <algorithm>

#include "base/text.h"

namespace holdfast::engine {

Error unknown_key_error(std::string_view key, const std::string& path,
                        const std::vector<std::string>& known) {
  const auto near = nearest(key, known);
  return {ErrorCode::Invalid, "unknown key \"" + std::string(key) + "\"", path,
          near.empty() ? "known here: " + join(known, ", ") : "did you mean " + near + "?"};
}

std::optional<Error> unknown_key(const Json& given, const Json& known, const std::string& path) {
  if (given.is_array()) {
    const auto most = std::min(given.items().size(), known.items().size());
    for (std::size_t i = 0; i < most; ++i) {
      const auto inner = path + "[" + std::to_string(i) + "]";
      if (auto error = unknown_key(given.items()[i], known.items()[i], inner)) return error;
    }
    return std::nullopt;
  }
  for (const auto& [key, value] : given.members()) {
    const auto inner = path.empty() ? key : path + "." + key;
    const auto* same = known.find(key);
    if (!same) {
      std::vector<std::string> names;
      for (const auto& [name, unused] : known.members()) names.push_back(name);
      return unknown_key_error(key, inner, names);
    }
    if (auto error = unknown_key(value, *same, inner)) return error;
  }
  return std::nullopt;
}

}  // namespace holdfast::engine
