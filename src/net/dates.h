#pragma once
// Dates as HTTP and mail write them. Nothing here reads a clock.

#include <string>

#include "base/instant.h"

namespace holdfast::net {

/// IMF-fixdate (RFC 9110 section 5.6.7): "Sun, 06 Nov 1994 08:49:37 GMT".
std::string http_date(Instant instant);

/// A date-time in UTC (RFC 5322 section 3.3): "Sun, 06 Nov 1994 08:49:37 +0000".
std::string mail_date(Instant instant);

}  // namespace holdfast::net
