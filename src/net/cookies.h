#pragma once
// Cookies (RFC 6265): reading what a browser sent and writing what it shall keep.
// It must never decide who somebody is; that is the session's work.

#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "base/result.h"
#include "net/url.h"

namespace holdfast::net {

/// Names and values of a Cookie field (RFC 6265 section 5.4) in their order; what does not parse
/// is left out, and at most `most` are read.
Pairs parse_cookies(std::string_view header, std::size_t most = 50);

enum class SameSite { Strict, Lax, None };

/// A cookie to set. Scripts never see it: HttpOnly is always written.
struct Cookie {
  std::string name;
  std::string value;
  std::string path = "/";
  std::optional<Duration> lifetime =
      std::nullopt;  // none: until the browser closes; zero or less: delete now
  SameSite same_site = SameSite::Lax;
  bool secure = true;  // off only for plain HTTP on a loopback address
};

/// The Set-Cookie value (RFC 6265 section 4.1.1). Invalid when the name is no token, the value or
/// path holds a character that is not allowed there, SameSite=None or a name's prefix ("__Host-",
/// "__Secure-") asks for Secure and it is off, or the cookie is longer than 4096 bytes.
Result<std::string> set_cookie_text(const Cookie& cookie);

}  // namespace holdfast::net
