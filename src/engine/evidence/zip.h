#pragma once
// Zip: files to one archive and back, in one canonical form: stored, sorted by name, without times.
// The same files always give the same bytes, so that any changed byte can be found.

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace holdfast::engine {

using Files = std::map<std::string, std::string>;  // name → bytes

/// Bounds a reader of an archive from outside keeps.
struct ZipBounds {
  std::size_t archive_bytes = 256u << 20;
  std::size_t files = 2'000;
  std::size_t file_bytes = 64u << 20;
};

/// The archive; Invalid for a name that is absolute, empty, or leaves its folder.
Result<std::string> write_zip(const Files& files);

/// Its files. Invalid when it is no ZIP, when a file is compressed or encrypted or a name is bad or
/// doubled; TooLarge when a bound is exceeded.
Result<Files> read_zip(std::string_view bytes, ZipBounds bounds = {});

}  // namespace holdfast::engine
