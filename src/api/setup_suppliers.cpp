#include "api/setup_suppliers.h"

#include <algorithm>

namespace holdfast::api {
namespace {

bool vetted(const engine::Setup& setup, const ports::Account& account) {
  const auto profile = setup.profiles.find(account.id);
  return profile != setup.profiles.end() && profile->second.vetted;
}

}  // namespace

std::vector<ports::Account> usable_suppliers(const engine::Setup& setup) {
  auto usable = setup.suppliers;
  std::erase_if(usable, [&](const ports::Account& account) {
    return !vetted(setup, account) || setup.profiles.at(account.id).suspended;
  });
  return usable;
}

std::string missing_of_suppliers(const engine::Setup& setup) {
  if (setup.suppliers.empty()) return {};
  const bool all = std::ranges::all_of(
      setup.suppliers, [&](const ports::Account& account) { return vetted(setup, account); });
  return all ? "suspended" : "not_vetted";
}

}  // namespace holdfast::api
