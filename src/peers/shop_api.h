#pragma once
// The mutations of the Admin API by name: arguments in, payload or refusal out. It must never hold
// state; the shop's book does.

#include <optional>
#include <string_view>

#include "peers/shop.h"

namespace holdfast::peers {

/// What a mutation answers; the payload's fields are null where it was refused.
struct MutationResult {
  Json payload;
  std::optional<ShopRefusal> refusal;
  const char* errors_member = "userErrors";
};

/// Runs the mutation called `name`; nothing when the demo's shop has none of that name.
std::optional<MutationResult> run_mutation(Shop& shop, std::string_view name,
                                           const Json& arguments);

}  // namespace holdfast::peers
