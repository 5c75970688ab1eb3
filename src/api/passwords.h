#pragma once
// Passwords: argon2id hashes (RFC 9106, 46 MiB and one pass, as OWASP's password storage sheet
// asks). Slow on purpose: it must never be called on a thread of the server.

#include <string>
#include <string_view>

#include "base/result.h"

namespace holdfast::api {

/// The hash with its parameters, as text. Unavailable when the memory is not to be had.
Result<std::string> hash_password(std::string_view password);

/// Whether a password fits a hash. An empty hash never fits, in the time a real one takes.
bool password_fits(std::string_view password, const std::string& hash);

}  // namespace holdfast::api
