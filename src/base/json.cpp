#include "base/json.h"

#include <algorithm>
#include <charconv>

#include <simdjson.h>

namespace holdfast {
namespace {

namespace sj = simdjson::ondemand;

const Json null_value;
const std::string empty_string;
const Json::Array empty_array;
const Json::Object empty_object;

struct Reader {
  JsonBounds bounds;
  std::size_t values = 0;

  Result<Json> read(sj::value value, std::size_t depth);
  Result<Json> read_number(std::string_view token) const;
  Result<Json> read_array(sj::array array, std::size_t depth);
  Result<Json> read_object(sj::object object, std::size_t depth);
};

tl::unexpected<Error> broken(simdjson::error_code code) {
  return fail(ErrorCode::Invalid, std::string("not JSON: ") + simdjson::error_message(code));
}

std::string_view trimmed_number(std::string_view token) {
  const auto end = token.find_last_not_of(" \t\r\n");
  return token.substr(0, end == std::string_view::npos ? 0 : end + 1);
}

/// RFC 8259 section 6, checked because the raw token of a number is not validated by the library.
bool is_json_number(std::string_view text) {
  std::size_t i = 0;
  const auto digits = [&] {
    const auto start = i;
    while (i < text.size() && text[i] >= '0' && text[i] <= '9') ++i;
    return i > start;
  };
  if (i < text.size() && text[i] == '-') ++i;
  if (i < text.size() && text[i] == '0')
    ++i;
  else if (!digits())
    return false;
  if (i < text.size() && text[i] == '.') {
    ++i;
    if (!digits()) return false;
  }
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
    if (!digits()) return false;
  }
  return i == text.size();
}

Result<Json> Reader::read_number(std::string_view token) const {
  const auto text = trimmed_number(token);
  if (text.size() > 64 || !is_json_number(text)) {
    return fail(ErrorCode::Invalid, "not JSON: not a number", std::string(text.substr(0, 40)));
  }
  std::int64_t integer = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), integer);
  if (problem == std::errc() && end == text.data() + text.size()) return Json(integer);
  return Json(Json::Number{std::string(text)});
}

Result<Json> Reader::read_array(sj::array array, std::size_t depth) {
  Json::Array items;
  for (auto item : array) {
    if (item.error()) return broken(item.error());
    auto read_item = read(item.value_unsafe(), depth + 1);
    if (!read_item) return read_item;
    items.push_back(std::move(*read_item));
  }
  return Json(std::move(items));
}

Result<Json> Reader::read_object(sj::object object, std::size_t depth) {
  Json::Object members;
  for (auto field : object) {
    std::string_view name;
    if (auto code = field.unescaped_key().get(name)) return broken(code);
    std::string key(name);
    auto member = read(field.value(), depth + 1);
    if (!member) return member;
    members.emplace_back(std::move(key), std::move(*member));
  }
  return Json(std::move(members));
}

Result<Json> Reader::read(sj::value value, std::size_t depth) {
  if (depth > bounds.depth) return fail(ErrorCode::TooLarge, "JSON nested too deeply");
  if (++values > bounds.values) return fail(ErrorCode::TooLarge, "JSON holds too many values");
  sj::json_type type{};
  if (auto code = value.type().get(type)) return broken(code);
  switch (type) {
    case sj::json_type::null: {
      bool is_null = false;
      if (auto code = value.is_null().get(is_null)) return broken(code);
      if (!is_null) return fail(ErrorCode::Invalid, "not JSON: a literal is misspelt");
      return Json();
    }
    case sj::json_type::boolean: {
      bool boolean = false;
      if (auto code = value.get_bool().get(boolean)) return broken(code);
      return Json(boolean);
    }
    case sj::json_type::number: {
      const auto token = value.raw_json_token();
      auto number = read_number(token);
      if (!number) return number;
      // Moves the cursor past the number; the value itself was taken from its digits.
      double ignored = 0;
      if (auto code = value.get_double().get(ignored)) return broken(code);
      return number;
    }
    case sj::json_type::string: {
      std::string_view text;
      if (auto code = value.get_string().get(text)) return broken(code);
      return Json(text);
    }
    case sj::json_type::array: {
      sj::array array;
      if (auto code = value.get_array().get(array)) return broken(code);
      return read_array(array, depth);
    }
    case sj::json_type::object: {
      sj::object object;
      if (auto code = value.get_object().get(object)) return broken(code);
      return read_object(object, depth);
    }
  }
  return fail(ErrorCode::Invalid, "not JSON");
}

void append(std::string& out, const Json& value, int indent);

void new_line(std::string& out, int indent) {
  if (indent < 0) return;
  out.push_back('\n');
  out.append(static_cast<std::size_t>(indent), ' ');
}

void append_array(std::string& out, const Json::Array& items, int indent) {
  const int inner = indent < 0 ? indent : indent + 2;
  out.push_back('[');
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out.push_back(',');
    new_line(out, inner);
    append(out, items[i], inner);
  }
  if (!items.empty()) new_line(out, indent);
  out.push_back(']');
}

