#pragma once
// Grammar of header fields, shared by server, client, mail and cookies: what may stand in a name
// and in a value, so that nobody can smuggle a line break into a header.

#include <string_view>

namespace holdfast::net {

/// A token (RFC 9110 section 5.6.2): a field's or cookie's name, a method.
bool is_token(std::string_view text);

/// A field's value (RFC 9110 section 5.5): no CR, LF, NUL or other control but TAB, and no white
/// space at either end.
bool is_field_value(std::string_view text);

}  // namespace holdfast::net
