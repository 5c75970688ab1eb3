#include "peers/graphql.h"

#include <algorithm>

#include "base/hash.h"

namespace holdfast::peers::graphql {
namespace {

constexpr std::size_t max_depth = 24;

struct Selection {
  std::string fragment;  // a spread; otherwise `field`
  Field field;
  std::vector<Selection> below;
};

struct Definition {
  bool is_fragment = false;
  bool is_mutation = false;
  std::string name;
  std::vector<Selection> selections;
};

/// A recursive reader; the first mistake sets `bad` and everything after it reads nothing.
class Reader {
 public:
  Reader(std::string_view text, const Json& variables) : text_(text), variables_(variables) {}

  std::vector<Definition> definitions() {
    std::vector<Definition> all;
    for (skip(); at_ < text_.size() && !bad_; skip()) all.push_back(definition());
    return all;
  }

  bool bad() const { return bad_; }

 private:
  static bool is_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  void skip() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == ',') {
        ++at_;
      } else {
        return;
      }
    }
  }

  bool take(std::string_view word) {
    skip();
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }

  void expect(std::string_view word) {
    if (!take(word)) stop();
  }

  void stop() {
    bad_ = true;
    at_ = text_.size();
  }

  char peek() {
    skip();
    return at_ < text_.size() ? text_[at_] : '\0';
  }

  std::string name() {
    skip();
    const auto from = at_;
    while (at_ < text_.size() && is_name(text_[at_])) ++at_;
    if (at_ == from) stop();
    return std::string(text_.substr(from, at_ - from));
  }

  Definition definition() {
    Definition out;
    if (peek() != '{') {
      const auto word = name();
      out.is_fragment = word == "fragment";
      out.is_mutation = word == "mutation";
      if (word != "query" && !out.is_mutation && !out.is_fragment) stop();
      if (is_name(peek())) out.name = name();
      if (out.is_fragment) {
        if (name() != "on") stop();
        name();
      }
      if (peek() == '(') skip_group();
    }
    out.selections = selections(0);
    return out;
  }

  /// Variable definitions: their types are the schema's business.
  void skip_group() {
    expect("(");
    while (!bad_ && peek() != ')') {
      if (peek() == '\0') return stop();
      ++at_;
    }
    expect(")");
  }

  std::vector<Selection> selections(std::size_t depth) {
    std::vector<Selection> out;
    if (depth > max_depth) stop();
    expect("{");
    while (!bad_ && peek() != '}') {
      out.push_back(take("...") ? spread(depth) : field(depth));
    }
    expect("}");
    return out;
  }

  Selection spread(std::size_t depth) {
    Selection out;
    if (peek() == '{') {
      out.below = selections(depth + 1);
      return out;
    }
    out.fragment = name();
    if (out.fragment != "on") return out;
    out.fragment.clear();
    name();
    out.below = selections(depth + 1);
    return out;
  }

  Selection field(std::size_t depth) {
    Selection out;
    out.field.name = out.field.key = name();
    if (take(":")) out.field.name = name();
    if (take("(")) {
      while (!bad_ && peek() != ')') {
        const auto argument = name();
        expect(":");
        out.field.arguments.set(argument, value(0));
      }
      expect(")");
    }
    if (peek() == '{') out.below = selections(depth + 1);
    return out;
  }

  Json value(std::size_t depth) {
    if (depth > max_depth) stop();
    const char c = peek();
    if (take("$")) return variables_[name()];
    if (take("[")) return list(depth);
    if (take("{")) return object(depth);
    if (c == '"') return text();
    if (c == '-' || (c >= '0' && c <= '9')) return number();
    const auto word = name();
    if (word == "null") return {};
    if (word == "true" || word == "false") return word == "true";
    return word;
  }

  Json list(std::size_t depth) {
    Json out = Json::Array{};
    while (!bad_ && peek() != ']') out.push(value(depth + 1));
    expect("]");
    return out;
  }

  Json object(std::size_t depth) {
    Json out = Json::Object{};
    while (!bad_ && peek() != '}') {
      const auto member = name();
      expect(":");
      out.set(member, value(depth + 1));
    }
    expect("}");
    return out;
  }

  Json text() {
    ++at_;
    std::string out;
    while (at_ < text_.size() && text_[at_] != '"') {
      if (text_[at_] == '\\') ++at_;
      if (at_ < text_.size()) out += text_[at_++];
    }
    expect("\"");
    return out;
  }

  Json number() {
    const auto from = at_;
    while (at_ < text_.size() && (is_name(text_[at_]) || text_[at_] == '-' || text_[at_] == '.'))
      ++at_;
    auto parsed = parse_json(text_.substr(from, at_ - from));
    if (!parsed) stop();
    return parsed ? *parsed : Json();
  }

  std::string_view text_;
  const Json& variables_;
  std::size_t at_ = 0;
  bool bad_ = false;
};

using Fragments = std::map<std::string, const Definition*>;

