#pragma once
// What every import of a CSV file is asked with, and what it says where that is wrong. It must
// never read the file: each import has its own columns.

#include <cstddef>
#include <optional>
#include <string>

#include "api/desk.h"

namespace holdfast::api {

/// Why the call is no import: not said whether the file is only tried (422), no CSV (415).
std::optional<Trouble> wrong_import(const Call& call);

/// Whether a call that is an import only tries its file.
bool only_tries(const Call& call);

/// A file with more lines than that (413), and what to do about it.
Trouble too_many_lines(std::size_t most, std::string todo);

}  // namespace holdfast::api
