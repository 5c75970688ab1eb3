#include "ports/connector.h"

namespace holdfast::ports {
namespace {

const std::string& value_or_empty(const std::map<std::string, std::string>& values,
                                  const std::string& key) {
  static const std::string none;
  const auto found = values.find(key);
  return found == values.end() ? none : found->second;
}

}  // namespace

const std::string& Account::setting(const std::string& key) const {
  return value_or_empty(settings, key);
}

const std::string& Account::secret(const std::string& key) const {
  return value_or_empty(secrets, key);
}

}  // namespace holdfast::ports
