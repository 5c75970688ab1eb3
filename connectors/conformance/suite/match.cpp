#include "connectors/conformance/suite/match.h"

#include "base/text.h"

namespace holdfast::conformance {
namespace {

constexpr std::int64_t most_repeats = 2000;

std::string shown(const Json& json) { return std::string(clipped(to_text(json), 300)); }

std::string differs(const std::string& path, const Json& expected, const Json& actual) {
  return (path.empty() ? "." : path) + ": expected " + shown(expected) + ", got " + shown(actual);
}

/// Handles {"$absent": …} and its likes; false when `expected` is no such thing.
bool special(const Json& expected, const Json& actual, const std::string& path, std::string& out) {
  const auto& members = expected.members();
  if (members.size() != 1 || !members.front().first.starts_with("$")) return false;
  const auto& [name, value] = members.front();
  bool good = false;
  if (name == "$absent") good = actual.is_null();
  if (name == "$any") good = !actual.is_null();
  if (name == "$contains") good = actual.string().find(value.string()) != std::string::npos;
  if (name == "$length") {
    good = actual.is_array() && static_cast<std::int64_t>(actual.items().size()) == value.integer();
  }
  out = good ? "" : differs(path, expected, actual);
  return true;
}

std::string list_mismatch(const Json& expected, const Json& actual, const std::string& path) {
  const auto& wanted = expected.items();
  const auto& got = actual.items();
  if (!actual.is_array() || wanted.size() != got.size()) return differs(path, expected, actual);
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    auto words = mismatch(wanted[i], got[i], path + "[" + std::to_string(i) + "]");
    if (!words.empty()) return words;
  }
  return {};
}

std::string replaced(std::string text, const std::string& count) {
  for (auto at = text.find("{n}"); at != std::string::npos; at = text.find("{n}", at)) {
    text.replace(at, 3, count);
  }
  return text;
}

Json numbered(const Json& json, std::int64_t count) {
  if (json.is_string()) {
    if (json.string() == "{#n}") return Json(count);
    return replaced(json.string(), std::to_string(count));
  }
  if (json.is_array()) {
    Json out = Json::Array{};
    for (const auto& item : json.items()) out.push(numbered(item, count));
    return out;
  }
  if (!json.is_object()) return json;
  Json out = Json::Object{};
  for (const auto& [name, value] : json.members()) out.set(name, numbered(value, count));
  return out;
}

Result<Json> expanded_list(const Json& json) {
  Json out = Json::Array{};
  for (const auto& item : json.items()) {
    const auto* repeat = item.find("$repeat");
    if (!repeat) {
      auto inner = expanded(item);
      if (!inner) return inner;
      out.push(std::move(*inner));
      continue;
    }
    const auto from = (*repeat)["from"].integer();
    const auto to = (*repeat)["to"].integer();
    if (to < from || to - from > most_repeats) {
      return fail(ErrorCode::Invalid, "a $repeat without sense");
    }
    for (auto n = from; n <= to; ++n) out.push(numbered((*repeat)["item"], n));
  }
  return out;
}

}  // namespace

std::string mismatch(const Json& expected, const Json& actual, const std::string& path) {
  std::string words;
  if (special(expected, actual, path, words)) return words;
  if (expected.is_array()) return list_mismatch(expected, actual, path);
  if (expected.is_object()) {
    if (!actual.is_object()) return differs(path, expected, actual);
    for (const auto& [name, value] : expected.members()) {
      words = mismatch(value, actual[name], path + "." + name);
      if (!words.empty()) return words;
    }
    return {};
  }
  const bool same = expected.is_number()
                        ? actual.is_number() && expected.digits() == actual.digits()
                        : expected == actual;
  return same ? "" : differs(path, expected, actual);
}

Result<Json> expanded(const Json& json) {
  if (json.is_array()) return expanded_list(json);
  if (!json.is_object()) return json;
  Json out = Json::Object{};
  for (const auto& [name, value] : json.members()) {
    auto inner = expanded(value);
    if (!inner) return inner;
    out.set(name, std::move(*inner));
  }
  return out;
}

}  // namespace holdfast::conformance
