#include "tests/fuzz/targets.h"

#include <algorithm>

namespace holdfast::fuzz {

void expect(bool holds, const char* claim) {
  if (!holds) throw Broken(claim);
}

std::span<const Target> targets() {
  static const auto all = [] {
    std::vector<Target> list;
    for (const auto group :
         {text_targets(), web_targets(), file_targets(), stored_targets(), partner_targets()}) {
      list.insert(list.end(), group.begin(), group.end());
    }
    std::ranges::sort(list, {}, [](const Target& one) { return std::string_view(one.name); });
    return list;
  }();
  return all;
}

const Target* target_named(std::string_view name) {
  const auto all = targets();
  const auto found = std::ranges::find(all, name, [](const Target& one) { return one.name; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace holdfast::fuzz
