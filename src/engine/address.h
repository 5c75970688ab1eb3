#pragma once
// Address: what decisions may know of a postal address, and what is wrong with it.
// Only the derived facts leave this room; the address itself stays sealed.

#include "model/channel_order.h"
#include "model/policy.h"

namespace holdfast::engine {

/// Country, region, postcode prefix and the names of problems: missing_name, missing_street,
/// missing_city, missing_postcode, missing_region, missing_country, missing_phone,
/// malformed_postcode, unknown_country, po_box, missing_address.
Destination assess(const ChannelOrder& order, const ChannelPolicy& channel);

}  // namespace holdfast::engine
