#include "api/given.h"

namespace holdfast::api {

std::vector<std::string> known_stores(const Desk& desk) {
  std::vector<std::string> ids;
  for (const auto& channel : desk.setup().channels) ids.push_back(channel.id);
  return ids;
}

Result<std::vector<std::string>> given_stores(const Who& who, std::vector<std::string> asked) {
  for (const auto& store : asked) {
    if (who.sees(store)) continue;
    return fail(ErrorCode::Forbidden, "You do not work for the store " + store + ".", "stores");
  }
  return asked.empty() ? std::vector<std::string>(who.stores.begin(), who.stores.end()) : asked;
}

}  // namespace holdfast::api
