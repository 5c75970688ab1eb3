#include "net/fields.h"

#include <algorithm>

namespace holdfast::net {

bool is_token(std::string_view text) {
  constexpr std::string_view others = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           others.find(c) != std::string_view::npos;
  });
}

bool is_field_value(std::string_view text) {
  const auto allowed = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
  };
  if (text.empty()) return true;
  const auto is_space = [](char c) { return c == ' ' || c == '\t'; };
  return std::all_of(text.begin(), text.end(), allowed) && !is_space(text.front()) &&
         !is_space(text.back());
}

}  // namespace holdfast::net
