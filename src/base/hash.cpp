#include "base/hash.h"

#include <algorithm>

#include <openssl/sha.h>
#include <sodium.h>

#include "base/hmac_key.h"

namespace holdfast {
namespace {

// SHA-256 by the processor's own instructions where it has them. The calls that OpenSSL recommends
// instead cost more than hashing an event does.
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wdeprecated-declarations"

constexpr std::size_t block_bytes = SHA256_CBLOCK;

Digest ended(SHA256_CTX& state) {
  Digest digest;
  SHA256_Final(digest.data(), &state);
  return digest;
}

SHA256_CTX after_one_block(const std::array<std::uint32_t, 8>& words) {
  SHA256_CTX state;
  SHA256_Init(&state);
  std::ranges::copy(words, state.h);
  state.Nl = block_bytes * 8;
  return state;
}

const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string encode(std::string_view input, int variant) {
  std::string out(sodium_base64_encoded_len(input.size(), variant), '\0');
  sodium_bin2base64(out.data(), out.size(), bytes(input), input.size(), variant);
  out.pop_back();  // the library counts its terminating zero
  return out;
}

}  // namespace

Digest sha256(std::string_view text) {
  SHA256_CTX state;
  SHA256_Init(&state);
  SHA256_Update(&state, text.data(), text.size());
  return ended(state);
}

HmacKey::HmacKey(std::string_view key) {
  std::array<unsigned char, block_bytes> block{};
  const auto shorter = key.size() > block.size() ? sha256(key) : Digest{};
  if (key.size() > block.size()) key = bytes_of(shorter);
  std::ranges::copy(key, block.begin());
  for (auto* words : {&inner_, &outer_}) {
    const unsigned char pad = words == &inner_ ? 0x36 : 0x5c;
    auto padded = block;
    for (auto& byte : padded) byte ^= pad;
    SHA256_CTX state;
    SHA256_Init(&state);
    SHA256_Update(&state, padded.data(), padded.size());
    std::copy_n(state.h, words->size(), words->begin());
  }
}

Digest HmacKey::of(std::string_view text) const {
  auto state = after_one_block(inner_);
  SHA256_Update(&state, text.data(), text.size());
  const auto inside = ended(state);
  state = after_one_block(outer_);
  SHA256_Update(&state, inside.data(), inside.size());
  return ended(state);
}

Digest hmac_sha256(std::string_view key, std::string_view text) { return HmacKey(key).of(text); }

#pragma clang diagnostic pop

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string hex(std::string_view input) {
  std::string out(input.size() * 2 + 1, '\0');
  sodium_bin2hex(out.data(), out.size(), bytes(input), input.size());
  out.pop_back();
  return out;
}

std::string hex(const Digest& digest) { return hex(bytes_of(digest)); }

Result<std::string> from_hex(std::string_view text) {
  std::string out(text.size() / 2, '\0');
  std::size_t length = 0;
  const char* end = nullptr;
  const int code = sodium_hex2bin(reinterpret_cast<unsigned char*>(out.data()), out.size(),
                                  text.data(), text.size(), nullptr, &length, &end);
  if (code != 0 || end != text.data() + text.size() || length != out.size()) {
    return fail(ErrorCode::Invalid, "not hexadecimal", std::string(text.substr(0, 20)));
  }
  return out;
}

std::string base64(std::string_view input) { return encode(input, sodium_base64_VARIANT_ORIGINAL); }

std::string base64(const Digest& digest) { return base64(bytes_of(digest)); }

std::string base64url(std::string_view input) {
  return encode(input, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

Result<std::string> from_base64(std::string_view text) {
  std::string out(text.size(), '\0');
  std::size_t length = 0;
  const char* end = nullptr;
  const int code =
      sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), text.data(),
                        text.size(), nullptr, &length, &end, sodium_base64_VARIANT_ORIGINAL);
  if (code != 0 || end != text.data() + text.size()) {
    return fail(ErrorCode::Invalid, "not base64", std::string(text.substr(0, 20)));
  }
  out.resize(length);
  return out;
}

std::string_view bytes_of(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace holdfast
