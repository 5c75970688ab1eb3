#include "net/cookies.h"

#include <algorithm>

#include "base/text.h"
#include "net/fields.h"

namespace holdfast::net {
namespace {

constexpr std::size_t longest_cookie_bytes = 4096;

bool is_cookie_octet(char c) {
  return c > 0x20 && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\';
}

bool is_cookie_value(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_cookie_octet);
}

bool is_cookie_path(std::string_view text) {
  return text.starts_with('/') && std::all_of(text.begin(), text.end(), [](char c) {
           return c >= 0x20 && c < 0x7f && c != ';';
         });
}

std::string_view name_of(SameSite same_site) {
  switch (same_site) {
    case SameSite::Strict:
      return "Strict";
    case SameSite::Lax:
      return "Lax";
    case SameSite::None:
      return "None";
  }
  return "Strict";
}

bool needs_secure(const Cookie& cookie) {
  const auto name = lower(cookie.name);
  return cookie.same_site == SameSite::None || name.starts_with("__host-") ||
         name.starts_with("__secure-");
}

}  // namespace

Pairs parse_cookies(std::string_view header, std::size_t most) {
  Pairs cookies;
  for (const auto part : split(header, ';')) {
    if (cookies.size() == most) break;
    const auto equals = part.find('=');
    if (equals == std::string_view::npos) continue;
    const auto name = trim(part.substr(0, equals));
    auto value = trim(part.substr(equals + 1));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
      value = value.substr(1, value.size() - 2);
    }
    if (!is_token(name) || !is_cookie_value(value)) continue;
    cookies.emplace_back(std::string(name), std::string(value));
  }
  return cookies;
}

Result<std::string> set_cookie_text(const Cookie& cookie) {
  if (!is_token(cookie.name)) return fail(ErrorCode::Invalid, "not a cookie's name");
  if (!is_cookie_value(cookie.value)) {
    return fail(ErrorCode::Invalid, "not a cookie's value", cookie.name, "encode it first");
  }
  if (!is_cookie_path(cookie.path)) {
    return fail(ErrorCode::Invalid, "not a cookie's path", cookie.name, "begin with /");
  }
  if (!cookie.secure && needs_secure(cookie)) {
    return fail(ErrorCode::Invalid, "this cookie must be Secure", cookie.name);
  }
  if (cookie.name.size() + cookie.value.size() + cookie.path.size() > longest_cookie_bytes) {
    return fail(ErrorCode::TooLarge, "the cookie is too long", cookie.name);
  }
  std::string out = cookie.name + "=" + cookie.value + "; Path=" + cookie.path;
  if (cookie.lifetime) {
    out += "; Max-Age=" + std::to_string(std::max<std::int64_t>(0, cookie.lifetime->ms / 1000));
  }
  out += "; HttpOnly; SameSite=" + std::string(name_of(cookie.same_site));
  if (cookie.secure) out += "; Secure";
  return out;
}

}  // namespace holdfast::net
