#include "store/postgres/stored_text.h"

#include <cstddef>

namespace holdfast::store::pg {
namespace {

unsigned char at(std::string_view text, std::size_t i) {
  return static_cast<unsigned char>(text[i]);
}

bool continues(std::string_view text, std::size_t i) {
  return i < text.size() && (at(text, i) & 0xc0) == 0x80;
}

// U+F700 to U+F7FF: EF, 9C to 9F, 80 to BF.
bool is_mark(std::string_view text, std::size_t i) {
  return at(text, i) == 0xef && continues(text, i + 1) && continues(text, i + 2) &&
         at(text, i + 1) >= 0x9c && at(text, i + 1) <= 0x9f;
}

// Bytes of the sound character at `i`; 0 for none (RFC 3629 section 4).
std::size_t sound_length(std::string_view text, std::size_t i) {
  const auto lead = at(text, i);
  if (lead < 0x80) return lead == 0 ? 0 : 1;
  if (lead < 0xc2 || lead > 0xf4 || !continues(text, i + 1)) return 0;
  if (lead < 0xe0) return 2;
  const auto second = at(text, i + 1);
  if (!continues(text, i + 2)) return 0;
  if (lead < 0xf0) {
    const bool overlong = lead == 0xe0 && second < 0xa0;
    const bool surrogate = lead == 0xed && second >= 0xa0;
    return overlong || surrogate ? 0 : 3;
  }
  const bool beyond = (lead == 0xf0 && second < 0x90) || (lead == 0xf4 && second >= 0x90);
  return beyond || !continues(text, i + 3) ? 0 : 4;
}

void append_mark(std::string& out, unsigned char byte) {
  out += '\xef';
  out += static_cast<char>(0x9c | (byte >> 6));
  out += static_cast<char>(0x80 | (byte & 0x3f));
}

}  // namespace

void append_stored(std::string& out, std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto length = is_mark(text, i) ? 0 : sound_length(text, i);
    if (length == 0) {
      append_mark(out, at(text, i));
      ++i;
    } else {
      out.append(text, i, length);
      i += length;
    }
  }
}

bool holds_stored_bytes(std::string_view stored) {
  for (auto i = stored.find('\xef'); i != std::string_view::npos; i = stored.find('\xef', i + 1)) {
    if (is_mark(stored, i)) return true;
  }
  return false;
}

std::string from_stored(std::string_view stored) {
  std::string out;
  out.reserve(stored.size());
  for (std::size_t i = 0; i < stored.size();) {
    if (is_mark(stored, i)) {
      out += static_cast<char>(((at(stored, i + 1) & 3) << 6) | (at(stored, i + 2) & 0x3f));
      i += 3;
    } else {
      out += stored[i++];
    }
  }
  return out;
}

}  // namespace holdfast::store::pg
