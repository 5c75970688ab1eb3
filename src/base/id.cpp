#include "base/id.h"

#include <algorithm>

namespace holdfast {
namespace {

// Crockford's alphabet: no I, L, O, U, so that a number read aloud arrives as it left.
constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t max_digits = 13;

}  // namespace

std::string id_text(std::string_view prefix, std::int64_t value) {
  std::string digits;
  auto rest = static_cast<std::uint64_t>(value);
  do {
    digits.push_back(alphabet[rest & 31]);
    rest >>= 5;
  } while (rest != 0);
  std::reverse(digits.begin(), digits.end());
  return std::string(prefix) + "_" + digits;
}

Result<std::int64_t> parse_id(std::string_view prefix, std::string_view text) {
  const auto bad = [&] {
    return fail(ErrorCode::Invalid, "not an id of this kind", std::string(text.substr(0, 40)),
                "expected " + std::string(prefix) + "_ and up to 13 letters or digits");
  };
  if (text.size() <= prefix.size() + 1 || text.substr(0, prefix.size()) != prefix ||
      text[prefix.size()] != '_') {
    return bad();
  }
  text.remove_prefix(prefix.size() + 1);
  if (text.size() > max_digits) return bad();
  std::uint64_t value = 0;
  for (char c : text) {
    const auto digit = alphabet.find(c);
    if (digit == std::string_view::npos) return bad();
    value = value << 5 | digit;
  }
  return static_cast<std::int64_t>(value);
}

}  // namespace holdfast
