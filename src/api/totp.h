#pragma once
// Totp: one-time codes of six digits from a shared secret and the time (RFC 6238, SHA-1, 30 s), as
// every authenticator app makes them. It must never accept a code twice: the caller keeps the step.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"

namespace holdfast::api {

inline constexpr std::size_t totp_secret_bytes = 20;

/// The step that a moment falls into.
std::int64_t totp_step(Instant now);

/// The code of a step.
std::string totp_code(std::string_view secret, std::int64_t step);

/// The step whose code was given: this one, the one before or the one after, since clocks differ;
/// nothing when it is none of them. `secret` is the raw bytes.
std::optional<std::int64_t> totp_fits(std::string_view secret, std::string_view code, Instant now);

/// The secret in base32 (RFC 4648, without padding), as people type it.
std::string totp_text(std::string_view secret);

/// What an authenticator app reads from a QR code:
/// otpauth://totp/ISSUER:ACCOUNT?secret=…&issuer=ISSUER
std::string totp_address(std::string_view secret, std::string_view issuer,
                         std::string_view account);

}  // namespace holdfast::api
