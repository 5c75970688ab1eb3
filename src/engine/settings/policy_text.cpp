#include "engine/settings/policy_text.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <string_view>

#include "base/hash.h"
#include "base/text.h"
#include "engine/settings/policy_check.h"

namespace holdfast::engine {
namespace {

constexpr std::size_t most_text_bytes = 1u << 20;
constexpr std::size_t most_files = 64;

bool is_file_name(std::string_view name) {
  constexpr std::string_view ending = ".toml";
  if (name.size() <= ending.size() || name.size() > 64 || !name.ends_with(ending)) return false;
  return std::ranges::all_of(name.substr(0, name.size() - ending.size()), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

/// The key that names an entry of a list in the paths of policy_problems; "" where they count.
std::string_view naming_key(std::string_view list) {
  if (list == "gates") return "gate";
  if (list == "procedures") return "procedure";
  if (list == "reasons") return "reason";
  if (list == "tiers") return "tier";
  if (list == "channels") return "channel";
  if (list == "skus") return "sku";
  if (list == "retention") return "record";
  return {};
}

/// What Toml::where says, "gates.toml:12:1 gates[2].guards", taken apart again.
PolicyProblem problem_at(const Error& error, const std::string& where) {
  PolicyProblem problem;
  problem.what = error.what;
  problem.todo = error.todo;
  const auto blank = where.find(' ');
  const auto place = where.substr(0, blank);
  if (blank != std::string::npos) problem.at = where.substr(blank + 1);
  const auto parts = split(place, ':');
  problem.file = std::string(parts.front());
  if (parts.size() > 1) {
    std::from_chars(parts[1].data(), parts[1].data() + parts[1].size(), problem.line);
  }
  return problem;
}

/// The list and the rest of a path such as "gates.payment.releaser" or "roster[2].owner".
struct Path {
  std::string list;
  std::string entry;  // name or number of the entry, "" for the list itself
  std::string rest;   // ".releaser", or ""
};

Path path_of(const std::string& where) {
  Path path;
  const auto end = where.find_first_of(".[");
  path.list = where.substr(0, end);
  if (end == std::string::npos) return path;
  if (where[end] == '[') {
    const auto close = where.find(']', end);
    path.entry = where.substr(end + 1, close - end - 1);
    path.rest = close == std::string::npos ? "" : where.substr(close + 1);
    return path;
  }
  const auto dot = where.find('.', end + 1);
  path.entry = where.substr(end + 1, dot - end - 1);
  path.rest = dot == std::string::npos ? "" : where.substr(dot);
  return path;
}

/// Where a path of the joined policy stands in its files: "gates.toml:12:1 gates[2].releaser".
std::optional<std::string> place_of(const std::vector<Toml>& documents, const std::string& where) {
  const auto path = path_of(where);
  const auto key = naming_key(path.list);
  std::size_t before = 0;  // entries of the list in earlier files
  for (const auto& document : documents) {
    const auto* list = document.value.find(path.list);
    if (!list) continue;
    if (!list->is_array()) return document.where(where);
    const auto& items = list->items();
    if (path.entry.empty()) return document.where(path.list);
    for (std::size_t i = 0; i < items.size(); ++i) {
      const bool same = key.empty() ? std::to_string(before + i) == path.entry
                                    : items[i][std::string(key)].string() == path.entry;
      if (same) return document.where(path.list + "[" + std::to_string(i) + "]" + path.rest);
    }
    before += items.size();
  }
  return std::nullopt;
}

PolicyProblem located(const std::vector<Toml>& documents, const Error& error) {
  const auto where = place_of(documents, error.where);
  auto problem = problem_at(error, where ? *where : "");
  problem.at = error.where;
  return problem;
}

struct Documents {
  std::vector<Toml> parsed;
  std::vector<PolicyProblem> problems;
};

/// Every file by itself: what cannot be read is told of all of them at once.
Documents read_documents(const PolicyText& text) {
  Documents documents;
  for (const auto& [name, toml] : text) {
    auto document = parse_toml(toml, name);
    if (!document) {
      documents.problems.push_back(problem_at(document.error(), document.error().where));
      continue;
    }
    if (document->value.find("name") && text.size() > 1) {
      documents.problems.push_back(
          problem_at({ErrorCode::Invalid, "a file with a name is a whole policy of its own", "",
                      "take the name away, or take all other files away"},
                     document->where("name")));
      continue;
    }
    if (auto part = read_policy_part(*document); !part) {
      documents.problems.push_back(problem_at(part.error(), part.error().where));
    }
    documents.parsed.push_back(std::move(*document));
  }
  return documents;
}

std::map<std::string_view, std::int64_t> lines_of(std::string_view text) {
  std::map<std::string_view, std::int64_t> lines;
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.empty()) return lines;
  for (const auto line : split(text, '\n')) ++lines[line];
  return lines;
}

/// Lines of one text that the other has not, or not as often.
std::int64_t lines_beyond(std::string_view text, std::string_view other) {
  const auto known = lines_of(other);
  std::int64_t beyond = 0;
  for (const auto& [line, times] : lines_of(text)) {
    const auto found = known.find(line);
    const auto there = found == known.end() ? 0 : found->second;
    beyond += std::max<std::int64_t>(0, times - there);
  }
  return beyond;
}

}  // namespace

Status fits_policy_text(const PolicyText& text) {
  if (text.empty()) return fail(ErrorCode::Invalid, "a policy has at least one file", "files");
  if (text.size() > most_files) {
    return fail(ErrorCode::TooLarge, "a policy has at most 64 files", "files");
  }
  std::size_t bytes = 0;
  for (const auto& [name, toml] : text) {
    if (!is_file_name(name)) {
      return fail(ErrorCode::Invalid, "this is no name of a policy file", "files." + name,
                  "lower-case letters, digits, - and _, then .toml");
    }
    bytes += toml.size();
  }
  if (bytes <= most_text_bytes) return {};
  return fail(ErrorCode::TooLarge, "the files of a policy have at most 1 MiB together", "files",
              "keep what is longer in the policy folder of the configuration");
}

std::vector<PolicyProblem> policy_text_problems(const PolicyText& text) {
  auto documents = read_documents(text);
  if (!documents.problems.empty()) return std::move(documents.problems);
  const auto policy = policy_of_text(text, "policy");
  if (!policy) return {problem_at(policy.error(), policy.error().where)};
  std::vector<PolicyProblem> problems;
  for (const auto& error : policy_problems(*policy)) {
    problems.push_back(located(documents.parsed, error));
  }
  return problems;
}

std::string policy_text_version(const PolicyText& text) {
  return hex(sha256(to_text(policy_text_json(text))));
}

Json policy_text_json(const PolicyText& text) {
  Json json{Json::Object{}};
  for (const auto& [name, toml] : text) json.set(name, toml);
  return json;
}

Result<PolicyText> policy_text_of(const Json& json) {
  PolicyText text;
  if (!json.is_object()) return fail(ErrorCode::Invalid, "an object of texts is expected", "files");
  for (const auto& [name, toml] : json.members()) {
    if (!toml.is_string()) {
      return fail(ErrorCode::Invalid, "the text of the file is expected", "files." + name);
    }
    text[name] = toml.string();
  }
  return text;
}

PolicyTextChange policy_text_change(const PolicyText& before, const PolicyText& after) {
  PolicyTextChange change;
  auto names = before;
  names.insert(after.begin(), after.end());
  for (const auto& [name, unused] : names) {
    const auto was = before.find(name), is = after.find(name);
    const std::string_view old_text = was == before.end() ? std::string_view() : was->second;
    const std::string_view new_text = is == after.end() ? std::string_view() : is->second;
    if (old_text == new_text && (was == before.end()) == (is == after.end())) continue;
    change.files.push_back(name);
    change.added += lines_beyond(new_text, old_text);
    change.removed += lines_beyond(old_text, new_text);
  }
  return change;
}

}  // namespace holdfast::engine