/// Puts fragments in their places; false for an unknown one or too deep a nesting.
bool open(const std::vector<Selection>& selections, const Fragments& fragments, std::size_t depth,
          std::vector<Field>& into) {
  if (depth > max_depth) return false;
  for (const auto& selection : selections) {
    if (!selection.fragment.empty()) {
      const auto found = fragments.find(selection.fragment);
      if (found == fragments.end()) return false;
      if (!open(found->second->selections, fragments, depth + 1, into)) return false;
    } else if (selection.field.name.empty()) {
      if (!open(selection.below, fragments, depth + 1, into)) return false;
    } else {
      auto field = selection.field;
      if (!open(selection.below, fragments, depth + 1, field.fields)) return false;
      into.push_back(std::move(field));
    }
  }
  return true;
}

bool is_connection(const Field& field) {
  return std::ranges::any_of(field.fields, [](const Field& below) {
    return below.name == "nodes" || below.name == "edges" || below.name == "pageInfo";
  });
}

/// What a page that is sorted by time goes on after; times are all of one length.
std::pair<std::string, std::string> place_of(const Json& item) {
  return {item["updatedAt"].string(), item["id"].string()};
}

/// Of the last item of a page. It names the item, since what moves to the end of a list between two
/// pages must not hide another.
std::string cursor_of(const Json& item, std::size_t position) {
  const auto [time, id] = place_of(item);
  Json cursor;
  cursor.set("last_id", id);
  cursor.set("last_value", time);
  cursor.set("position", static_cast<std::int64_t>(position));
  return base64(to_text(cursor));
}

/// Where the page after a cursor begins; an unreadable cursor begins at the start.
std::size_t begin_after(const std::string& cursor, const Json::Array& items, bool by_time) {
  const auto text = from_base64(cursor);
  const auto last = text ? parse_json(*text) : Result<Json>(Json());
  if (!last || last->is_null()) return 0;
  const std::pair place((*last)["last_value"].string(), (*last)["last_id"].string());
  if (by_time) {
    const auto next = std::ranges::upper_bound(items, place, {}, place_of);
    return static_cast<std::size_t>(next - items.begin());
  }
  const auto position = static_cast<std::size_t>((*last)["position"].integer());
  return std::min(position + 1, items.size());
}

Json connection(const Json::Array& items, const Field& field, std::vector<std::string>& missing) {
  const bool by_time = field.arguments["sortKey"].string() == "UPDATED_AT";
  const auto from = begin_after(field.arguments["after"].string(), items, by_time);
  const auto asked = field.arguments["first"].integer();
  const auto count = asked > 0 ? static_cast<std::size_t>(asked) : items.size();
  const auto end = std::min(items.size(), from + count);
  const Json::Array page(items.begin() + static_cast<std::ptrdiff_t>(from),
                         items.begin() + static_cast<std::ptrdiff_t>(end));
  Json info;
  info.set("hasNextPage", end < items.size());
  info.set("hasPreviousPage", from > 0);
  info.set("startCursor", page.empty() ? Json() : Json(cursor_of(items[from], from)));
  info.set("endCursor", page.empty() ? Json() : Json(cursor_of(items[end - 1], end - 1)));
  Json whole;
  whole.set("nodes", Json(page));
  whole.set("pageInfo", std::move(info));
  Json out = Json::Object{};
  for (const auto& below : field.fields) {
    // `nodes` is an array without arguments of its own: nothing is cut twice.
    const auto* value = whole.find(below.name);
    if (!value)
      missing.push_back(field.name + "." + below.name);
    else
      out.set(below.key, cut_value(*value, below, missing));
  }
  return out;
}

}  // namespace

Result<Operation> parse(std::string_view document, std::string_view name, const Json& variables) {
  Reader reader(document, variables);
  const auto definitions = reader.definitions();
  if (reader.bad()) return fail(ErrorCode::Invalid, "the document cannot be parsed");
  Fragments fragments;
  const Definition* chosen = nullptr;
  for (const auto& definition : definitions) {
    if (definition.is_fragment)
      fragments[definition.name] = &definition;
    else if (name.empty() ? !chosen : definition.name == name)
      chosen = &definition;
  }
  if (!chosen) return fail(ErrorCode::Invalid, "An operation name is required");
  Operation operation{chosen->is_mutation, chosen->name, {}};
  if (!open(chosen->selections, fragments, 0, operation.fields)) {
    return fail(ErrorCode::Invalid, "a fragment is unknown or nested too deeply");
  }
  return operation;
}

Json cut_value(const Json& value, const Field& field, std::vector<std::string>& missing) {
  if (field.fields.empty() || value.is_null()) return value;
  if (!value.is_array()) return cut(value, field.fields, missing);
  if (is_connection(field)) return connection(value.items(), field, missing);
  const auto first = field.arguments["first"].integer();
  Json out = Json::Array{};
  for (const auto& item : value.items()) {
    if (first > 0 && out.items().size() >= static_cast<std::size_t>(first)) break;
    out.push(cut(item, field.fields, missing));
  }
  return out;
}

Json cut(const Json& record, const std::vector<Field>& fields, std::vector<std::string>& missing) {
  Json out = Json::Object{};
  for (const auto& field : fields) {
    const auto* value = record.find(field.name);
    if (!value)
      missing.push_back(field.name);
    else
      out.set(field.key, cut_value(*value, field, missing));
  }
  return out;
}

}  // namespace holdfast::peers::graphql
