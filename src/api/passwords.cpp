#include "api/passwords.h"

#include <array>

#include <sodium.h>

namespace holdfast::api {
namespace {

constexpr unsigned long long passes = 1;
constexpr std::size_t memory_bytes = 46u << 20;

}  // namespace

Result<std::string> hash_password(std::string_view password) {
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  const bool ready = sodium_init() >= 0;
  if (!ready || crypto_pwhash_str_alg(hash.data(), password.data(), password.size(), passes,
                                      memory_bytes, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return fail(ErrorCode::Unavailable, "no memory to hash a password", "",
                "try again when less is going on");
  }
  return std::string(hash.data());
}

bool password_fits(std::string_view password, const std::string& hash) {
  if (hash.empty()) {
    // Somebody who does not exist takes as long as somebody who does.
    (void)hash_password(password);
    return false;
  }
  if (sodium_init() < 0) return false;
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

}  // namespace holdfast::api
