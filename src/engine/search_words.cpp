#include "engine/search_words.h"

#include <algorithm>

#include "base/text.h"

namespace holdfast::engine {
namespace {

constexpr std::size_t most_words = 40;
constexpr std::size_t longest_word = 40;

/// Length in bytes of the UTF-8 character that starts with this byte.
std::size_t width(char first) {
  const auto byte = static_cast<unsigned char>(first);
  if (byte < 0x80) return 1;
  if (byte < 0xE0) return 2;
  return byte < 0xF0 ? 3 : 4;
}

/// Signs written without spaces between words start at U+2E80: three bytes or more, from E2 BA.
bool is_east_asian(std::string_view sign) {
  return sign.size() >= 3 && static_cast<unsigned char>(sign[0]) >= 0xE3;
}

class Words {
 public:
  void add(std::string word) {
    if (word.empty() || found_.size() >= most_words) return;
    if (std::ranges::find(found_, word) == found_.end()) found_.push_back(std::move(word));
  }
  std::vector<std::string> take() { return std::move(found_); }

 private:
  std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> words_of(std::string_view text) {
  Words words;
  std::string latin, previous;
  for (std::size_t at = 0; at < text.size();) {
    const auto sign = text.substr(at, width(text[at]));
    at += sign.size();
    if (is_east_asian(sign)) {
      words.add(std::exchange(latin, {}));
      if (!previous.empty()) words.add(previous + std::string(sign));
      previous = sign;
      continue;
    }
    previous.clear();
    const char c = sign[0];
    const bool letter = sign.size() > 1 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                        (c >= 'A' && c <= 'Z') || c == '-';
    if (letter && latin.size() < longest_word) latin += lower(sign);
    if (!letter) words.add(std::exchange(latin, {}));
  }
  words.add(latin);
  return words.take();
}

std::vector<std::string> words_of(const Address& address) {
  auto words = words_of(address.name);
  if (!address.email.empty()) words.push_back(lower(address.email));
  std::string phone;
  for (char c : address.phone) {
    if (c >= '0' && c <= '9') phone.push_back(c);
  }
  if (!phone.empty()) words.push_back(phone);
  return words;
}

}  // namespace holdfast::engine
