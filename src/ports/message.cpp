#include "ports/message.h"

#include "base/text.h"

namespace holdfast::ports {

std::string_view header(const Headers& headers, std::string_view name) {
  const auto wanted = lower(name);
  for (const auto& [key, value] : headers) {
    if (lower(key) == wanted) return value;
  }
  return {};
}

std::size_t header_count(const Headers& headers, std::string_view name) {
  const auto wanted = lower(name);
  std::size_t count = 0;
  for (const auto& [key, value] : headers) count += lower(key) == wanted ? 1 : 0;
  return count;
}

}  // namespace holdfast::ports
