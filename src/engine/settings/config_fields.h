#pragma once
// ConfigFields: reading and naming the fields of a configuration's structs, through their `each`.
// For the config_*.cpp files only. A value from the environment is text, so numbers, truth values
// and lists may also stand as text.

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

#include "base/json.h"
#include "engine/settings/config.h"
#include "model/names.h"

namespace holdfast::engine {

/// What reading a section needs besides its keys.
struct ReadContext {
  const Environment& env;
  std::string folder;  // relative paths count from here
};

/// A path as it is meant from the configuration's folder; "" stays "".
std::string resolved(const ReadContext& context, const std::string& path);

/// A secret's text from KEY, KEY_file or KEY_env; "" when none is given. Invalid for more than one.
Result<std::string> read_secret(const Json& section, const std::string& key,
                                const ReadContext& context);

/// Invalid, naming what was expected and how to write it.
inline Status expected(const char* what, const char* todo = "") {
  return fail(ErrorCode::Invalid, std::string("expected ") + what, "", todo);
}

/// Reads one setting from TOML or an environment text; Invalid when it is of another kind.
inline Status read_field(const Json& json, std::string& into) {
  if (!json.is_string()) return expected("text", "put it in quotes");
  into = json.string();
  return {};
}

inline Status read_field(const Json& json, std::int64_t& into) {
  if (json.is_integer()) {
    into = json.integer();
    return {};
  }
  const auto& text = json.string();
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), into);
  const bool whole = json.is_string() && !text.empty() && problem == std::errc() &&
                     end == text.data() + text.size();
  return whole ? Status() : expected("a whole number");
}

inline Status read_field(const Json& json, bool& into) {
  const bool word = json.string() == "true" || json.string() == "false";
  if (!json.is_bool() && !word) return expected("true or false");
  into = json.is_bool() ? json.boolean() : json.string() == "true";
  return {};
}

/// Reads a setting that stands as text, through its parser; Invalid when it does not parse.
template <class T>
Status read_parsed(const Json& json, T& into, Result<T> (*parse)(std::string_view)) {
  if (!json.is_string()) return expected("text", "put it in quotes");
  auto value = parse(json.string());
  if (!value) return fail(value.error());
  into = *value;
  return {};
}
inline Status read_field(const Json& json, Instant& into) {
  if (json.is_string() && json.string().empty()) return {};
  return read_parsed(json, into, parse_instant);
}
inline Status read_field(const Json& json, UnitPrice& into) {
  return read_parsed(json, into, parse_unit_price);
}
template <Named E>
Status read_field(const Json& json, E& into) {
  return read_parsed<E>(json, into, from_name<E>);
}

/// A list, or text with commas between.
template <class T>
Status read_field(const Json& json, std::vector<T>& into) {
  Json::Array items = json.items();
  if (json.is_string() && !json.string().empty()) {
    for (const auto part : split(json.string(), ',')) items.push_back(Json(trim(part)));
  } else if (!json.is_array() && !json.is_string()) {
    return expected("a list");
  }
  into.clear();
  for (const auto& item : items) {
    T value{};
    if (auto status = read_field(item, value); !status) return status;
    into.push_back(std::move(value));
  }
  return {};
}

/// The names a struct's `each` visits.
struct NameList {
  std::vector<std::string> names;
  void operator()(const char* name, const auto&) { names.emplace_back(name); }
};

/// The keys a section may have, in their order.
template <class T>
std::vector<std::string> names_of(T value = {}) {
  NameList list;
  T::each(value, list);
  return list.names;
}

/// Reads the fields that a section has; the others keep their defaults.
struct SectionReader {
  const Json& section;
  const ReadContext& context;
  Status status;
  std::string field;  // where `status` is about

  void operator()(const char* name, Secret& into) {
    if (!status) return;
    auto text = read_secret(section, name, context);
    if (!text) return stop(name, fail(text.error()));
    into.value = *text;
  }
  void operator()(const char* name, Calendar& into) {
    const auto* json = section.find(name);
    if (!status || !json) return;
    SectionReader inner{*json, context, {}, {}};
    Calendar::each(into, inner);
    if (!inner.status) stop(std::string(name) + "." + inner.field, inner.status);
  }
  template <class T>
  void operator()(const char* name, T& into) {
    const auto* json = section.find(name);
    if (!status || !json) return;
    if (auto read = read_field(*json, into); !read) stop(name, read);
  }

 private:
  void stop(std::string name, Status problem) {
    field = std::move(name);
    status = std::move(problem);
  }
};

/// Reads a section's known fields; the error's place is "PATH.FIELD".
template <class T>
Status read_section(const Json& section, T& into, const ReadContext& context,
                    const std::string& path) {
  SectionReader reader{section, context, {}, {}};
  T::each(into, reader);
  if (reader.status) return {};
  auto error = reader.status.error();
  error.where = path + "." + reader.field;
  return fail(error);
}

}  // namespace holdfast::engine
