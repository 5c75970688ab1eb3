#include "engine/words.h"

#include <algorithm>
#include <array>

#include "base/json.h"
#include "base/text.h"

namespace holdfast::engine {
namespace {

constexpr std::string_view mark = "sealed:";
constexpr std::size_t digits = 32;
constexpr std::size_t longest_plain_scan = 60;

constexpr std::array free_text{"instructions", "reason", "note", "detail",       "text",
                               "statement",    "place",  "raw",  "cancel_reason"};

/// The one word that is ours: which rule or message asked for the erasure. It must outlive it.
bool is_ours(std::string_view command) { return command == ErasePersonalData::name; }

bool is_free_text(std::string_view command, std::string_view field) {
  return !is_ours(command) && std::ranges::find(free_text, field) != free_text.end();
}

/// A scanned number proves a match; a scanned square may hold a whole address.
bool is_scan(std::string_view field) { return field == "order_scan" || field == "label_scan"; }

bool is_plain_scan(std::string_view scan) {
  return scan.size() <= longest_plain_scan && std::ranges::all_of(scan, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                  c == '#' || c == '-' || c == '.' || c == '_' || c == '/';
         });
}

/// Visits every text of a listed value, however deep; an address is passed over.
template <class Visit>
struct Walk {
  std::string_view command;
  Visit& visit;

  template <class T>
  void operator()(const char* name, T& value) {
    if constexpr (std::is_same_v<T, std::string>) {
      visit(command, name, value);
    } else if constexpr (requires { value.begin(); } && !std::is_same_v<T, std::string>) {
      for (auto& item : value) inside(item);
    } else {
      inside(value);
    }
  }

  template <class T>
  void inside(T& value) {
    if constexpr (std::is_same_v<T, Address>) return;
    if constexpr (requires { T::each(value, *this); }) T::each(value, *this);
  }
};

template <class Visit>
void walk(Command& command, Visit visit) {
  std::visit(
      [&](auto& group) {
        std::visit(
            [&](auto& kind) {
              Walk<Visit> walk{kind.name, visit};
              std::decay_t<decltype(kind)>::each(kind, walk);
            },
            group);
      },
      command);
}

bool is_hex(std::string_view text) {
  return std::ranges::all_of(
      text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

/// Where the next reference begins; npos when there is none.
std::size_t next_reference(std::string_view text, std::size_t from) {
  for (auto at = text.find(mark, from); at != std::string_view::npos;
       at = text.find(mark, at + 1)) {
    const auto value = text.substr(at + mark.size(), digits);
    if (value.size() == digits && is_hex(value)) return at;
  }
  return std::string_view::npos;
}

template <class Write>
std::string replaced(std::string_view text, const Words& words, std::string_view otherwise,
                     Write write) {
  std::string out;
  std::size_t from = 0;
  for (auto at = next_reference(text, 0); at != std::string_view::npos;
       at = next_reference(text, from)) {
    out += text.substr(from, at - from);
    const auto found = words.find(std::string(text.substr(at, mark.size() + digits)));
    write(out, found == words.end() ? otherwise : std::string_view(found->second.text));
    from = at + mark.size() + digits;
  }
  out += text.substr(from);
  return out;
}

}  // namespace

Word word_of(std::string_view word_key, std::string_view text) {
  return {std::string(text), std::string(bytes_of(hmac_sha256(word_key, text)))};
}

std::string reference_of(const Word& word) {
  return std::string(mark) + hex(hmac_sha256(word.salt, word.text)).substr(0, digits);
}

void hide_words(Command& command, const std::function<std::string(const std::string&)>& hide) {
  walk(command, [&](std::string_view kind, std::string_view field, std::string& text) {
    const bool hidden = is_free_text(kind, field) || (is_scan(field) && !is_plain_scan(text));
    if (hidden && !trim(text).empty()) text = hide(text);
  });
}

bool has_reference(std::string_view text) {
  return next_reference(text, 0) != std::string_view::npos;
}

std::string opened(std::string_view text, const Words& words, std::string_view otherwise) {
  return replaced(text, words, otherwise,
                  [](std::string& out, std::string_view word) { out += word; });
}

std::string opened_json(std::string_view json, const Words& words, std::string_view otherwise) {
  return replaced(json, words, otherwise, [](std::string& out, std::string_view word) {
    std::string quoted;
    append_json_string(quoted, word);
    out += std::string_view(quoted).substr(1, quoted.size() - 2);
  });
}

std::string encode_words(const Words& words) {
  Json list{Json::Array{}};
  for (const auto& [reference, word] : words) list.push(word.text);
  return to_text(list);
}

Status decode_words(std::string_view bytes, std::string_view word_key, Words& into) {
  const auto list = parse_json(bytes);
  if (!list) return fail(list.error());
  for (const auto& text : list->items()) {
    auto word = word_of(word_key, text.string());
    auto reference = reference_of(word);
    into.emplace(std::move(reference), std::move(word));
  }
  return {};
}

Result<WordBook> read_words(ports::Store& store, const Vault* vault,
                            const ports::StreamKey& stream) {
  if (!vault) return WordBook{{}, closed_words};
  WordBook book;
  auto rows = store.sealed(stream);
  if (!rows) return fail(rows.error());
  const auto key = std::ranges::find(*rows, "key", &ports::SealedRow::kind);
  if (key == rows->end()) return book;
  const auto word_key = vault->word_key(stream, key->bytes);
  if (!word_key) return book;
  for (const auto& row : *rows) {
    if (!row.kind.starts_with(words_kind)) continue;
    const auto bytes = vault->unseal(stream, key->bytes, row.kind, row.bytes);
    // Words whose row was damaged read as erased; the chain still says that there were some.
    if (bytes) (void)decode_words(*bytes, *word_key, book.words);
  }
  return book;
}

Status open_rows(ports::Store& store, const Vault* vault, std::vector<ports::ExceptionRow>& rows) {
  std::map<ports::StreamKey, WordBook> books;
  for (auto& row : rows) {
    if (!has_reference(row.detail) && !has_reference(row.resolution)) continue;
    if (!books.contains(row.stream)) {
      auto book = read_words(store, vault, row.stream);
      if (!book) return fail(book.error());
      books[row.stream] = std::move(*book);
    }
    row.detail = books[row.stream].open(row.detail);
    row.resolution = books[row.stream].open(row.resolution);
  }
  return {};
}

}  // namespace holdfast::engine
