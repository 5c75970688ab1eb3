#include "base/hash.h"

#include <sodium.h>

namespace holdfast {
namespace {

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
  Digest digest;
  crypto_hash_sha256(digest.data(), bytes(text), text.size());
  return digest;
}

Digest hmac_sha256(std::string_view key, std::string_view text) {
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, bytes(key), key.size());
  crypto_auth_hmacsha256_update(&state, bytes(text), text.size());
  Digest digest;
  crypto_auth_hmacsha256_final(&state, digest.data());
  return digest;
}

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
