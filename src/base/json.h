#pragma once
// Json: a JSON document as a plain value, and the only door to the JSON library.
// Numbers keep their digits: an id beyond 2^53 or a price never passes through a double.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"

namespace holdfast {

class Json {
 public:
  /// A number that is not a 64-bit integer, as the digits that were written.
  struct Number {
    std::string digits;
    bool operator==(const Number&) const = default;
  };
  using Array = std::vector<Json>;
  using Member = std::pair<std::string, Json>;
  /// Members in the order written; of two with one name, `find` sees the first.
  using Object = std::vector<Member>;

  Json() = default;
  Json(std::nullptr_t) {}
  Json(bool value) : value_(value) {}
  Json(int value) : value_(std::int64_t{value}) {}
  Json(std::int64_t value) : value_(value) {}
  Json(const char* text) : value_(std::string(text)) {}
  Json(std::string_view text) : value_(std::string(text)) {}
  Json(std::string text) : value_(std::move(text)) {}
  Json(Number number) : value_(std::move(number)) {}
  Json(Array items) : value_(std::move(items)) {}
  Json(Object members) : value_(std::move(members)) {}

  bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  bool is_bool() const { return std::holds_alternative<bool>(value_); }
  bool is_integer() const { return std::holds_alternative<std::int64_t>(value_); }
  bool is_number() const { return is_integer() || std::holds_alternative<Number>(value_); }
  bool is_string() const { return std::holds_alternative<std::string>(value_); }
  bool is_array() const { return std::holds_alternative<Array>(value_); }
  bool is_object() const { return std::holds_alternative<Object>(value_); }

  /// The typed content, or a neutral value (false, 0, "", empty) when the kind is another.
  bool boolean() const;
  std::int64_t integer() const;
  const std::string& string() const;
  const Array& items() const;
  const Object& members() const;

  /// Digits of a number, integer or not; for a string its text; otherwise "".
  std::string digits() const;

  /// The member called `name`, or a null value when there is none or this is no object.
  const Json& operator[](std::string_view name) const;
  const Json& operator[](const char* name) const { return (*this)[std::string_view(name)]; }
  /// The member called `name`, or nullptr.
  const Json* find(std::string_view name) const;
  /// Follows "a.b.c" through objects; a null value when the way ends early.
  const Json& at_path(std::string_view dotted) const;

  /// Appends to an array (a null becomes one) and gives the new item.
  Json& push(Json item);
  /// Sets a member of an object (a null becomes one), replacing one of that name.
  Json& set(std::string_view name, Json value);
  /// Removes a member; nothing happens when there is none.
  void erase(std::string_view name);

  bool operator==(const Json& other) const;

 private:
  std::variant<std::monostate, bool, std::int64_t, Number, std::string, Array, Object> value_;
};

/// Bounds a parser of outside bytes keeps: bytes in, levels of nesting, values in all.
struct JsonBounds {
  std::size_t bytes = 8u << 20;
  std::size_t depth = 32;
  std::size_t values = 400'000;
};

/// Parses RFC 8259 JSON in UTF-8. Invalid when it is not; TooLarge when a bound is exceeded.
Result<Json> parse_json(std::string_view bytes, JsonBounds bounds = {});

/// Compact text, members in their order: equal values give equal bytes.
std::string to_text(const Json& value);

/// The same with two-space indentation, for people.
std::string to_pretty_text(const Json& value);

/// Appends `text` as a JSON string with quotes and escapes.
void append_json_string(std::string& out, std::string_view text);

}  // namespace holdfast
