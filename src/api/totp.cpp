#include "api/totp.h"

#include <array>
#include <cstdlib>
#include <ctime>

#include <liboath/oath.h>

#include "base/check.h"
#include "base/hash.h"
#include "net/url.h"

namespace holdfast::api {
namespace {

constexpr std::int64_t step_seconds = 30;
constexpr unsigned digits = 6;

void ready() {
  static const bool done = oath_init() == OATH_OK;
  check(done, "one-time codes can be made");
}

}  // namespace

std::int64_t totp_step(Instant now) { return now.ms / 1000 / step_seconds; }

std::string totp_code(std::string_view secret, std::int64_t step) {
  ready();
  std::array<char, digits + 1> code{};
  const int made =
      oath_totp_generate(secret.data(), secret.size(), static_cast<time_t>(step * step_seconds),
                         step_seconds, 0, digits, code.data());
  check(made == OATH_OK, "a one-time code can be made");
  return code.data();
}

std::optional<std::int64_t> totp_fits(std::string_view secret, std::string_view code, Instant now) {
  const auto present = totp_step(now);
  std::optional<std::int64_t> found;
  // All three are made and compared, so that the time taken tells nothing.
  for (const auto step : {present - 1, present, present + 1}) {
    if (equal_in_constant_time(totp_code(secret, step), code)) found = step;
  }
  return found;
}

std::string totp_text(std::string_view secret) {
  ready();
  char* text = nullptr;
  std::size_t size = 0;
  const int made = oath_base32_encode(secret.data(), secret.size(), &text, &size);
  check(made == OATH_OK, "a secret can be written in base32");
  std::string found(text, size);
  std::free(text);
  while (found.ends_with('=')) found.pop_back();
  return found;
}

std::string totp_address(std::string_view secret, std::string_view issuer,
                         std::string_view account) {
  return "otpauth://totp/" + net::percent_encode(issuer) + ":" + net::percent_encode(account) +
         "?secret=" + totp_text(secret) + "&issuer=" + net::percent_encode(issuer);
}

}  // namespace holdfast::api
