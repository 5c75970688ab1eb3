#include "engine/settings/toml.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <toml++/toml.h>

namespace holdfast::engine {
namespace {

constexpr std::size_t most_bytes = 4u << 20;

template <class T>
std::string printed(const T& value) {
  std::ostringstream out;
  out << value;
  return out.str();
}

/// Turns the library's tree into Json, noting where each key stands.
class Converter {
 public:
  explicit Converter(Toml& into) : into_(into) {}

  Json of(const toml::node& node, const std::string& path) {
    if (const auto* table = node.as_table()) return of_table(*table, path);
    if (const auto* array = node.as_array()) return of_array(*array, path);
    if (const auto* text = node.as_string()) return Json(text->get());
    if (const auto* whole = node.as_integer()) return Json(whole->get());
    if (const auto* truth = node.as_boolean()) return Json(truth->get());
    if (const auto* real = node.as_floating_point()) return of_float(real->get());
    if (const auto* date = node.as_date()) return Json(printed(date->get()));
    if (const auto* time = node.as_time()) return Json(printed(time->get()));
    if (const auto* moment = node.as_date_time()) return Json(printed(moment->get()));
    return {};
  }

 private:
  void note(const std::string& path, const toml::source_position& at) {
    into_.places[path] = {static_cast<std::uint32_t>(at.line),
                          static_cast<std::uint32_t>(at.column)};
  }

  /// Members in the order of the text: the library sorts them by name.
  Json of_table(const toml::table& table, const std::string& path) {
    std::vector<std::pair<const toml::key*, const toml::node*>> entries;
    for (const auto& [key, node] : table) entries.emplace_back(&key, &node);
    const auto before = [](const auto& a, const auto& b) {
      const auto& left = a.first->source().begin;
      const auto& right = b.first->source().begin;
      return left.line != right.line ? left.line < right.line : left.column < right.column;
    };
    std::ranges::sort(entries, before);
    Json::Object members;
    for (const auto& [key, node] : entries) {
      const std::string name(key->str());
      const auto inner = path.empty() ? name : path + "." + name;
      note(inner, key->source().begin);
      members.emplace_back(name, of(*node, inner));
    }
    return Json(std::move(members));
  }

  Json of_array(const toml::array& array, const std::string& path) {
    Json::Array items;
    for (const auto& node : array) {
      const auto inner = path + "[" + std::to_string(items.size()) + "]";
      note(inner, node.source().begin);
      items.push_back(of(node, inner));
    }
    return Json(std::move(items));
  }

  static Json of_float(double value) {
    char digits[64];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    return Json(Json::Number{std::string(digits, end)});
  }

  Toml& into_;
};

/// "a.b[2]" → "a.b" → "a" → "".
std::string_view outer(std::string_view path) {
  const auto cut = path.find_last_of(".[");
  return cut == std::string_view::npos ? std::string_view() : path.substr(0, cut);
}

}  // namespace

std::string Toml::where(std::string_view path) const {
  std::string text = file;
  for (auto at = path; !at.empty(); at = outer(at)) {
    const auto found = places.find(at);
    if (found == places.end()) continue;
    text += ":" + std::to_string(found->second.line) + ":" + std::to_string(found->second.column);
    break;
  }
  if (!path.empty()) text += " " + std::string(path);
  return text;
}

Result<Toml> parse_toml(std::string_view text, std::string file) {
  if (text.size() > most_bytes) {
    return fail(ErrorCode::TooLarge, "the file is longer than 4 MiB", file);
  }
  Toml document;
  document.file = std::move(file);
  try {
    const auto table = toml::parse(text, document.file);
    document.value = Converter(document).of(table, "");
    return document;
  } catch (const toml::parse_error& problem) {
    const auto& at = problem.source().begin;
    return fail(ErrorCode::Invalid, "not TOML: " + std::string(problem.description()),
                document.file + ":" + std::to_string(at.line) + ":" + std::to_string(at.column),
                "see https://toml.io for how values are written");
  }
}

Result<std::string> read_text_file(const std::string& path, std::size_t most) {
  std::error_code problem;
  const auto size = std::filesystem::file_size(path, problem);
  if (problem) {
    return fail(ErrorCode::NotFound, "cannot read the file: " + problem.message(), path,
                "check its name and its permissions");
  }
  if (size > most) {
    return fail(ErrorCode::TooLarge, "the file has more than " + std::to_string(most) + " bytes",
                path);
  }
  std::ifstream in(path, std::ios::binary);
  std::string text(size, '\0');
  in.read(text.data(), static_cast<std::streamsize>(size));
  if (!in) return fail(ErrorCode::Unavailable, "cannot read the file", path);
  return text;
}

Result<Toml> read_toml(const std::string& path) {
  auto text = read_text_file(path, most_bytes);
  if (!text) return fail(text.error());
  return parse_toml(*text, path);
}

}  // namespace holdfast::engine
