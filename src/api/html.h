#pragma once
// Html: pages without scripts, written by hand: escaping, one small style sheet, strict headers.
// It must never put text into a page unescaped.

#include <string>
#include <string_view>

#include "net/server.h"

namespace holdfast::api {

/// Text for element content and quoted attributes.
std::string escaped(std::string_view text);

/// A whole page. `body` is HTML already; `language` is a BCP 47 tag. Nothing of it may be cached,
/// indexed, framed or told to another site, and no script runs (Content Security Policy level 3).
net::ServerResponse html_page(int status, std::string_view language, std::string_view title,
                              std::string_view body);

/// 303 to an address of this server: the browser opens it by GET (RFC 9110 section 15.4.4).
net::ServerResponse see_other(const std::string& path);

}  // namespace holdfast::api
