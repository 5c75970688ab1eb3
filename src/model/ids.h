#pragma once
// The identities of the house's nouns. A new noun gets its tag here and nowhere else.

#include "base/id.h"

namespace holdfast {

struct TenantTag {
  static constexpr const char* prefix = "ten";
};
struct OrderTag {
  static constexpr const char* prefix = "ord";
};
struct UserTag {
  static constexpr const char* prefix = "usr";
};

using TenantId = Id<TenantTag>;
using OrderId = Id<OrderTag>;
using UserId = Id<UserTag>;

}  // namespace holdfast
