#include "engine/instructions.h"

#include <algorithm>

namespace holdfast::engine {

std::vector<std::string> instructions_of(const Policy& policy, const std::string& channel,
                                         const std::string& order) {
  std::vector<std::string> all;
  const auto add = [&](const std::string& text) {
    if (!text.empty()) all.push_back(text);
  };
  const auto store = std::ranges::find(policy.stores, channel, &StorePolicy::channel);
  if (store != policy.stores.end()) {
    add(store->instructions);
    add(store->packaging);
  }
  add(order);
  return all;
}

}  // namespace holdfast::engine
