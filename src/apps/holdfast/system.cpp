#include "apps/holdfast/system.h"

#include <chrono>

#include <sodium.h>

namespace holdfast::apps {
namespace {

Instant system_now() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return Instant{std::chrono::duration_cast<std::chrono::milliseconds>(now).count()};
}

}  // namespace

Instant SystemClock::now() { return system_now(); }

std::string SystemEntropy::bytes(std::size_t count) {
  std::string out(count, '\0');
  randombytes_buf(out.data(), out.size());
  return out;
}

}  // namespace holdfast::apps
