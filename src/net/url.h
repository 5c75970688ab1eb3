#pragma once
// URLs: taking them apart, and writing and reading query strings, forms and path segments.
// It must never open anything; whether an address may be reached is decided in net/address.h.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace holdfast::net {

/// The parts of an absolute URL (RFC 3986). `path` and `query` stay encoded as they were.
struct Url {
  std::string scheme;      // lower case
  std::string host;        // lower case, decoded; an IPv6 address stands without brackets
  std::uint16_t port = 0;  // the scheme's own when none is written; 0 when that is unknown
  std::string path;        // "/" when empty
  std::string query;       // without "?"
  bool has_user = false;   // a name or password stands before the host
};

/// Reads an absolute URL with a host; Invalid when it is none. A fragment is dropped.
Result<Url> parse_url(std::string_view text);

/// Names and values in their order; a name may come twice.
using Pairs = std::vector<std::pair<std::string, std::string>>;

/// Reads a query string or a body of application/x-www-form-urlencoded ("+" is a space). Invalid
/// when an escape is broken or a field is not UTF-8; TooLarge beyond `most_pairs`.
Result<Pairs> parse_form(std::string_view text, std::size_t most_pairs = 1000);

/// Writes a query string or form body; everything but unreserved characters is escaped, so that
/// the result reads the same by RFC 3986 and by the form rules.
std::string form_text(const Pairs& pairs);

/// The first value of a name, or "".
std::string_view value_of(const Pairs& pairs, std::string_view name);

/// Escapes everything but unreserved characters (RFC 3986 section 2.3).
std::string percent_encode(std::string_view text);

/// Undoes percent escapes, nothing else; Invalid when one is broken.
Result<std::string> percent_decode(std::string_view text);

/// The decoded segments of an absolute path: "/a/b%2Fc" gives "a" and "b/c", "/" gives none, a
/// slash at the end gives an empty last one. Invalid when a segment is "." or "..", holds NUL or a
/// broken escape, or the path does not begin with "/".
Result<std::vector<std::string>> path_segments(std::string_view path);

/// "/" and the escaped segments, joined by "/".
std::string path_of(const std::vector<std::string>& segments);

}  // namespace holdfast::net
