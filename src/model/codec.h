#pragma once
// Encoding and decoding of any struct that lists its fields in `each`.
// Heavy to instantiate: only the few codec .cpp files of this room may include it.

#include <optional>
#include <type_traits>

#include "base/json.h"
#include "model/values.h"

namespace holdfast::codec {

struct Writer;
struct ReaderVisitor;

template <class T>
concept Listed = requires(T& value, Writer& visit) { T::each(value, visit); };

/// Appends a value's JSON: times, amounts and enumerators as text, unknown ones as null.
inline void write(std::string& out, const std::string& value) { append_json_string(out, value); }
inline void write(std::string& out, std::int64_t value) { out += std::to_string(value); }
inline void write(std::string& out, bool value) { out += value ? "true" : "false"; }
inline void write(std::string& out, Instant value) {
  if (value)
    append_json_string(out, to_text(value));
  else
    out += "null";
}
inline void write(std::string& out, Duration value) { append_json_string(out, to_text(value)); }
inline void write(std::string& out, Money value) {
  if (value.currency.known())
    append_json_string(out, to_text(value));
  else
    out += "null";
}
inline void write(std::string& out, UnitPrice value) {
  if (value.currency.known())
    append_json_string(out, to_text(value));
  else
    out += "null";
}
template <Named E>
void write(std::string& out, E value) {
  append_json_string(out, name_of(value));
}
template <Listed T>
void write(std::string& out, const T& value);
template <class T>
void write(std::string& out, const std::vector<T>& items);

/// Visits fields and appends them as members of an object.
struct Writer {
  std::string& out;
  bool first = true;

  template <class T>
  void operator()(const char* name, const T& value) {
    if (!first) out.push_back(',');
    first = false;
    out.push_back('"');
    out += name;
    out += "\":";
    write(out, value);
  }
};

template <Listed T>
void write(std::string& out, const T& value) {
  out.push_back('{');
  Writer writer{out};
  T::each(value, writer);
  out.push_back('}');
}

template <class T>
void write(std::string& out, const std::vector<T>& items) {
  out.push_back('[');
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out.push_back(',');
    write(out, items[i]);
  }
  out.push_back(']');
}

/// Compact JSON of a listed struct.
template <Listed T>
std::string encode(const T& value) {
  std::string out;
  write(out, value);
  return out;
}

/// Invalid, naming what was expected.
inline Status wrong_kind(const char* expected) {
  return fail(ErrorCode::Invalid, std::string("expected ") + expected);
}
/// Reads a value; Invalid when the JSON is of another kind or its text does not parse.
inline Status read(const Json& json, std::string& into) {
  if (!json.is_string()) return wrong_kind("text");
  into = json.string();
  return {};
}
inline Status read(const Json& json, std::int64_t& into) {
  if (!json.is_integer()) return wrong_kind("a whole number");
  into = json.integer();
  return {};
}
inline Status read(const Json& json, bool& into) {
  if (!json.is_bool()) return wrong_kind("true or false");
  into = json.boolean();
  return {};
}

/// Reads a value that stands as text, through its parser.
template <class T>
Status read_text(const Json& json, T& into, Result<T> (*parse)(std::string_view)) {
  if (!json.is_string()) return wrong_kind("text");
  auto value = parse(json.string());
  if (!value) return fail(value.error());
  into = *value;
  return {};
}
inline Status read(const Json& json, Instant& into) { return read_text(json, into, parse_instant); }
inline Status read(const Json& json, Duration& into) {
  return read_text(json, into, parse_duration);
}
inline Status read(const Json& json, Money& into) { return read_text(json, into, parse_money); }
inline Status read(const Json& json, UnitPrice& into) {
  return read_text(json, into, parse_unit_price);
}
template <Named E>
Status read(const Json& json, E& into) {
  return read_text<E>(json, into, from_name<E>);
}
template <Listed T>
Status read(const Json& json, T& into);
template <class T>
Status read(const Json& json, std::vector<T>& into);
/// Like read, but a member that the struct does not list is Invalid and the nearest is named.
template <Listed T>
Status read_strict(const Json& json, T& into);

/// Visits fields and takes them from an object; an absent or null member keeps its default.
struct ReaderVisitor {
  const Json& json;
  std::optional<Error> problem;

  template <class T>
  void operator()(const char* name, T& value) {
    if (problem) return;
    const Json* member = json.find(name);
    if (!member || member->is_null()) return;
    if (auto status = read(*member, value); !status) problem = within(status.error(), name);
  }
};

template <Listed T>
Status read(const Json& json, T& into) {
  if (!json.is_object()) return wrong_kind("an object");
  ReaderVisitor reader{json, std::nullopt};
  T::each(into, reader);
  if (reader.problem) return fail(*reader.problem);
  return {};
}

/// A plain text is an item without needs.
inline Status read(const Json& json, ChecklistItem& into) {
  if (!json.is_string()) return read_strict(json, into);
  into = {json.string(), CheckNeed::None};
  return {};
}

template <class T>
Status read(const Json& json, std::vector<T>& into) {
  if (!json.is_array()) return wrong_kind("a list");
  into.clear();
  into.reserve(json.items().size());
  for (std::size_t i = 0; i < json.items().size(); ++i) {
    T item{};
    if (auto status = read(json.items()[i], item); !status) {
      return fail(within(status.error(), "[" + std::to_string(i) + "]"));
    }
    into.push_back(std::move(item));
  }
  return {};
}

/// Names of a listed struct's fields, for "unknown key" messages.
struct NameVisitor {
  std::vector<std::string> names;
  void operator()(const char* name, const auto&) { names.emplace_back(name); }
};

template <Listed T>
Status read_strict(const Json& json, T& into) {
  NameVisitor known;
  T::each(into, known);
  for (const auto& [key, value] : json.members()) {
    bool found = false;
    for (const auto& name : known.names) found = found || name == key;
    if (found) continue;
    const auto near = nearest(key, known.names);
    return fail(
        ErrorCode::Invalid, "unknown key", key,
        near.empty() ? "known keys: " + join(known.names, ", ") : "did you mean " + near + "?");
  }
  return read<T>(json, into);
}

}  // namespace holdfast::codec