void append_object(std::string& out, const Json::Object& members, int indent) {
  const int inner = indent < 0 ? indent : indent + 2;
  out.push_back('{');
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (i > 0) out.push_back(',');
    new_line(out, inner);
    append_json_string(out, members[i].first);
    out.push_back(':');
    if (indent >= 0) out.push_back(' ');
    append(out, members[i].second, inner);
  }
  if (!members.empty()) new_line(out, indent);
  out.push_back('}');
}

void append(std::string& out, const Json& value, int indent) {
  if (value.is_null())
    out += "null";
  else if (value.is_bool())
    out += value.boolean() ? "true" : "false";
  else if (value.is_number())
    out += value.digits();
  else if (value.is_string())
    append_json_string(out, value.string());
  else if (value.is_array())
    append_array(out, value.items(), indent);
  else
    append_object(out, value.members(), indent);
}

}  // namespace

bool Json::boolean() const {
  const auto* held = std::get_if<bool>(&value_);
  return held && *held;
}

std::int64_t Json::integer() const {
  const auto* held = std::get_if<std::int64_t>(&value_);
  return held ? *held : 0;
}

const std::string& Json::string() const {
  const auto* held = std::get_if<std::string>(&value_);
  return held ? *held : empty_string;
}

const Json::Array& Json::items() const {
  const auto* held = std::get_if<Array>(&value_);
  return held ? *held : empty_array;
}

const Json::Object& Json::members() const {
  const auto* held = std::get_if<Object>(&value_);
  return held ? *held : empty_object;
}

std::string Json::digits() const {
  if (is_integer()) return std::to_string(integer());
  if (const auto* number = std::get_if<Number>(&value_)) return number->digits;
  return string();
}

const Json* Json::find(std::string_view name) const {
  for (const auto& [key, value] : members()) {
    if (key == name) return &value;
  }
  return nullptr;
}

const Json& Json::operator[](std::string_view name) const {
  const auto* member = find(name);
  return member ? *member : null_value;
}

const Json& Json::at_path(std::string_view dotted) const {
  const Json* here = this;
  while (!dotted.empty()) {
    const auto dot = dotted.find('.');
    here = &(*here)[dotted.substr(0, dot)];
    dotted = dot == std::string_view::npos ? std::string_view{} : dotted.substr(dot + 1);
  }
  return *here;
}

Json& Json::push(Json item) {
  if (is_null()) value_ = Array{};
  auto& items = std::get<Array>(value_);
  return items.emplace_back(std::move(item));
}

Json& Json::set(std::string_view name, Json value) {
  if (is_null()) value_ = Object{};
  auto& members = std::get<Object>(value_);
  for (auto& [key, held] : members) {
    if (key == name) return held = std::move(value);
  }
  return members.emplace_back(std::string(name), std::move(value)).second;
}

void Json::erase(std::string_view name) {
  if (auto* members = std::get_if<Object>(&value_)) {
    std::erase_if(*members, [&](const Member& member) { return member.first == name; });
  }
}

bool Json::operator==(const Json& other) const { return value_ == other.value_; }

Result<Json> parse_json(std::string_view bytes, JsonBounds bounds) {
  if (bytes.size() > bounds.bytes) return fail(ErrorCode::TooLarge, "JSON text too long");
  thread_local sj::parser parser;
  const simdjson::padded_string padded(bytes);
  sj::document document;
  if (auto code = parser.iterate(padded).get(document)) return broken(code);
  bool scalar = false;
  if (auto code = document.is_scalar().get(scalar)) return broken(code);
  if (scalar) {
    // A document that is one bare value is wrapped, so that one reader serves every case.
    return parse_json("[" + std::string(bytes) + "]", bounds).and_then([](const Json& list) {
      if (list.items().size() == 1) return Result<Json>(list.items().front());
      return Result<Json>(fail(ErrorCode::Invalid, "not JSON: more than one value"));
    });
  }
  sj::value root;
  if (auto code = document.get_value().get(root)) return broken(code);
  Reader reader{bounds};
  auto value = reader.read(root, 0);
  const bool ended = document.current_location().error() == simdjson::OUT_OF_BOUNDS;
  if (value && !ended) return fail(ErrorCode::Invalid, "not JSON: text follows it");
  return value;
}

namespace {

void append_escaped(std::string& out, char c) {
  constexpr std::string_view hex = "0123456789abcdef";
  switch (c) {
    case '"':
      out += "\\\"";
      break;
    case '\\':
      out += "\\\\";
      break;
    case '\n':
      out += "\\n";
      break;
    case '\r':
      out += "\\r";
      break;
    case '\t':
      out += "\\t";
      break;
    default:
      out += "\\u00";
      out.push_back(hex[static_cast<unsigned char>(c) >> 4]);
      out.push_back(hex[static_cast<unsigned char>(c) & 15]);
  }
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  const auto plain = [](char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
  };
  out.push_back('"');
  while (!text.empty()) {
    const auto end = std::ranges::find_if_not(text, plain);
    const auto length = static_cast<std::size_t>(end - text.begin());
    out.append(text.substr(0, length));
    text.remove_prefix(length);
    if (text.empty()) break;
    append_escaped(out, text.front());
    text.remove_prefix(1);
  }
  out.push_back('"');
}

std::string to_text(const Json& value) {
  std::string out;
  append(out, value, -1);
  return out;
}

std::string to_pretty_text(const Json& value) {
  std::string out;
  append(out, value, 0);
  return out;
}

}  // namespace holdfast
