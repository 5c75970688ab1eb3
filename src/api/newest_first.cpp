#include "api/newest_first.h"

#include <array>
#include <cstdio>
#include <limits>

namespace holdfast::api {

std::string newest_first_moment(Instant at) {
  std::array<char, 24> text{};
  std::snprintf(text.data(), text.size(), "%019lld",
                static_cast<long long>(std::numeric_limits<std::int64_t>::max() - at.ms));
  return text.data();
}

std::string newest_first_key(Instant at, std::uint32_t nth, const std::string& luck) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "-%010lu-",
                static_cast<unsigned long>(std::numeric_limits<std::uint32_t>::max() - nth));
  return newest_first_moment(at) + text.data() + luck;
}

}  // namespace holdfast::api
