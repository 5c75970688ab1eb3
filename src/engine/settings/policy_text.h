#pragma once
// PolicyText: a policy as people write it, file by file, for those who edit it away from its
// folder. What is wrong is told with file and line; it must never mend a text.

#include <cstdint>
#include <string>
#include <vector>

#include "engine/settings/policy_files.h"

namespace holdfast::engine {

/// Something wrong with a text: where, what, and what to do.
struct PolicyProblem {
  std::string file;       // "" when it is about no file alone
  std::int64_t line = 0;  // from 1; 0 when it is about no line
  std::string at;         // the key's path, such as "gates.payment.releaser"
  std::string what;
  std::string todo;
};

/// Names and sizes: 1 to 64 files, each named like "gates.toml", 1 MiB together. Invalid or
/// TooLarge.
Status fits_policy_text(const PolicyText& text);

/// Everything wrong with it: of each file that cannot be read the first problem, else all that
/// policy_problems finds, at the line where it stands. Empty for a sound policy.
std::vector<PolicyProblem> policy_text_problems(const PolicyText& text);

/// SHA-256 of the texts, lower-case hexadecimal: equal for equal texts only.
std::string policy_text_version(const PolicyText& text);

/// {"gates.toml":"…"} in order of name, and back; Invalid when a member is no text.
Json policy_text_json(const PolicyText& text);
Result<PolicyText> policy_text_of(const Json& json);

/// How much one text differs from another; lines that only moved do not count.
struct PolicyTextChange {
  std::vector<std::string> files;  // that differ, came or went
  std::int64_t added = 0;          // lines of the new text that the old file lacks
  std::int64_t removed = 0;
};

/// What came and went from one text to another; never fails.
PolicyTextChange policy_text_change(const PolicyText& before, const PolicyText& after);

}  // namespace holdfast::engine
