#pragma once
// Hashes, keyed hashes and byte encodings; the cryptography itself is a library's.
// It must never hold a key longer than a call.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace holdfast {

/// A SHA-256 digest (FIPS 180-4).
using Digest = std::array<std::uint8_t, 32>;

/// SHA-256 of bytes.
Digest sha256(std::string_view bytes);

/// HMAC-SHA-256 (RFC 2104) with a key of any length.
Digest hmac_sha256(std::string_view key, std::string_view bytes);

/// Equality in time that does not depend on where the texts differ; the lengths may show.
bool equal_in_constant_time(std::string_view a, std::string_view b);

/// Lower-case hexadecimal.
std::string hex(std::string_view bytes);
std::string hex(const Digest& digest);

/// Reads hexadecimal of either case; Invalid when it is not.
Result<std::string> from_hex(std::string_view text);

/// Base64 with padding (RFC 4648 section 4).
std::string base64(std::string_view bytes);
std::string base64(const Digest& digest);
/// Base64 for URLs without padding (RFC 4648 section 5).
std::string base64url(std::string_view bytes);

/// Reads padded base64; Invalid when it is not.
Result<std::string> from_base64(std::string_view text);

/// The digest's bytes as a view, for hashing on and for storing.
std::string_view bytes_of(const Digest& digest);

}  // namespace holdfast
