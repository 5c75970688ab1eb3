#pragma once
// HmacKey: a key that many texts are authenticated with; what HMAC makes of it is worked out once.
// It must never show the key again.

#include <array>
#include <cstdint>
#include <string_view>

#include "base/hash.h"

namespace holdfast {

class HmacKey {
 public:
  HmacKey() = default;
  /// A key of any length.
  explicit HmacKey(std::string_view key);
  /// HMAC-SHA-256 (RFC 2104) of bytes.
  Digest of(std::string_view bytes) const;

 private:
  using Words = std::array<std::uint32_t, 8>;
  Words inner_{}, outer_{};  // SHA-256 after the padded key
};

}  // namespace holdfast
