#pragma once
// Strict: finds keys that a file has and its reader does not know, at any depth.
// It must never guess what was meant; it names the nearest key and leaves the choice to a person.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace holdfast::engine {

/// "unknown key" Invalid at `path`, naming the nearest of `known`, or all when none is near.
Error unknown_key_error(std::string_view key, const std::string& path,
                        const std::vector<std::string>& known);

/// The first member of `given` that `known`, the same document written back with every key, lacks;
/// nothing when all are known. `path` is put in front of the place.
std::optional<Error> unknown_key(const Json& given, const Json& known,
                                 const std::string& path = {});

}  // namespace holdfast::engine
