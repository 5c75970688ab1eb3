#pragma once
// The schema's numbered steps and how a file takes them. They go forward only; a step that has
// been released must never be changed, because files in the field have taken it.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace holdfast::store {

class Database;

struct Migration {
  std::int64_t number;  // 1, 2, 3 …
  std::string_view name;
  const char* script;
};

/// The steps in src/store/schema/, embedded when the program is built.
std::span<const Migration> schema_migrations();

/// Where the copy of a file at schema `version` is put before it is migrated.
std::string backup_path(const std::string& path, std::int64_t version);

/// Brings the file behind `database` to the last of `steps`: one transaction a step, so that a
/// kill at any moment leaves a whole version; a file that has steps already is copied first.
/// Invalid, with nothing changed, when the file is newer than `steps` or is another program's.
Status migrate(Database& database, const std::string& path, std::span<const Migration> steps);

}  // namespace holdfast::store
