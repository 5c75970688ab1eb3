#include "api/csv_import.h"

#include <utility>

namespace holdfast::api {

std::optional<Trouble> wrong_import(const Call& call) {
  const auto dry = call.parameter("dry_run");
  if (dry != "true" && dry != "false") {
    return Trouble{422, "invalid", "true or false is expected.", "dry_run", {}};
  }
  if (!call.header("Content-Type").starts_with("text/csv")) {
    return Trouble{415, "invalid", "The body must be text/csv.", {}, {}};
  }
  return std::nullopt;
}

bool only_tries(const Call& call) { return call.parameter("dry_run") == "true"; }

Trouble too_many_lines(std::size_t most, std::string todo) {
  return {413,
          "invalid",
          "A file has at most " + std::to_string(most) + " lines.",
          {},
          std::move(todo)};
}

}  // namespace holdfast::api
